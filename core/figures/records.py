"""What the figures are counted from: parts of records, as storage hands them over."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from core.assessments import IntakeAssessment
from core.basis import Basis
from core.figures.results import HeldSitting
from core.figures.standings import CaseHistory
from core.ids import AgencyId, AreaId, CaseId
from core.meetings.items import AgendaPurpose
from core.meetings.sittings import BEFORE_HELD, Meeting, MeetingState
from core.people import Person
from core.plans.record import Plan

# Events of the trail that are counted as they stand.
COUNTED: Final = (
    "letter.sent",
    "letter.sent_unmarked",
    "letter.held",
    "letter.cancelled",
    "person.stops",
    "referral.sent",
    "referral.received",
    "referral.returned",
    "referral.done",
    "match.told_of",
    "match.trial",
    "match.stable",
    "plan.in_force_preconsent",
    "query.taken_down",
)
_NOT_HELD: Final = BEFORE_HELD | {MeetingState.CANCELLED}


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """One counted event, on its local day."""

    action: str
    on: date
    case_id: CaseId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Touch:
    """One entry of the contact log without a word of it, on its local day."""

    on: date
    case_id: CaseId
    channel: str
    met: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetSeen:
    """An intake sheet, and whom it is about.

    Attributes:
        household: how many people live there, the person among them; None where nobody knows.
    """

    sheet: IntakeAssessment
    person: Person
    area_id: AreaId | None = None
    household: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SittingItem:
    """An item that was discussed."""

    purpose: AgendaPurpose
    basis: Basis
    area_id: AreaId | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sat:
    """A sitting that took place, with its items."""

    held: HeldSitting
    items: tuple[SittingItem, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceSeen:
    """A place of participation: when it opened, who its host is, where."""

    opened_on: date | None
    host: AgencyId
    area_id: AreaId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthRecords:
    """Everything that a month's report is counted from.

    Attributes:
        cases: all of them, from their beginning on.
    """

    cases: tuple[CaseHistory, ...] = ()
    sheets: tuple[SheetSeen, ...] = ()
    sittings: tuple[Sat, ...] = ()
    deeds: tuple[Deed, ...] = ()
    touches: tuple[Touch, ...] = ()
    plans: tuple[Plan, ...] = ()
    places: tuple[PlaceSeen, ...] = ()
    areas: dict[CaseId, AreaId | None] = field(default_factory=dict)


def sat(meeting: Meeting, *, on: date, areas: dict[CaseId, AreaId | None]) -> Sat | None:
    """What a sitting is to the figures; None while it has not taken place."""
    if meeting.state in _NOT_HELD:
        return None
    items = tuple(
        SittingItem(
            purpose=item.purpose,
            basis=item.ground.basis,
            area_id=None if item.case_id is None else areas.get(item.case_id),
        )
        for item in meeting.live
        if item.ground is not None
    )
    held = HeldSitting(
        id=meeting.id,
        on=on,
        bases=frozenset(item.basis for item in items),
        area_ids=frozenset(item.area_id for item in items),
    )
    return Sat(held=held, items=items)
