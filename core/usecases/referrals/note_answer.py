"""Note what the person said to being handed on (F3)."""

from datetime import datetime, tzinfo

from core.days import local_day
from core.ids import ReferralId, StaffId
from core.ports import UnitOfWork
from core.referral_steps import shown_referral, step_referral
from core.referrals.record import Referral, ReferralState


async def note_answer(
    uow: UnitOfWork,
    *,
    referral_id: ReferralId,
    version: int,
    accepts: bool,
    own_words: str,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Referral:
    """Yes, or not yet; either is kept in the person's own words.

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded, AgencyUnknown: the door. Overtaken.
        ReferralNotFromHere, NotThatAgency, NotExplained, OwnWordsMissing.
    """
    to = ReferralState.ACCEPTED_BY_PERSON if accepts else ReferralState.NOT_YET
    async with uow.write() as work:
        referral = await shown_referral(work, referral_id, version=version)
        answered, _ = await step_referral(
            work,
            referral,
            to,
            by=by,
            at=at,
            on=local_day(at, tz=tz),
            own_words=own_words.strip(),
        )
        await work.commit()
        return answered
