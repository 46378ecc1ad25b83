"""Put an outreach plan before consent into force (P4, 同意前のプランで始める)."""

from datetime import datetime, tzinfo

from core.access import Action
from core.days import local_day
from core.ids import PlanId, StaffId
from core.plan_steps import consents_now, keep, plan_shown, take_in_hand, tell
from core.plans.machine import take_step
from core.plans.record import Plan, PlanState, PlanStep
from core.ports import UnitOfWork


async def put_preconsent_plan_in_force(
    uow: UnitOfWork,
    *,
    plan_id: PlanId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    endorsement_required: bool = True,
) -> Plan:
    """P4, its second half: an endorsed plan, or a draft where the town asks for no endorsement.

    Args:
        endorsement_required: the town has every plan before consent looked at by its 支援会議
            (its profile's `endorse_before_consent`, DOMAIN §12-1).

    Raises:
        NotFound, NotActive, NotYours, Overtaken; PlanNotFromHere.
        PlanNotDecidedInMeeting: this town wants the endorsement.
        OnlyOutreachBeforeConsent, OutreachPartMissing, OutcomeBeforeTrust: the draft is unfit.
    """
    async with uow.write() as work:
        plan = await plan_shown(work, plan_id, version=version)
        hand = await take_in_hand(
            work, plan.case_id, by=by, action=Action.DRAFT_PLAN, programme=plan.programme
        )
        today = local_day(at, tz=tz)
        step = PlanStep(
            to=PlanState.IN_FORCE_PRECONSENT,
            by=by,
            role=hand.role,
            at=at,
            on=today,
            consents=await consents_now(work, hand.case, today=today),
            endorsement_required=endorsement_required,
        )
        kept = await keep(work, take_step(plan, step), was=plan)
        await tell(work, hand, at=at)
        await work.commit()
        return kept
