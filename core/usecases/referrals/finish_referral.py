"""The sender has read what came of a referral; it is done (F8)."""

from datetime import datetime, tzinfo

from core.days import local_day
from core.ids import ReferralId, StaffId
from core.ports import UnitOfWork
from core.referral_steps import shown_referral, step_referral
from core.referrals.record import Referral, ReferralState


async def finish_referral(
    uow: UnitOfWork,
    *,
    referral_id: ReferralId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Referral:
    """The news was read.

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded, AgencyUnknown: the door. Overtaken.
        ReferralNotFromHere, NotThatAgency.
    """
    async with uow.write() as work:
        referral = await shown_referral(work, referral_id, version=version)
        done, _ = await step_referral(
            work, referral, ReferralState.DONE, by=by, at=at, on=local_day(at, tz=tz)
        )
        await work.commit()
        return done
