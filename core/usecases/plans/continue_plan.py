"""Let an evaluated plan go on (P14, プランを続ける)."""

from datetime import date, datetime, tzinfo

from core.access import Action
from core.days import local_day
from core.ids import PlanId, StaffId
from core.meeting_steps import decision_of
from core.meetings.ids import ItemId, MeetingId
from core.plan_steps import keep, plan_monitoring, plan_shown, take_in_hand, tell
from core.plans.machine import COORDINATOR, take_step
from core.plans.record import Plan, PlanState, PlanStep
from core.ports import UnitOfWork


async def continue_plan(
    uow: UnitOfWork,
    *,
    plan_id: PlanId,
    version: int,
    next_monitoring_on: date,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    item: tuple[MeetingId, ItemId] | None = None,
) -> Plan:
    """P14: a small change, for which a case talk is enough; or a closing that was put off (O11).

    Args:
        item: the item that put the closing off, where one did.

    Raises:
        NotFound, NotActive, NotYours, Overtaken; PlanNotFromHere.
        OtherResult: the evaluation proposes something else. MonitoringNotSet: P11.
        NothingDecidedYet: the item's minutes are not confirmed.
    """
    async with uow.write() as work:
        plan = await plan_shown(work, plan_id, version=version)
        hand = await take_in_hand(
            work, plan.case_id, by=by, action=Action.READ_CASE, allowed=COORDINATOR
        )
        decision = None
        if item is not None:
            _, decision = await decision_of(work, *item, tz=tz)
        step = PlanStep(
            to=PlanState.IN_FORCE,
            by=by,
            role=hand.role,
            at=at,
            on=local_day(at, tz=tz),
            meeting=decision,
            next_monitoring_on=next_monitoring_on,
        )
        kept = await keep(work, take_step(plan, step), was=plan)
        await plan_monitoring(work, kept)
        await tell(work, hand, at=at)
        await work.commit()
        return kept
