"""Ports of the town: municipality, staff, people, cases, consents, LINE accounts."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from core.absences import Absence
from core.agencies import Agency, Area, Provider, Role, Seat, Staff
from core.cases import Case, CaseState
from core.consent import ConsentLine, ConsentType
from core.ids import AbsenceId, CaseId, ConsentId, HouseholdId, LinkId, PersonId, StaffId
from core.people import Household, LineLink, LinkCode, Person
from core.profiles import ChannelRest, Municipality, StandingText, TextUse
from core.quota import QuotaState


class Towns(Protocol):
    """The municipality itself, its areas, agencies and pre-approved texts."""

    async def get(self) -> Municipality: ...
    async def find(self) -> Municipality | None: ...
    async def gate(self) -> tuple[Municipality, ChannelRest | None, QuotaState | None]:
        """The municipality, `channel_rest` and the quota: whether anything may leave at all.

        Raises: NotFound.
        """
        ...

    async def put(self, municipality: Municipality) -> None: ...
    async def areas(self) -> tuple[Area, ...]: ...
    async def put_area(self, area: Area) -> None: ...
    async def agencies(self) -> tuple[Agency, ...]: ...
    async def put_agency(self, agency: Agency) -> None: ...
    async def providers(self) -> tuple[Provider, ...]: ...
    async def put_provider(self, provider: Provider) -> None: ...
    async def standing_text(self, name: str, *, version: str | None = None) -> StandingText | None:
        """The one in force under this name, or (`version`) that one, in force or not."""
        ...

    async def texts_in_force(self, use: TextUse) -> tuple[StandingText, ...]:
        """Of each name the version approved last, those for this use, by name."""
        ...

    async def put_standing_text(self, text: StandingText) -> None: ...
    async def channel_rest(self) -> ChannelRest | None: ...
    async def rest_channel(self, rest: ChannelRest | None) -> None:
        """Let the LINE channel rest, or (None) wake it."""
        ...


class Quotas(Protocol):
    """How LINE's month stands."""

    async def get(self) -> QuotaState | None:
        """What is known of LINE's quota; None while LINE was not asked."""
        ...

    async def put(self, state: QuotaState, *, counted: int) -> QuotaState:
        """A new reading. Of the pushes counted until now, `counted` are in it; those that were
        counted meanwhile go on being counted in the same month. What is kept now."""
        ...

    async def count(self, pushes: int, *, month: str) -> None:
        """LINE took so many more in this month; of another month than was read, nothing is known
        yet and nothing is counted."""
        ...


class StaffRoll(Protocol):
    """Staff and their seats on cases."""

    async def get(self, staff_id: StaffId) -> Staff:
        """Raises: NotFound."""
        ...

    async def by_code(self, code: str) -> Staff | None: ...
    async def by_slack(self, *, team_id: str, user_id: str) -> Staff | None: ...
    async def active(self) -> tuple[Staff, ...]: ...
    async def all(self) -> tuple[Staff, ...]:
        """Also those no longer in service."""
        ...

    async def put(self, staff: Staff) -> None: ...
    async def release(self, staff_id: StaffId) -> bool:
        """Not in service from now on; whether they were until now."""
        ...

    async def seats(self, case_id: CaseId) -> tuple[Seat, ...]:
        """Those that count: a mark that closes the case to somebody empties their seat (R-015)."""
        ...

    async def seats_of(self, staff_id: StaffId) -> tuple[Seat, ...]:
        """Those that count, as `seats`."""
        ...

    async def all_seats(self, case_id: CaseId) -> tuple[Seat, ...]:
        """Every seat as it was given, also those that count for nothing now."""
        ...

    async def at_work(
        self, *, roles: frozenset[Role], states: frozenset[CaseState]
    ) -> tuple[Seat, ...]:
        """Seats in these roles on cases in these states; whoever leads a case as CASE_LEAD.

        Every seat as it was given, as `all_seats`.
        """
        ...

    async def put_seat(self, seat: Seat) -> None: ...
    async def remove_seat(self, seat: Seat) -> None: ...


