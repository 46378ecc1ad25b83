"""Draft a plan (P1, プランの案を書く)."""

from datetime import datetime

from core.access import Action
from core.ids import CaseId, PlanId, StaffId
from core.plan_steps import expect_plan_again, take_in_hand, tell
from core.plans import drafting
from core.plans.record import Plan
from core.plans.sheet import PlanSheet
from core.ports import UnitOfWork
from core.programmes import Programme


async def draft_plan(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    programme: Programme,
    sheet: PlanSheet,
    by: StaffId,
    at: datetime,
) -> Plan:
    """P1: a first draft, on the case's latest assessment.

    A case that was shared without a plan is so no longer (R-092).

    Raises:
        NotFound, NotActive, NotYours.
        ProgrammeWithoutPlan, AssessmentMissing, PlanUnderWay: P1.
    """
    async with uow.write() as work:
        hand = await take_in_hand(
            work, case_id, by=by, action=Action.DRAFT_PLAN, programme=programme
        )
        assessments = await work.assessments.of_case(case_id)
        drafted = drafting.draft_plan(
            sheet,
            id=PlanId(work.new_id()),
            municipality_id=work.municipality_id,
            case_id=case_id,
            programme=programme,
            assessment_id=assessments[0].id if assessments else None,
            by=by,
            role=hand.role,
            at=at,
        )
        drafting.require_alone(drafted.plan, others=await work.plans.of_case(case_id))
        if not await work.plans.add(drafted.plan):
            raise drafting.PlanUnderWay(programme=programme.value, allowed="DRAFT")
        await work.audit.append(drafted.event)
        await expect_plan_again(work, hand, at=at)
        await tell(work, hand, at=at)
        await work.commit()
        return drafted.plan
