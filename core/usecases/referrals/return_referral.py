"""Give a referral back after talking it over with the source (F6, R-008)."""

from datetime import datetime, tzinfo

from core.days import local_day
from core.ids import ReferralId, StaffId
from core.ports import UnitOfWork
from core.referral_steps import shown_referral, step_referral
from core.referrals.record import Referral, ReferralState


async def return_referral(
    uow: UnitOfWork,
    *,
    referral_id: ReferralId,
    version: int,
    reason: str,
    consulted: str,
    linked_support: str,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Referral:
    """It goes back, and the ties that were made hold the person.

    Args:
        consulted: when and with whom it was talked over.
        linked_support: the arrangement that stays.

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded, AgencyUnknown: the door. Overtaken.
        ReferralNotFromHere, NotThatAgency, SourceNotConsulted.
    """
    async with uow.write() as work:
        referral = await shown_referral(work, referral_id, version=version)
        returned, _ = await step_referral(
            work,
            referral,
            ReferralState.RETURNED,
            by=by,
            at=at,
            on=local_day(at, tz=tz),
            reason=reason.strip(),
            consulted=consulted.strip(),
            linked_support=linked_support.strip(),
        )
        await work.commit()
        return returned
