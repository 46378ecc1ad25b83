"""Steps on plans that several use cases take inside their own open transaction.

What follows by itself from a meeting's or the municipality's decision (P7, P10, P18, and that
support begins) is taken here, in the transaction of the decision.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from core.access import Action, require
from core.agencies import Role, Seat
from core.audit import SYSTEM
from core.basis import Basis
from core.cases import Case
from core.course_echoes import support_begins
from core.course_steps import event_of, keep_case, seats_of
from core.figures.moves import PLANNED
from core.ids import CaseId, MonitoringId, PersonId, PlanId, StaffId
from core.meetings.ids import BodyId, MeetingId
from core.meetings.ledger import shares_from
from core.meetings.shares import NOTHING, all_agree
from core.plans.decisions import PlanConsents
from core.plans.following import Monitoring
from core.plans.machine import ANYBODY, PlanMoved, take_step
from core.plans.patterns import NEEDS_DECISION
from core.plans.record import Plan, PlanState, PlanStep
from core.plans.submitting import STAFF_OF
from core.ports import Work
from core.programmes import Programme
from core.steps import Overtaken, acting_role, refresh_desks, seated, watchers

# Whoever works on a case: those at the table of a meeting and the privacy officer do not.
AT_WORK: Final = ANYBODY - {
    Role.SYSTEM,
    Role.PRIVACY_OFFICER,
    Role.CHAIR,
    Role.SECRETARIAT,
    Role.CLERK,
    Role.MEMBER,
    Role.TEMPORARY_MEMBER,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Hand:
    """Who acts on a case, and in which role."""

    by: StaffId
    role: Role
    case: Case
    seats: tuple[Seat, ...]


async def take_in_hand(
    work: Work,
    case_id: CaseId,
    *,
    by: StaffId,
    action: Action,
    allowed: frozenset[Role] | None = None,
    programme: Programme | None = None,
) -> Hand:
    """The door, and the role in which this colleague acts behind it.

    Args:
        allowed: the roles of the row; None takes the role that opened the door.

    Raises:
        NotFound, NotActive, NotYours.
    """
    case = await work.cases.get(case_id)
    staff = await work.staff.get(by)
    seats = await seats_of(work, case)
    opened = require(staff, action, case_id=case_id, seats=seats, programme=programme)
    role = opened.role if allowed is None else acting_role(staff, seats, allowed)
    return Hand(by=by, role=role, case=case, seats=seats)


async def plan_shown(work: Work, plan_id: PlanId, *, version: int) -> Plan:
    """The plan, as the colleague saw it.

    Raises:
        NotFound. Overtaken: it was changed since.
    """
    plan = await work.plans.get(plan_id)
    if plan.version != version:
        raise Overtaken(what="plan")
    return plan


async def keep(work: Work, moved: PlanMoved, *, was: Plan) -> Plan:
    """Write a step of a plan down, if nobody was faster.

    Raises:
        Overtaken: somebody was.
    """
    if not await work.plans.change(moved.plan, version=was.version):
        raise Overtaken(what="plan")
    await work.audit.append(moved.event)
    return moved.plan


async def expect_plan_again(work: Work, hand: Hand, *, at: datetime) -> None:
    """A plan is there now, so the case is no longer shared without one (R-092).

    Raises:
        Overtaken: the case was changed in the meantime.
    """
    if hand.case.plan_required:
        return
    kept = await keep_case(work, replace(hand.case, plan_less_because=""), was=hand.case)
    await work.audit.append(event_of(PLANNED, kept, by=hand.by, role=hand.role, at=at))


async def tell(work: Work, hand: Hand, *, at: datetime) -> None:
    """Show the change to those who work on the case, and on any plan of it."""
    drafters = seated(hand.seats, frozenset(STAFF_OF.values()))
    await refresh_desks(work, {*watchers(hand.case, hand.seats), *drafters}, at=at)


async def consents_now(
    work: Work,
    case: Case,
    *,
    today: date,
    subjects: Iterable[PersonId] = (),
    body_id: BodyId | None = None,
) -> PlanConsents:
    """What the ledger says on this day of the person's plans.

    Args:
        subjects: whose sharing counts beside the person's own: those whom an item named.
        body_id: the 重層的支援会議 that it is about; None where any of the town's will do.
    """
    everybody = frozenset({case.person_id, *subjects})
    shares = shares_from(await work.consents.of_people(everybody), today=today)
    covered = any(
        body.basis is Basis.JUSO and all_agree(everybody, shares, body=body)
        for body in await work.bodies.all()
        if body_id in (None, body.id)
    )
    own = shares.get(case.person_id, NOTHING)
    return PlanConsents(service_use=own.programmes, meeting_covered=covered)


async def consents_of_approval(work: Work, plan: Plan, case: Case, *, today: date) -> PlanConsents:
    """The consents towards the body that approved the plan."""
    if not plan.approved_in:
        return await consents_now(work, case, today=today)
    meeting = await work.meetings.get(MeetingId(plan.approved_in))
    grounds = [
        item.ground.body_id
        for item in meeting.live
        if item.case_id == plan.case_id and plan.programme in item.programmes and item.ground
    ]
    body_id = grounds[0] if grounds else None
    return await consents_now(work, case, today=today, body_id=body_id)


async def after_approval(work: Work, plan: Plan, hand: Hand, *, at: datetime, on: date) -> Plan:
    """P7, or P10 with all that follows: which, the plan's own contents say (R-062)."""
    decision_needed = plan.pattern in NEEDS_DECISION
    to = PlanState.AWAITING_DECISION if decision_needed else PlanState.FINAL
    moved = await keep(work, take_step(plan, _by_itself(to, at=at, on=on)), was=plan)
    if not decision_needed:
        await after_final(work, moved, hand, by=SYSTEM, role=Role.SYSTEM, at=at, on=on)
        return moved
    officers = [one.id for one in await work.staff.active() if Role.MUNICIPAL_OFFICER in one.roles]
    await refresh_desks(work, officers, at=at)
    return moved


async def after_final(
    work: Work,
    plan: Plan,
    hand: Hand,
    *,
    by: StaffId | str,
    role: Role,
    at: datetime,
    on: date,
) -> None:
    """P18: the plan before consent ends; and the course goes on into support (O7, PT4, MK5)."""
    for older in await work.plans.of_case(plan.case_id):
        ours = older.programme is plan.programme
        if ours and older.state is PlanState.IN_FORCE_PRECONSENT:
            step = _by_itself(PlanState.SUPERSEDED, at=at, on=on, successor=plan)
            await keep(work, take_step(older, step), was=older)
    await support_begins(work, case=hand.case, plan=plan, by=by, role=role, at=at, today=on)


async def plan_monitoring(work: Work, plan: Plan) -> None:
    """Note the day on which the plan is looked at, so that it can be said what came of it."""
    if plan.next_monitoring_on is None:
        return
    known = await work.monitorings.of_plan(plan.id)
    if any(m.due_on == plan.next_monitoring_on and m.done_on is None for m in known):
        return
    await work.monitorings.put(
        Monitoring(id=MonitoringId(work.new_id()), plan_id=plan.id, due_on=plan.next_monitoring_on)
    )


def _by_itself(to: PlanState, *, at: datetime, on: date, successor: Plan | None = None) -> PlanStep:
    return PlanStep(to=to, by=SYSTEM, role=Role.SYSTEM, at=at, on=on, successor=successor)
