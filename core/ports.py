"""What the core asks of the outside: storage, the two messengers, and reading LINE's events.

Everything here is a Protocol. Repositories return records, never rows, and never commit; each
repository sees one municipality only. `change` methods are conditional: they say whether
exactly the expected version was there ("win the row, then act").
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, time
from typing import Protocol

from core.agencies import Agency, Area, Seat, Staff
from core.audit import AuditEntry, AuditEvent
from core.cases import Case
from core.consent import Consent, ConsentType
from core.contacts import Contact
from core.ids import (
    CardId,
    CaseId,
    DeliveryId,
    HouseholdId,
    LetterId,
    LineEventId,
    LinkId,
    MunicipalityId,
    PersonId,
    ReplyId,
    StaffId,
)
from core.inbound import KeptEvent, KeptWebhook, LineEvent
from core.letters import Letter
from core.outbox import Card, CardKind, CardOutcome, Delivery, DeliveryState, Outcome
from core.people import Household, LineLink, LinkCode, Person
from core.profiles import ChannelRest, Municipality, StandingText
from core.recheck import Situation
from core.replies import Reply


class Towns(Protocol):
    """The municipality itself, its areas, agencies and pre-approved texts."""

    async def get(self) -> Municipality: ...
    async def find(self) -> Municipality | None: ...
    async def put(self, municipality: Municipality) -> None: ...
    async def areas(self) -> tuple[Area, ...]: ...
    async def put_area(self, area: Area) -> None: ...
    async def agencies(self) -> tuple[Agency, ...]: ...
    async def put_agency(self, agency: Agency) -> None: ...
    async def standing_text(self, name: str) -> StandingText | None: ...
    async def put_standing_text(self, text: StandingText) -> None: ...
    async def channel_rest(self) -> ChannelRest | None: ...
    async def rest_channel(self, rest: ChannelRest | None) -> None:
        """Let the LINE channel rest, or (None) wake it."""
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
    async def seats(self, case_id: CaseId) -> tuple[Seat, ...]: ...
    async def seats_of(self, staff_id: StaffId) -> tuple[Seat, ...]: ...
    async def put_seat(self, seat: Seat) -> None: ...
    async def remove_seat(self, seat: Seat) -> None: ...


class People(Protocol):
    """People at home and their households."""

    async def get(self, person_id: PersonId) -> Person:
        """Raises: NotFound."""
        ...

    async def by_code(self, code: str) -> Person | None: ...
    async def put(self, person: Person) -> None: ...
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
    async def change(self, case: Case, *, version: int) -> bool: ...
    async def add_fact(self, case_id: CaseId) -> int:
        """Count one more fact; the new count."""
        ...


class Consents(Protocol):
    """The consent ledger."""

    async def current(self, person_id: PersonId, type_: ConsentType) -> Consent | None:
        """The latest line of this kind."""
        ...

    async def of_person(self, person_id: PersonId) -> tuple[Consent, ...]: ...
    async def add(self, consent: Consent) -> None: ...
    async def change(self, consent: Consent, *, version: int) -> bool: ...


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
    async def put_code(self, code: LinkCode) -> None: ...
    async def take_code(self, code: str, *, at: datetime) -> PersonId | None:
        """Use up a code; whose it was, or None when unknown, used or run out."""
        ...

    async def wrong_codes(self, link_id: LinkId, *, since: datetime) -> int:
        """How many codes this account got wrong since then."""
        ...

    async def note_wrong_code(self, link_id: LinkId, *, at: datetime) -> None: ...


class Letters(Protocol):
    """Letters."""

    async def get(self, letter_id: LetterId) -> Letter:
        """Raises: NotFound."""
        ...

    async def by_command(self, command_key: str) -> Letter | None: ...
    async def add(self, letter: Letter) -> None: ...
    async def change(self, letter: Letter, *, version: int) -> bool: ...
    async def unsent_of_person(self, person_id: PersonId) -> tuple[Letter, ...]: ...
    async def of_case(self, case_id: CaseId, *, limit: int = 500) -> tuple[Letter, ...]:
        """Newest first."""
        ...

    async def overdue(self, *, at: datetime, limit: int) -> tuple[Letter, ...]:
        """Unsent letters whose window has closed and whose delivery is not on its way."""
        ...

    async def pace(self, person_id: PersonId, *, at: datetime) -> "Pace":
        """What this person has been sent, and is going to be sent, apart from acknowledgements
        and replies: counted are SENT letters of the 30 days before `at`, and SCHEDULED ones."""
        ...

    async def sent_without_approval(self) -> tuple[LetterId, ...]:
        """Letters that left (SENT, or handed to LINE at least once) without an approver who is
        not the author, or without an approval event of that approver in the trail."""
        ...

    async def mark_sent(self, sent: Sequence["SentLetter"]) -> set[LetterId]:
        """Turn SCHEDULED letters to SENT in one batch; which ones were."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """Letters to one person.

    Attributes:
        moments: when each was sent, or opens, ascending.
    """

    moments: tuple[datetime, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SentLetter:
    """A letter that LINE accepted."""

    letter_id: LetterId
    at: datetime
    request_id: str


class Contacts(Protocol):
    """The contact log."""

    async def add(self, contact: Contact) -> bool:
        """Whether it is new; False when its command key was there already."""
        ...

    async def add_many(self, contacts: Sequence[Contact]) -> None: ...
    async def of_case(self, case_id: CaseId, *, limit: int = 500) -> tuple[Contact, ...]:
        """Newest first."""
        ...


class Replies(Protocol):
    """What people answered."""

    async def add(self, reply: Reply) -> bool:
        """Whether it is new; False when its message id was there already."""
        ...

    async def get(self, reply_id: ReplyId) -> Reply: ...
    async def by_message(self, message_id: str) -> Reply | None: ...
    async def change(self, reply: Reply, *, version: int) -> bool: ...
    async def of_case(self, case_id: CaseId, *, limit: int = 500) -> tuple[Reply, ...]:
        """Newest first, by the time at which the person sent them."""
        ...

    async def waiting(self, case_ids: Iterable[CaseId]) -> dict[CaseId, int]:
        """How many replies nobody has read yet, by case; cases with none are absent."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A delivery that is due, with everything its second look needs.

    Attributes:
        wakes, sleeps: the person's own hours, local time, if there are any.
    """

    delivery: Delivery
    situation: Situation
    wakes: time | None
    sleeps: time | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A delivery that this loop has won.

    Attributes:
        lease: opaque; only the holder of the same lease may record the outcome.
        doubt_before: what `doubt_since` was before this claim.
    """

    delivery_id: DeliveryId
    letter_id: LetterId
    case_id: CaseId
    person_id: PersonId
    request: bytes
    retry_key: str
    attempts: int
    lease: str
    doubt_before: datetime | None
    kind: str


