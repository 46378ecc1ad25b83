"""Take a plan that came back into hand again (P5, 戻ってきたプランを書き直す)."""

from datetime import datetime, tzinfo

from core.access import Action
from core.days import local_day
from core.ids import PlanId, StaffId
from core.plan_steps import keep, plan_shown, take_in_hand, tell
from core.plans.machine import take_step
from core.plans.record import Plan, PlanState, PlanStep
from core.ports import UnitOfWork


async def resume_draft(
    uow: UnitOfWork,
    *,
    plan_id: PlanId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Plan:
    """P5, its second half: a returned plan is a draft once more.

    Raises:
        NotFound, NotActive, NotYours, Overtaken; PlanNotFromHere.
    """
    async with uow.write() as work:
        plan = await plan_shown(work, plan_id, version=version)
        hand = await take_in_hand(
            work, plan.case_id, by=by, action=Action.DRAFT_PLAN, programme=plan.programme
        )
        step = PlanStep(to=PlanState.DRAFT, by=by, role=hand.role, at=at, on=local_day(at, tz=tz))
        kept = await keep(work, take_step(plan, step), was=plan)
        await tell(work, hand, at=at)
        await work.commit()
        return kept
