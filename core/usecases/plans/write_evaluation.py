"""Write the evaluation sheet of a plan (P13, 評価シートを書く)."""

from dataclasses import replace
from datetime import datetime, tzinfo

from core.access import Action
from core.days import local_day
from core.ids import EvaluationId, PlanId, StaffId
from core.plan_steps import keep, plan_shown, take_in_hand, tell
from core.plans.evaluation import EvaluationSheet
from core.plans.machine import take_step
from core.plans.record import Plan, PlanState, PlanStep
from core.ports import UnitOfWork
from core.steps import note_fact


async def write_evaluation(
    uow: UnitOfWork,
    *,
    plan_id: PlanId,
    version: int,
    sheet: EvaluationSheet,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Plan:
    """P13: the sheet is complete, and the plan evaluated.

    Args:
        sheet: as filled in; id, plan and author are settled here.

    Raises:
        NotFound, NotActive, NotYours, Overtaken; PlanNotFromHere, EvaluationIncomplete.
    """
    async with uow.write() as work:
        plan = await plan_shown(work, plan_id, version=version)
        hand = await take_in_hand(
            work, plan.case_id, by=by, action=Action.DRAFT_PLAN, programme=plan.programme
        )
        step = PlanStep(
            to=PlanState.EVALUATED,
            by=by,
            role=hand.role,
            at=at,
            on=local_day(at, tz=tz),
            evaluation=replace(sheet, id=EvaluationId(work.new_id()), plan_id=plan_id, by=by),
        )
        kept = await keep(work, take_step(plan, step), was=plan)
        await note_fact(work, plan.case_id, at=at)
        await tell(work, hand, at=at)
        await work.commit()
        return kept
