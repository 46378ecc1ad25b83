"""Take the municipal decision on a plan (P8, P9, 支援決定)."""

from datetime import datetime, tzinfo

from core.access import Action
from core.days import local_day
from core.ids import PlanId, StaffId
from core.plan_steps import (
    after_final,
    consents_of_approval,
    keep,
    plan_shown,
    take_in_hand,
    tell,
)
from core.plans.decisions import MunicipalAct, MunicipalDecision
from core.plans.machine import take_step
from core.plans.record import Plan, PlanState, PlanStep
from core.ports import UnitOfWork
from core.steps import note_fact


async def decide_support(
    uow: UnitOfWork,
    *,
    plan_id: PlanId,
    version: int,
    acts: frozenset[MunicipalAct],
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    content: str = "",
    reason: str = "",
) -> Plan:
    """P8: decide to provide, and what; or P9: refuse, and say why.

    With P8 the plan is final, a plan before consent ends (P18), and the course goes on into
    support, all in one transaction.

    Args:
        acts: DECIDED, with CONFIRMED_OTHER where the plan holds other support; or REFUSED alone.

    Raises:
        NotFound, NotActive, NotYours, Overtaken; PlanNotFromHere.
        OwnPlan: whoever wrote on the plan. MunicipalDecisionMissing, PlanReasonMissing.
        JusoNeedsConsent: the consent has gone meanwhile.
    """
    async with uow.write() as work:
        plan = await plan_shown(work, plan_id, version=version)
        hand = await take_in_hand(work, plan.case_id, by=by, action=Action.DECIDE_SUPPORT)
        today = local_day(at, tz=tz)
        refused = MunicipalAct.REFUSED in acts and MunicipalAct.DECIDED not in acts
        step = PlanStep(
            to=PlanState.RETURNED if refused else PlanState.FINAL,
            by=by,
            role=hand.role,
            at=at,
            on=today,
            reason=reason.strip(),
            consents=await consents_of_approval(work, plan, hand.case, today=today),
            municipal=MunicipalDecision(
                acts=acts,
                by=by,
                decided_on=today,
                content=content.strip(),
                reason=reason.strip(),
            ),
        )
        kept = await keep(work, take_step(plan, step), was=plan)
        if kept.state is PlanState.FINAL:
            await after_final(work, kept, hand, by=by, role=hand.role, at=at, on=today)
        await note_fact(work, plan.case_id, at=at)
        await tell(work, hand, at=at)
        await work.commit()
        return kept