class Outbox(Protocol):
    """Pushes to LINE."""

    async def add(self, delivery: Delivery) -> None: ...
    async def of_letter(self, letter_id: LetterId) -> Delivery | None: ...
    async def withdraw(self, letter_id: LetterId) -> bool:
        """Take a READY delivery back; False when there is none, or it is on its way."""
        ...

    async def due(self, *, at: datetime, limit: int) -> Sequence[Due]:
        """READY and due, or CLAIMED with the lease run out; oldest first.

        While one delivery to a person is claimed, no other to that person is due; loops on one
        database take turns at this call until their transaction ends.
        """
        ...

    async def lease(
        self, deliveries: Sequence[Delivery], *, lease: str, at: datetime, until: datetime
    ) -> set[DeliveryId]:
        """Claim them: state, lease, attempts + 1, doubt_since where not yet set. Which were
        won."""
        ...

    async def put_off(self, waits: Sequence[tuple[DeliveryId, datetime]]) -> None:
        """READY again, not before the given time."""
        ...

    async def end(self, ends: Sequence[tuple[DeliveryId, DeliveryState]]) -> None:
        """End deliveries that no lease holds (withdrawn or in doubt at the second look)."""
        ...

    async def settle(self, results: Sequence["Settled"], *, lease: str) -> set[DeliveryId]:
        """Record outcomes of claimed deliveries; only those still under this lease. Which
        were."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """Where a claimed delivery goes: its end, or READY again at `next_at`."""

    delivery_id: DeliveryId
    state: DeliveryState
    next_at: datetime
    doubt_since: datetime | None


class Cards(Protocol):
    """Cards in colleagues' Slack."""

    async def touch(
        self,
        kind: CardKind,
        subject_id: str,
        staff_ids: Iterable[StaffId],
        *,
        at: datetime,
        case_id: CaseId | None = None,
    ) -> None:
        """Make sure that these colleagues have this card, and that it is drawn anew."""
        ...

    async def redraw(self, subject_ids: Sequence[str], *, at: datetime) -> None:
        """Draw every existing card about these subjects anew."""
        ...

    async def due(self, *, at: datetime, limit: int, until: datetime) -> tuple[Card, ...]:
        """Cards ahead of their drawing; each is leased (its next_at moves to `until`)."""
        ...

    async def settle(self, card: Card, outcome: CardOutcome, *, next_at: datetime) -> None:
        """Record a drawing of `card.revision`, or put the next try to `next_at`."""
        ...

    async def get(self, card_id: CardId) -> Card: ...


