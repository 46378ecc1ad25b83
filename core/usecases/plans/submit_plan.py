"""Put a plan before a meeting (P2, P3, プランを会議に出す)."""

from dataclasses import replace
from datetime import datetime, tzinfo

from core.access import Action
from core.applications import applies_for, require_application
from core.cases import Case
from core.days import local_day
from core.ids import PlanId, StaffId
from core.plan_steps import consents_now, keep, plan_shown, take_in_hand, tell
from core.plans.machine import take_step
from core.plans.record import Plan, PlanState, PlanStep
from core.plans.sheet import LegalStatus
from core.ports import UnitOfWork, Work
from core.programmes import Programme


async def submit_plan(
    uow: UnitOfWork,
    *,
    plan_id: PlanId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Plan:
    """P2 before consent, to the 支援会議; P3 after it, to the 重層的支援会議 (R-021).

    The sheet's legal status says which; nobody chooses the meeting.

    Raises:
        NotFound, NotActive, NotYours, Overtaken; PlanNotFromHere.
        OnlyOutreachBeforeConsent: P2. OutreachPartMissing: R-021. OutcomeBeforeTrust: R-028.
        ApplicationMissing: R-009. JusoNeedsConsent: R-021. UseNotWritten: R-060.
        PartsNotNamed, MonitoringTimeMissing: P3.
        PublicAssistanceOfficeMissing: R-011. TieNotExpressed: R-071.
    """
    async with uow.write() as work:
        plan = await plan_shown(work, plan_id, version=version)
        hand = await take_in_hand(
            work, plan.case_id, by=by, action=Action.DRAFT_PLAN, programme=plan.programme
        )
        today = local_day(at, tz=tz)
        early = plan.sheet.legal_status is LegalStatus.PRE_CONSENT
        await _require_application(work, plan)
        step = PlanStep(
            to=PlanState.SUBMITTED_SHIEN if early else PlanState.SUBMITTED_JUSO,
            by=by,
            role=hand.role,
            at=at,
            on=today,
            consents=await consents_now(work, hand.case, today=today),
        )
        ready = await _with_what_the_town_knows(work, plan, hand.case)
        kept = await keep(work, take_step(ready, step), was=plan)
        await tell(work, hand, at=at)
        await work.commit()
        return kept


async def _require_application(work: Work, plan: Plan) -> None:
    """Multi-agency goes on to a plan with the person's application (R-009).

    The form is the 相談受付・申込票, or the plan that the person signed (プラン兼利用申込書).
    """
    if plan.programme is not Programme.MULTI_AGENCY or plan.sheet.signed_on is not None:
        return
    forms = await work.applications.of_case(plan.case_id)
    require_application(next((f for f in forms if applies_for(f, plan.programme)), None))


async def _with_what_the_town_knows(work: Work, plan: Plan, case: Case) -> Plan:
    """That the household is on 生活保護 counts, also where the sheet forgot it (R-011)."""
    home = case.household_id or (await work.people.get(case.person_id)).household_id
    if home is None or not (await work.people.household(home)).public_assistance:
        return plan
    return replace(plan, sheet=replace(plan.sheet, household_on_public_assistance=True))
