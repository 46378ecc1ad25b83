"""Opening a case for reading, inside somebody's open transaction: who reads how much of it.

A case that a mark closes looks like no case at all to everybody who is not named on the mark
(R-015), unless they hold a seat on it and may break the glass.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from core.access import Action, Hold, ItemSeat, Manner, NotYours, Pass, may
from core.agencies import Role, Seat, Staff
from core.at_the_table import Tables, places_of
from core.audit import AuditEvent
from core.cases import Case
from core.consent import ConsentLine, ConsentType
from core.errors import CaseworkError, NotFound
from core.ids import PersonId, StaffId
from core.meetings.bodies import MeetingBody
from core.meetings.ids import ItemId
from core.meetings.ledger import shares_from
from core.meetings.sittings import Meeting
from core.people import Person
from core.permissions import REACH
from core.ports import Work
from core.reading import OpenGlass, Reading, on_call_seats, open_case, opened_event
from core.shielding import Care, CareMark, MarkNotThere, Shielded, listed_for
from core.story import AT_THE_MACHINE

OPERATOR: Final = "operator"


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A case that was opened.

    Attributes:
        staff: None for the operator at the machine.
        roles: at large and on the case.
        seats: everybody's on the case.
        circle: the agenda items of this case in whose circle the reader is.
        members: the household, or the person alone.
        ledger: every line of their consents.
        meetings: the sittings that were looked at, newest first.
    """

    reading: Reading
    staff: Staff | None
    roles: frozenset[Role]
    circle: frozenset[ItemId]
    members: tuple[Person, ...]
    ledger: tuple[ConsentLine, ...]
    meetings: tuple[Meeting, ...]
    bodies: tuple[MeetingBody, ...]
    seats: tuple[Seat, ...] = ()