class Absences(Protocol):
    """When colleagues are away, and who stands in."""

    async def get(self, absence_id: AbsenceId) -> Absence:
        """Raises: NotFound."""
        ...

    async def of_day(self, on: date) -> tuple[Absence, ...]:
        """Those who are away on this local day."""
        ...

    async def from_day(self, on: date) -> tuple[Absence, ...]:
        """Those that last until this local day or longer; the earliest first."""
        ...

    async def add(self, absence: Absence) -> None: ...
    async def change(self, absence: Absence, *, version: int) -> bool: ...


class People(Protocol):
    """People at home and their households."""

    async def get(self, person_id: PersonId) -> Person:
        """Raises: NotFound."""
        ...

    async def by_code(self, code: str) -> Person | None: ...
    async def put(self, person: Person) -> None: ...
    async def household(self, household_id: HouseholdId) -> Household:
        """Raises: NotFound."""
        ...

    async def household_by_code(self, code: str) -> Household | None: ...
    async def put_household(self, household: Household) -> None: ...
    async def members(self, household_id: HouseholdId) -> tuple[Person, ...]: ...


class Cases(Protocol):
    """Cases."""

    async def get(self, case_id: CaseId) -> Case:
        """Raises: NotFound."""
        ...

    async def by_alias(self, alias: str) -> Case | None: ...
    async def by_no(self, case_no: str) -> Case | None: ...
    async def of_person(self, person_id: PersonId) -> tuple[Case, ...]:
        """Newest first."""
        ...

    async def all(self) -> tuple[Case, ...]:
        """By alias."""
        ...

    async def add(self, case: Case) -> None: ...
    async def begin(self, case: Case) -> bool:
        """A new case; False when its alias or its number is taken."""
        ...

    async def count(self) -> int:
        """How many there are, of every state."""
        ...

    async def change(self, case: Case, *, version: int) -> bool: ...
    async def add_fact(self, case_id: CaseId) -> int:
        """Count one more fact; the new count."""
        ...


class Consents(Protocol):
    """The consent ledger."""

    async def get(self, consent_id: ConsentId) -> ConsentLine:
        """Raises: NotFound."""
        ...

    async def current(self, person_id: PersonId, type_: ConsentType) -> ConsentLine | None:
        """The line of this kind that was given last, whatever became of it; one that was never
        given only where there is no other."""
        ...

    async def of_person(self, person_id: PersonId) -> tuple[ConsentLine, ...]:
        """Every line, newest first."""
        ...

    async def of_people(self, person_ids: Iterable[PersonId]) -> tuple[ConsentLine, ...]:
        """Every line of these people, newest first."""
        ...

    async def people_to_release(
        self, *, on: date, over: Iterable[CaseState], after: str, limit: int
    ) -> tuple[PersonId, ...]:
        """Whose given lines may have to end on this local day (C7), by id, from beyond `after`.

        Somebody with a line whose day has come; somebody who has died; somebody all of whose
        own cases, if any, are `over`. Whether follow-up is over is for the caller to see.
        """
        ...

    async def add(self, line: ConsentLine) -> None: ...
    async def change(self, line: ConsentLine, *, version: int) -> bool: ...


class Links(Protocol):
    """LINE accounts and one-time codes."""

    async def by_line_user(self, line_user_id: str) -> LineLink | None:
        """Found by blind index; the id itself is sealed."""
        ...

    async def of_person(self, person_id: PersonId) -> LineLink | None:
        """The account linked last."""
        ...

    async def add(self, link: LineLink) -> None: ...
    async def change(self, link: LineLink, *, version: int) -> bool: ...
    async def put_code(self, code: LinkCode) -> None:
        """A new code; earlier ones of this person that were not used end with it."""
        ...

    async def take_code(self, code: str, *, at: datetime) -> PersonId | None:
        """Use up a code; whose it was, or None when unknown, used or run out."""
        ...

    async def wrong_codes(self, link_id: LinkId, *, since: datetime) -> int:
        """How many codes this account got wrong since then."""
        ...

    async def note_wrong_code(self, link_id: LinkId, *, at: datetime) -> None: ...


class Passes(Protocol):
    """One-time links to staff pages that were used already."""

    async def use(self, nonce: str, *, at: datetime, until: datetime) -> bool:
        """Note that this link was used; False when it had been. `until`: when it ends anyway,
        so that older notes may be cleared."""
        ...

    async def used(self, nonce: str, *, at: datetime) -> bool:
        """Whether it was used, and would still open anything if it had not been."""
        ...
