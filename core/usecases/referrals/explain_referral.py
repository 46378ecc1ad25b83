"""Note that the person was told where the case would go, and what happens there (F2)."""

from datetime import datetime, tzinfo

from core.days import local_day
from core.ids import ReferralId, StaffId
from core.ports import UnitOfWork
from core.referral_steps import shown_referral, step_referral
from core.referrals.record import Referral, ReferralState, Worry, WorryMeasure


async def explain_referral(
    uow: UnitOfWork,
    *,
    referral_id: ReferralId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    worry: Worry = Worry.NONE,
    measures: frozenset[WorryMeasure] = frozenset(),
    own_criteria: frozenset[str] = frozenset(),
) -> Referral:
    """Role and content were explained; somebody very anxious is offered company (R-002, R-003).

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded, AgencyUnknown: the door. Overtaken.
        ReferralNotFromHere, NotThatAgency, ReferralEmpty, ReasonUnfit, WorryUnanswered.
    """
    async with uow.write() as work:
        referral = await shown_referral(work, referral_id, version=version)
        explained, _ = await step_referral(
            work,
            referral,
            ReferralState.EXPLAINED,
            by=by,
            at=at,
            on=local_day(at, tz=tz),
            worry=worry,
            measures=measures,
            extra_reasons=own_criteria,
        )
        await work.commit()
        return explained
