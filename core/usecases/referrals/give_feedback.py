"""Tell the sender of a referral what came of it (F8, R-014)."""

from datetime import date, datetime, tzinfo

from core.connection_steps import by_now
from core.days import local_day
from core.ids import ReferralId, StaffId
from core.ports import UnitOfWork
from core.referral_steps import shown_referral, step_referral
from core.referrals.record import Feedback, Referral, ReferralState


async def give_feedback(
    uow: UnitOfWork,
    *,
    referral_id: ReferralId,
    version: int,
    happened: str,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    next_step: str = "",
    seen_on: date | None = None,
) -> Referral:
    """What happened, and what comes next.

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded, AgencyUnknown: the door. Overtaken.
        ReferralNotFromHere, NotThatAgency, FeedbackEmpty, DayAhead.
    """
    async with uow.write() as work:
        referral = await shown_referral(work, referral_id, version=version)
        today = local_day(at, tz=tz)
        told, _ = await step_referral(
            work,
            referral,
            ReferralState.FEEDBACK_GIVEN,
            by=by,
            at=at,
            on=today,
            feedback=Feedback(
                seen_on=by_now(seen_on, today=today),
                happened=happened.strip(),
                next_step=next_step.strip(),
            ),
        )
        await work.commit()
        return told
