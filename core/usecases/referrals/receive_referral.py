"""Say that a referral has come, and by when the sender hears more (F4, R-014)."""

from datetime import date, datetime, tzinfo

from core.days import local_day
from core.ids import ReferralId, StaffId
from core.ports import UnitOfWork
from core.referral_steps import shown_referral, step_referral
from core.referrals.record import Referral, ReferralState


async def receive_referral(
    uow: UnitOfWork,
    *,
    referral_id: ReferralId,
    version: int,
    feedback_due_on: date | None,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Referral:
    """The receiver has it; the day by which the sender hears of it is set.

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded, AgencyUnknown: the door. Overtaken.
        ReferralNotFromHere, NotThatAgency, FeedbackDayMissing.
    """
    async with uow.write() as work:
        referral = await shown_referral(work, referral_id, version=version)
        received, _ = await step_referral(
            work,
            referral,
            ReferralState.RECEIVED,
            by=by,
            at=at,
            on=local_day(at, tz=tz),
            feedback_due_on=feedback_due_on,
        )
        await work.commit()
        return received
