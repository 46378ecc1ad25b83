"""What is owed on a colleague's cases, loaded from the record for their desk."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from core.access import Action, may
from core.agencies import Role, Staff
from core.cases import Case
from core.ids import CaseId
from core.news_owed import news_reminders
from core.plans.submitting import STAFF_OF
from core.ports import Work
from core.programmes import Programme
from core.reminders import (
    REPORTED,
    WAITING,
    Reminder,
    ReminderKind,
    decision_owed,
    owed_on_plans,
)
from core.touch_owed import touch_owed

MOST_EARLY: Final = 20
_MINDING: Final = frozenset({Role.CASE_LEAD, Role.COORDINATOR})
_EARLY: Final = (Programme.OUTREACH, Programme.PARTICIPATION)


async def reminders_for(
    work: Work,
    staff: Staff,
    cases: Iterable[Case],
    *,
    closed: Collection[CaseId],
    today: date,
) -> tuple[Reminder, ...]:
    """What this colleague owes, earliest due first; what has no day comes last.

    Args:
        cases: the colleague's own.
        closed: cases that a mark closes to them (R-015).
    """
    own = {case.id: case for case in cases}
    found = [
        *await _on_plans(work, staff, own, today=today),
        *await _decisions(work, staff, own, closed=closed),
        *await _early_links(work, staff, closed=closed),
        *await touch_owed(
            work,
            [one for one in own.values() if one.lead_staff_id in (staff.id, None)],
            today=today,
        ),
        *await _colleagues_gone(work, staff, own),
        *await _calls(work, staff, own, closed=closed),
        *await news_reminders(work, staff, own, closed=closed, today=today),
    ]
    return tuple(sorted(found, key=lambda one: (one.due_on or date.max, one.case.alias, one.kind)))


async def _on_plans(
    work: Work, staff: Staff, own: dict[CaseId, Case], *, today: date
) -> list[Reminder]:
    if not own:
        return []
    roles: dict[CaseId, set[Role]] = {}
    for seat in await work.staff.seats_of(staff.id):
        roles.setdefault(seat.case_id, set()).add(seat.role)
    plans = await work.plans.of_cases(own, states=WAITING | REPORTED)
    return [
        reminder
        for plan in plans
        for reminder in owed_on_plans(
            [plan],
            case=own[plan.case_id],
            by=staff.id,
            roles=frozenset(roles.get(plan.case_id, ())),
            today=today,
        )
    ]


async def _colleagues_gone(work: Work, staff: Staff, own: dict[CaseId, Case]) -> list[Reminder]:
    """Cases led or coordinated by this colleague on which somebody is out of service (R-080)."""
    minded = {
        seat.case_id for seat in await work.staff.seats_of(staff.id) if seat.role in _MINDING
    } | {case.id for case in own.values() if case.lead_staff_id == staff.id}
    gone = [one for one in await work.staff.all() if not one.active] if minded else []
    empty = {seat.case_id for one in gone for seat in await work.staff.seats_of(one.id)}
    return [
        Reminder(kind=ReminderKind.COLLEAGUE_GONE, case=case)
        for case in own.values()
        if case.id in empty & minded
    ]


async def _calls(
    work: Work, staff: Staff, own: dict[CaseId, Case], *, closed: Collection[CaseId]
) -> list[Reminder]:
    """Calls for people on own cases or to this colleague, and those to look back on (8.3)."""
    found = []
    for kind, alerts in (
        (ReminderKind.CALL_OPEN, await work.alerts.unsettled()),
        (ReminderKind.CALL_REVIEW, await work.alerts.to_review()),
    ):
        for alert in alerts:
            opened = kind is ReminderKind.CALL_OPEN
            theirs = alert.case_id in own or alert.has_called(staff.id)
            if alert.case_id is None or alert.case_id in closed:
                continue
            if theirs if opened else alert.may_review(staff):
                case = own.get(alert.case_id) or await work.cases.get(alert.case_id)
                found.append(Reminder(kind=kind, case=case, due_on=alert.review_due_on))
    return found


async def _decisions(
    work: Work, staff: Staff, own: dict[CaseId, Case], *, closed: Collection[CaseId]
) -> list[Reminder]:
    if not may(staff, Action.DECIDE_SUPPORT):
        return []
    return [
        reminder
        for plan in await work.plans.awaiting_decision()
        if plan.case_id not in closed
        for case in [own.get(plan.case_id) or await work.cases.get(plan.case_id)]
        for reminder in decision_owed(plan, case=case, by=staff.id)
    ]


async def _early_links(work: Work, staff: Staff, *, closed: Collection[CaseId]) -> list[Reminder]:
    """Cases whose assessment wants the colleague's programme early, until it is there (R-012)."""
    found: dict[CaseId, Reminder] = {}
    for programme in _EARLY:
        if STAFF_OF[programme] not in staff.roles:
            continue
        for sheet in await work.assessments.asking_early(programme, limit=MOST_EARLY):
            if sheet.case_id in closed or sheet.case_id in found:
                continue
            case = await work.cases.get(sheet.case_id)
            if not await _is_there(work, case, programme):
                found[case.id] = Reminder(
                    kind=ReminderKind.EARLY_LINK, case=case, due_on=sheet.assessed_on
                )
    return list(found.values())


async def _is_there(work: Work, case: Case, programme: Programme) -> bool:
    if programme is Programme.OUTREACH:
        return await work.courses.outreach(case) is not None
    return await work.courses.participation(case.id) is not None