class Inbox(Protocol):
    """What LINE told us: bodies as they came, then event by event."""

    async def unsplit(self, *, limit: int) -> tuple[KeptWebhook, ...]: ...
    async def split(
        self, webhook_id: str, events: Sequence["RawEvent"], *, received_at: datetime
    ) -> int:
        """Keep each event once by its key, and blank the body; how many were new."""
        ...

    async def to_tray_whole(self, webhook_id: str, *, why: str) -> None:
        """A body that has no events we can find: to the tray as it is."""
        ...

    async def waiting(self, *, at: datetime, limit: int) -> tuple[KeptEvent, ...]: ...
    async def understood(self, event_id: LineEventId, *, kind: str, at: datetime) -> bool:
        """Mark as done; False when another loop was faster."""
        ...

    async def to_tray(self, event_id: LineEventId, *, kind: str, at: datetime) -> bool: ...
    async def failed(self, event_id: LineEventId, *, next_at: datetime) -> None: ...
    async def erase_message(self, message_id: str, *, at: datetime) -> None:
        """Blank the raw event of that message, and remember that it was taken back."""
        ...

    async def was_unsent(self, message_id: str) -> bool: ...
    async def tray(self, *, limit: int = 100) -> tuple[KeptEvent, ...]: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class RawEvent:
    """One event cut out of a body: its key, its message's id if it has one, its raw JSON."""

    event_key: str
    message_id: str | None
    raw: bytes


class AuditTrail(Protocol):
    """The hash-chained record."""

    async def append(self, *events: AuditEvent) -> None: ...
    async def entries(self, *, after: int = 0, limit: int = 1000) -> tuple[AuditEntry, ...]: ...
    async def head(self) -> tuple[int, str]:
        """Number and hash of the last link; (0, GENESIS) while there is none."""
        ...

    async def of_case(self, case_id: CaseId, *, limit: int = 1000) -> tuple[AuditEntry, ...]:
        """Oldest first."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskCase:
    """A case as a desk lists it; `last_contact_at` is aware, its local day is the reader's."""

    case: Case
    last_contact_at: datetime | None


class Desk(Protocol):
    """What lies on one colleague's desk."""

    async def to_approve(self, staff_id: StaffId, *, limit: int) -> tuple[Letter, ...]:
        """PENDING_APPROVAL or HELD, seated there as approver, not the author; soonest window
        first."""
        ...

    async def sent_back(self, staff_id: StaffId, *, limit: int) -> tuple[Letter, ...]:
        """Own letters in DRAFT, latest decision first."""
        ...

    async def cases_of(self, staff_id: StaffId, *, limit: int) -> tuple[DeskCase, ...]:
        """Cases led by or with a seat for this colleague, by alias."""
        ...


class Pulse(Protocol):
    """Heartbeats of the ticks, and when something is due next."""

    async def beat(self, tick: str, *, at: datetime) -> None: ...
    async def beats(self) -> dict[str, datetime]: ...
    async def next_due(self, *, after: datetime) -> datetime | None:
        """The earliest moment after `after` at which any row becomes due."""
        ...


class Passes(Protocol):
    """One-time links to staff pages that were used already."""

    async def use(self, nonce: str, *, at: datetime, until: datetime) -> bool:
        """Note that this link was used; False when it had been. `until`: when it ends anyway,
        so that older notes may be cleared."""
        ...


class Work(Protocol):
    """One transaction."""

    municipality_id: MunicipalityId
    towns: Towns
    staff: StaffRoll
    people: People
    cases: Cases
    consents: Consents
    links: Links
    letters: Letters
    contacts: Contacts
    replies: Replies
    outbox: Outbox
    cards: Cards
    inbox: Inbox
    audit: AuditTrail
    desk: Desk
    pulse: Pulse
    passes: Passes

    def new_id(self) -> str:
        """A new opaque id."""
        ...

    def new_key(self) -> str:
        """A new UUID as text, for LINE's retry key."""
        ...

    def new_code(self) -> str:
        """A new one-time code of `CODE_LENGTH` signs of `CODE_ALPHABET`, unguessable."""
        ...

    async def commit(self) -> None: ...


class UnitOfWork(Protocol):
    """Opens transactions for one municipality. Leaving the block without commit undoes all."""

    def write(self) -> AbstractAsyncContextManager[Work]: ...
    def read(self) -> AbstractAsyncContextManager[Work]: ...


class Clock(Protocol):
    """The time of day; one per process, held by the wiring."""

    def now(self) -> datetime:
        """Aware, UTC."""
        ...


class LetterPress(Protocol):
    """Builds the exact request that will be sent (bots/line)."""

    def freeze(self, *, to: str, body: str, alt_text: str, with_buttons: bool) -> bytes:
        """The LINE request body, UTF-8 JSON."""
        ...


class PersonMessenger(Protocol):
    """Sends frozen requests to LINE."""

    async def push(self, request: bytes, *, retry_key: str) -> Outcome: ...


class TeamNotifier(Protocol):
    """Draws cards in Slack."""

    async def draw(self, card: Card) -> CardOutcome: ...


class EventReader(Protocol):
    """Reads LINE's JSON, tolerantly (bots/line)."""

    def cut(self, body: bytes) -> tuple[RawEvent, ...]:
        """Cut a webhook body into its events; empty when it holds none."""
        ...

    def read(self, raw: bytes) -> LineEvent: ...


class WebhookKeeper(Protocol):
    """Keeps webhook bodies durably; returns after the commit."""

    async def keep(self, body: bytes) -> None: ...
