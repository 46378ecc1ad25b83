"""Note that a plan is to be evaluated (P12, 評価の時期とする)."""

from datetime import datetime, tzinfo

from core.access import Action
from core.days import local_day
from core.ids import PlanId, StaffId
from core.plan_steps import AT_WORK, keep, plan_shown, take_in_hand, tell
from core.plans.machine import take_step
from core.plans.record import Plan, PlanState, PlanStep
from core.ports import UnitOfWork
from core.steps import note_fact


async def note_evaluation_due(
    uow: UnitOfWork,
    *,
    plan_id: PlanId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    reason: str = "",
) -> Plan:
    """P12: the monitoring day has come, or somebody names a big change.

    Args:
        reason: the big change; may stay empty from the monitoring day on.

    Raises:
        NotFound, NotActive, NotYours, Overtaken; PlanNotFromHere, EvaluationNotDue.
    """
    async with uow.write() as work:
        plan = await plan_shown(work, plan_id, version=version)
        hand = await take_in_hand(
            work, plan.case_id, by=by, action=Action.READ_CONSENTED_CASE, allowed=AT_WORK
        )
        step = PlanStep(
            to=PlanState.EVALUATION_DUE,
            by=by,
            role=hand.role,
            at=at,
            on=local_day(at, tz=tz),
            reason=reason.strip(),
        )
        kept = await keep(work, take_step(plan, step), was=plan)
        if step.reason:
            await note_fact(work, plan.case_id, at=at)
        await tell(work, hand, at=at)
        await work.commit()
        return kept