async def open_for(
    work: Work, case: Case, *, by: StaffId | None, at: datetime, today: date, most: int | None
) -> Opened:
    """Open the door to a case for this reader; the event is still to be appended.

    Args:
        by: who reads; None for the operator.
        most: how many of the latest sittings are looked at; None for all.

    Raises:
        NotFound: it is closed to this reader.
        NotActive, NotYours: the door stays shut.
        Shielded: a mark closes it, and the reader may break the glass.
    """
    members = await household_of(work, case)
    marks = await work.care_marks.of_people(person.id for person in members)
    ledger = await work.consents.of_people(person.id for person in members)
    meetings = await work.meetings.of_case(case.id, limit=most)
    bodies = await work.bodies.all()
    staff: Staff | None = None
    roles: frozenset[Role] = frozenset()
    places: tuple[ItemSeat, ...] = ()
    seats: tuple[Seat, ...] = ()
    if by is None:
        reading = _at_the_machine(case, marks, at=at)
    else:
        staff = await work.staff.get(by)
        seats = await work.staff.all_seats(case.id)
        roles = staff.roles | {seat.role for seat in seats if seat.staff_id == by}
        places = await _places(work, case, by, meetings, bodies, ledger, at=at, today=today)
        door = _Door(
            case, staff, seats, places, marks, consented=consented(ledger, case.person_id, today)
        )
        reading = await door.open(work, at=at)
    return Opened(
        reading=reading,
        staff=staff,
        roles=roles,
        circle=frozenset(ItemId(place.item_id) for place in places),
        members=members,
        ledger=ledger,
        meetings=meetings,
        bodies=bodies,
        seats=seats,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Whole:
    """A case that stands open as a whole, to somebody who works on it."""

    role: Role
    by: StaffId
    members: tuple[Person, ...]
    marks: tuple[CareMark, ...]


async def open_whole(work: Work, case: Case, *, by: StaffId, at: datetime, today: date) -> Whole:
    """The case as those who work on it have it, for acting on what protects it.

    Raises:
        NotFound, NotActive, NotYours, Shielded: as `open_for`; also when only a part is open.
    """
    opened = await open_for(work, case, by=by, at=at, today=today, most=0)
    passed = opened.reading.passed
    if passed.manner is not Manner.FULL:
        raise NotYours(action=Action.READ_CONSENTED_CASE.value, allowed="case_lead,coordinator")
    return Whole(role=passed.role, by=by, members=opened.members, marks=opened.reading.marks)


def mark_of(opened: Whole, *, person_id: PersonId, care: Care) -> CareMark:
    """The mark of this care, of those that the colleague is named on.

    Raises:
        MarkNotThere: there is none, or none that they know of.
    """
    for mark in opened.marks:
        if (mark.person_id, mark.care) == (person_id, care):
            return mark
    raise MarkNotThere(allowed="place_mark")


@dataclass(frozen=True, kw_only=True, slots=True)
class GlassSeen:
    """A read past the usual door, as it is told to whoever reviews it; no word of the case.

    Attributes:
        by: name of the colleague.
    """

    glass: OpenGlass
    alias: str
    by: str


async def glass_seen(work: Work, glass: OpenGlass) -> GlassSeen:
    """With the alias of its case and the colleague's name."""
    case = await work.cases.get(glass.case_id)
    staff = await work.staff.get(glass.staff_id)
    return GlassSeen(glass=glass, alias=case.alias, by=staff.name)


async def glass_to_review(work: Work, staff: Staff) -> tuple[GlassSeen, ...]:
    """Those on which nobody has looked back, for those who do; oldest first."""
    if Role.PRIVACY_OFFICER not in staff.roles or not staff.active:
        return ()
    return tuple([await glass_seen(work, glass) for glass in await work.glass.unreviewed()])


async def holding(work: Work, roles: frozenset[Role]) -> tuple[StaffId, ...]:
    """Who in service holds one of these roles at large."""
    return tuple(staff.id for staff in await work.staff.active() if staff.roles & roles)


async def household_of(work: Work, case: Case) -> tuple[Person, ...]:
    """Everybody of the person's household, or the person alone."""
    person = await work.people.get(case.person_id)
    if person.household_id is None:
        return (person,)
    return await work.people.members(person.household_id)


def consented(ledger: Iterable[ConsentLine], person_id: PersonId, today: date) -> bool:
    """Whether the person has agreed to the use of a programme (R-013)."""
    return any(
        line.subject == person_id and line.type is ConsentType.SERVICE_USE and line.in_force(today)
        for line in ledger
    )


def hidden(case: Case) -> NotFound:
    """What somebody is told to whom the case looks like none."""
    return NotFound(alias=case.alias)


async def _places(
    work: Work,
    case: Case,
    by: StaffId,
    meetings: tuple[Meeting, ...],
    bodies: tuple[MeetingBody, ...],
    ledger: tuple[ConsentLine, ...],
    *,
    at: datetime,
    today: date,
) -> tuple[ItemSeat, ...]:
    sits_as = await work.bodies.participants_of(by) if meetings else ()
    if not sits_as:
        return ()
    tables = Tables(
        bodies=bodies,
        participants=sits_as,
        pledges=await work.bodies.pledges(),
        shares=shares_from(ledger, today=today),
        at=at,
    )
    return places_of(by, case_id=case.id, meetings=meetings, tables=tables)


def _at_the_machine(case: Case, marks: tuple[CareMark, ...], *, at: datetime) -> Reading:
    # No mark names the operator.
    if any(mark.closes_case for mark in marks):
        raise NotFound(alias=case.alias)
    event = AuditEvent(
        action="case.opened",
        at=at,
        actor=OPERATOR,
        role=OPERATOR,
        subject=case.id,
        case_id=case.id,
    )
    return Reading(passed=AT_THE_MACHINE, marks=(), event=event)


@dataclass(frozen=True, slots=True)
class _Door:
    case: Case
    staff: Staff
    seats: tuple[Seat, ...]
    places: tuple[ItemSeat, ...]
    marks: tuple[CareMark, ...]
    consented: bool

    async def open(self, work: Work, *, at: datetime) -> Reading:
        try:
            return self._usual(at)
        except (NotYours, Shielded) as shut:
            refused: CaseworkError = shut
        glass = await work.glass.open_for(self.staff.id, case_id=self.case.id, at=at)
        if glass is not None:
            passed = Pass(role=glass.role, manner=Manner.WITH_REASON, hold=Hold.ON_CASE)
            event = opened_event(self.staff, passed, case_id=self.case.id, at=at)
            return Reading(passed=passed, marks=self.marks, event=event)
        closed = not listed_for(self.marks, staff_id=self.staff.id)
        if closed and not self._may_break():
            raise hidden(self.case)
        raise refused

    def _usual(self, at: datetime) -> Reading:
        """By the way that reaches furthest: the case itself, or an item of it."""
        refused: NotYours | None = None
        ways: list[Reading] = []
        for item_id in (None, *dict.fromkeys(place.item_id for place in self.places)):
            try:
                ways.append(self._by(item_id, at))
            except NotYours as shut:
                refused = refused or shut
        if not ways and refused is not None:
            raise refused
        return min(ways, key=lambda way: REACH[way.passed.manner])

    def _by(self, item_id: str | None, at: datetime) -> Reading:
        return open_case(
            self.staff,
            case_id=self.case.id,
            at=at,
            consented=self.consented,
            seats=self.seats,
            item_id=item_id,
            item_seats=self.places,
            marks=self.marks,
        )

    def _may_break(self) -> bool:
        seats = (*self.seats, *on_call_seats(self.staff, case_id=self.case.id))
        return may(self.staff, Action.BREAK_GLASS, case_id=self.case.id, seats=seats)
