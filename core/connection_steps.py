"""Steps of handing on and of taking part, inside somebody's open transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from core.access import Action, NotActive, require
from core.agencies import Role, Seat, Staff
from core.audit import AuditEvent
from core.cases import Case
from core.connect_sheets import ConnectSheet, SheetMoved
from core.errors import CaseworkError, NotFound
from core.ids import AgencyId, CaseId, ConnectSheetId, PersonId, PlaceId, StaffId
from core.people import Person
from core.ports import Work
from core.referrals.machine import WORKERS
from core.resources import ParticipationPlace
from core.shielding import Shielded
from core.steps import Overtaken, acting_role, refresh_desks, watchers

_SATURDAY: Final = 5
# [D] who looks after places and their hosts; the table of §3.7 has no line for it.
HOST_WORKERS: Final = frozenset(
    {
        Role.PARTICIPATION_WORKER,
        Role.OUTREACH_WORKER,
        Role.COORDINATOR,
        Role.CASE_LEAD,
        Role.MUNICIPAL_OFFICER,
    }
)


class AgencyUnknown(CaseworkError):
    """Whoever hands on does so for an organisation, and none is on the roll. Facts: `allowed`."""

    rule = "DOMAIN-2.5"


class DayAhead(CaseworkError):
    """What has not happened yet is not written down. Facts: `allowed` (the latest day)."""

    rule = "F7"


class NotOfThisHousehold(CaseworkError):
    """This person does not belong to the household of the case. Facts: `allowed`."""

    rule = "DOMAIN-2.1"


@dataclass(frozen=True, kw_only=True, slots=True)
class OnCase:
    """A colleague at work on a case.

    Attributes:
        seats: of the case; whoever leads it sits there as its lead.
    """

    staff: Staff
    case: Case
    seats: tuple[Seat, ...]
    role: Role


async def on_case(
    work: Work, case_id: CaseId, *, by: StaffId, allowed: frozenset[Role] = WORKERS
) -> OnCase:
    """The door for somebody who is seated on the case in one of these roles.

    Raises:
        NotFound. NotActive. Shielded: a mark closes the case to them (R-015).
        RoleNeeded: no such seat.
    """
    case = await work.cases.get(case_id)
    staff = await work.staff.get(by)
    seats = await seats_of(work, case)
    require(staff, Action.LOG_CONTACT, case_id=case_id, seats=seats)
    await not_shielded(work, case, by)
    # Held at large is not enough here: what is handed on comes out of the case.
    role = acting_role(replace(staff, roles=frozenset()), seats, allowed)
    return OnCase(staff=staff, case=case, seats=seats, role=role)


def agency_of(staff: Staff) -> AgencyId:
    """For which organisation a colleague acts.

    Raises:
        AgencyUnknown.
    """
    if staff.agency_id is None:
        raise AgencyUnknown(allowed="put_on_roll")
    return staff.agency_id


def by_now(day: date | None, *, today: date) -> date:
    """The day on which something happened; today where none is said.

    Raises:
        DayAhead.
    """
    if day is not None and day > today:
        raise DayAhead(allowed=today.isoformat())
    return day or today


async def of_household(work: Work, case: Case, person_id: PersonId) -> Person:
    """Somebody of the household of the case.

    Raises:
        NotOfThisHousehold.
    """
    if person_id == case.person_id:
        return await work.people.get(person_id)
    own = (await work.people.get(case.person_id)).household_id or case.household_id
    members = () if own is None else await work.people.members(own)
    found = next((person for person in members if person.id == person_id), None)
    if found is None:
        raise NotOfThisHousehold(allowed="choose_member")
    return found


async def shown_sheet(
    work: Work, sheet_id: ConnectSheetId, *, version: int
) -> tuple[ConnectSheet, CaseId]:
    """The sheet, as the colleague saw it, and its case.

    Raises:
        NotFound: no such sheet, or one without a case. Overtaken: it changed since.
    """
    sheet = await work.referrals.sheet(sheet_id)
    if sheet.case_id is None:
        raise NotFound(what="connect sheet", id=sheet_id)
    if sheet.version != version:
        raise Overtaken(what="connect sheet")
    return sheet, sheet.case_id


async def sheet_door(work: Work, sheet: ConnectSheet, case_id: CaseId, *, by: StaffId) -> OnCase:
    """Who returns a sheet's reply: somebody of the receiving window, or who is on the case.

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded.
    """
    staff = await work.staff.get(by)
    if staff.agency_id != sheet.to_agency_id:
        return await on_case(work, case_id, by=by)
    case = await work.cases.get(case_id)
    seats = await seats_of(work, case)
    require(staff, Action.LOG_CONTACT, case_id=case_id, seats=seats)
    await not_shielded(work, case, by)
    return OnCase(staff=staff, case=case, seats=seats, role=acting_role(staff, seats, WORKERS))


async def keep_sheet(
    work: Work, was: ConnectSheet, moved: SheetMoved, hand: OnCase, *, at: datetime
) -> ConnectSheet:
    """Put the sheet in the place of the one that was read, and tell its sender.

    Raises:
        Overtaken: somebody was faster.
    """
    if not await work.referrals.change_sheet(moved.sheet, version=was.version):
        raise Overtaken(what="connect sheet")
    await work.audit.append(moved.event)
    told = dict.fromkeys((*watchers(hand.case, hand.seats), was.from_staff_id))
    await refresh_desks(work, told, at=at)
    return moved.sheet


async def shown_place(work: Work, place_id: PlaceId, *, version: int) -> ParticipationPlace:
    """The place, as the colleague saw it.

    Raises:
        NotFound. Overtaken: it changed since.
    """
    place = await work.resources.place(place_id)
    if place.version != version:
        raise Overtaken(what="place")
    return place


async def host_worker(work: Work, *, by: StaffId) -> tuple[Staff, Role]:
    """Somebody who looks after places; no case is needed for it.

    Raises:
        NotFound, NotActive, RoleNeeded.
    """
    staff = await work.staff.get(by)
    if not staff.active:
        raise NotActive()
    return staff, acting_role(staff, await work.staff.seats_of(by), HOST_WORKERS)


def connection_event(
    action: str,
    *,
    subject: str,
    by: StaffId,
    role: Role,
    at: datetime,
    case_id: CaseId | None = None,
    evidence: Iterable[str] = (),
) -> AuditEvent:
    """An event of this area."""
    return AuditEvent(
        action=action,
        at=at,
        actor=by,
        role=role.value,
        subject=subject,
        case_id=case_id,
        evidence=tuple(evidence),
    )


def working_day_after(day: date, count: int, *, closed_days: frozenset[date]) -> date:
    """The day that is so many working days on."""
    while count:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and day not in closed_days:
            count -= 1
    return day


async def known_agency(work: Work, agency_id: AgencyId) -> AgencyId:
    """An organisation of the town.

    Raises:
        NotFound.
    """
    if agency_id not in {agency.id for agency in await work.towns.agencies()}:
        raise NotFound(what="agency", id=agency_id)
    return agency_id


async def seats_of(work: Work, case: Case) -> tuple[Seat, ...]:
    """The seats of a case; whoever leads it sits there as its lead."""
    seats = await work.staff.seats(case.id)
    if case.lead_staff_id is None:
        return seats
    return (*seats, Seat(case_id=case.id, staff_id=case.lead_staff_id, role=Role.CASE_LEAD))


async def not_shielded(work: Work, case: Case, by: StaffId) -> None:
    """Refuse somebody to whom a mark closes the case (R-015).

    Raises:
        Shielded.
    """
    if case.id in await work.care_marks.closed_to(by):
        raise Shielded(allowed="break_glass")
