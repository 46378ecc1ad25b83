"""Rewrite the draft of a plan (プランの案を書き直す)."""

from datetime import datetime

from core.access import Action
from core.ids import PlanId, StaffId
from core.plan_steps import keep, plan_shown, take_in_hand, tell
from core.plans.drafting import require_alone, rewrite_sheet
from core.plans.record import Plan
from core.plans.sheet import PlanSheet
from core.ports import UnitOfWork


async def rewrite_plan(
    uow: UnitOfWork,
    *,
    plan_id: PlanId,
    version: int,
    sheet: PlanSheet,
    by: StaffId,
    at: datetime,
) -> Plan:
    """Change a draft; whoever does is among its drafters and will not decide on it.

    Raises:
        NotFound, NotActive, NotYours, Overtaken.
        SheetFixed, PlanUnderWay: P1.
    """
    async with uow.write() as work:
        plan = await plan_shown(work, plan_id, version=version)
        hand = await take_in_hand(
            work, plan.case_id, by=by, action=Action.DRAFT_PLAN, programme=plan.programme
        )
        rewritten = rewrite_sheet(plan, sheet=sheet, by=by, role=hand.role, at=at)
        require_alone(rewritten.plan, others=await work.plans.of_case(plan.case_id))
        kept = await keep(work, rewritten, was=plan)
        await tell(work, hand, at=at)
        await work.commit()
        return kept
