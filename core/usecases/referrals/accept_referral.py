"""Take a referral on (F5)."""

from datetime import datetime, tzinfo

from core.days import local_day
from core.ids import ReferralId, StaffId
from core.ports import UnitOfWork
from core.referral_steps import seat_receiver, shown_referral, step_referral
from core.referrals.record import Referral, ReferralState


async def accept_referral(
    uow: UnitOfWork,
    *,
    referral_id: ReferralId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Referral:
    """The receiver takes the case on, and whoever does so is seated on it [D].

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded, AgencyUnknown: the door. Overtaken.
        ReferralNotFromHere, NotThatAgency.
    """
    async with uow.write() as work:
        referral = await shown_referral(work, referral_id, version=version)
        accepted, hand = await step_referral(
            work, referral, ReferralState.ACCEPTED, by=by, at=at, on=local_day(at, tz=tz)
        )
        if hand.staff.agency_id == referral.to_agency_id:
            await seat_receiver(work, accepted, by)
        await work.commit()
        return accepted
