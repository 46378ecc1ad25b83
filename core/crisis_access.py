"""Who sees a call for people and acts on it, and what is told of it (DOMAIN §8.3)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from core.access import NotActive, NotYours
from core.agencies import Role, Seat, Staff
from core.crisis.alerts import SUPERVISORS, AlertState, CrisisAlert
from core.crisis.reading import Sign
from core.ids import AlertId, CaseId, LinkId, StaffId
from core.ports import Work
from core.steps import acting_role, watchers

_ANY: Final = frozenset(Role) - {Role.SYSTEM}


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertSeen:
    """What a card tells of a call; no word, name or peril of anybody at home.

    Attributes:
        alias: the case's sign; "" where a stranger wrote.
        clear: whether the words were clear; None where a colleague raised it.
        false_alarm: it was settled as one.
        taken_by, settled_by: colleagues' names.
    """

    alert_id: AlertId
    case_id: CaseId | None
    alias: str
    state: AlertState
    clear: bool | None
    raised_at: datetime
    signs: int
    rounds: int
    false_alarm: bool = False
    taken_by: str = ""
    taken_at: datetime | None = None
    settled_by: str = ""
    settled_at: datetime | None = None
    review_due_on: date | None = None


async def seen_of(work: Work, alert: CrisisAlert) -> AlertSeen:
    """The call as a card tells it."""
    case = None if alert.case_id is None else await work.cases.get(alert.case_id)
    return AlertSeen(
        alert_id=alert.id,
        case_id=alert.case_id,
        alias="" if case is None else case.alias,
        state=alert.state,
        clear=None if alert.sign is None else alert.sign is Sign.CLEAR,
        raised_at=alert.raised_at,
        signs=alert.signs,
        rounds=alert.rounds,
        false_alarm=alert.false_alarm,
        taken_by=await _name(work, alert.acknowledged_by),
        taken_at=alert.acknowledged_at,
        settled_by=await _name(work, alert.settled_by),
        settled_at=alert.settled_at,
        review_due_on=alert.review_due_on,
    )


async def require_called(work: Work, alert: CrisisAlert, staff_id: StaffId) -> Role:
    """In which role a colleague acts on a call: called to it, or at work on the case.

    Raises:
        NotFound: no such colleague. NotActive.
        NotYours: neither, or a mark closes the case to them (R-015).
    """
    staff = await work.staff.get(staff_id)
    if not staff.active:
        raise NotActive(action="crisis_alert")
    seats: tuple[Seat, ...] = ()
    works_there = staff_id == alert.raised_by
    if alert.case_id is not None:
        seats = await work.staff.seats(alert.case_id)
        works_there |= staff_id in watchers(await work.cases.get(alert.case_id), seats)
    if await _closed(work, alert, staff_id) or not (works_there or alert.has_called(staff_id)):
        raise NotYours(action="crisis_alert", allowed="seat,called")
    return acting_role(staff, seats, _ANY)


async def require_supervisor(work: Work, alert: CrisisAlert, staff_id: StaffId) -> Role:
    """In which role a colleague looks back on a call.

    Raises:
        NotFound, NotActive. NotYours: a mark closes the case to them. RoleNeeded.
    """
    staff = await work.staff.get(staff_id)
    if not staff.active:
        raise NotActive(action="review_alert")
    if await _closed(work, alert, staff_id):
        raise NotYours(action="review_alert", allowed="coordinator,municipal_officer")
    return acting_role(staff, (), SUPERVISORS)


async def supervisors(work: Work, alert: CrisisAlert) -> list[StaffId]:
    """Who may look back on this call."""
    return [
        one.id
        for one in await work.staff.active()
        if alert.may_review(one) and not await _closed(work, alert, one.id)
    ]


async def calls_to_review(work: Work, staff: Staff) -> tuple[AlertSeen, ...]:
    """Calls that wait for this colleague to look back on them, earliest due first."""
    if not staff.roles & SUPERVISORS:
        return ()
    return tuple(
        [
            await seen_of(work, alert)
            for alert in await work.alerts.to_review()
            if alert.may_review(staff) and not await _closed(work, alert, staff.id)
        ]
    )


async def strangers_calling(work: Work, staff: Staff) -> frozenset[LinkId]:
    """Accounts of strangers for whom this colleague was called, while the call stands open.

    Whoever is called may read the words, at the desk that is otherwise not theirs.
    """
    if not staff.active:
        return frozenset()
    return frozenset(
        alert.link_id
        for alert in await work.alerts.unsettled()
        if alert.case_id is None and alert.link_id is not None and alert.has_called(staff.id)
    )


async def _closed(work: Work, alert: CrisisAlert, staff_id: StaffId) -> bool:
    return alert.case_id is not None and alert.case_id in await work.care_marks.closed_to(staff_id)


async def _name(work: Work, staff_id: StaffId | None) -> str:
    return "" if staff_id is None else (await work.staff.get(staff_id)).name
