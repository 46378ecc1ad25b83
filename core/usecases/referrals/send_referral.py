"""Send a referral to its addressee (F4)."""

from dataclasses import replace
from datetime import date, datetime, tzinfo
from typing import Final

from core.connection_steps import working_day_after
from core.days import local_day
from core.ids import ReferralId, StaffId
from core.ports import UnitOfWork
from core.referral_steps import seat_receiver, shown_referral, step_referral
from core.referrals.record import Referral, ReferralState
from core.steps import refresh_desks

ANSWER_WITHIN: Final = 2


async def send_referral(
    uow: UnitOfWork,
    *,
    referral_id: ReferralId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    to_contact: str = "",
    to_staff_id: StaffId | None = None,
    closed_days: frozenset[date] = frozenset(),
) -> Referral:
    """It goes out, with two working days for the receiver to say that it came [D].

    Args:
        to_contact: the addressee in words; "" keeps what the draft has.
        to_staff_id: the addressee, where on the roll; gets a seat on the case [D].
        closed_days: public holidays.

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded, AgencyUnknown: the door. Overtaken.
        ReferralNotFromHere, NotThatAgency, NotExplained, PersonNotReady, AddresseeMissing.
        AddresseeElsewhere: the colleague named does not work there.
    """
    async with uow.write() as work:
        referral = await shown_referral(work, referral_id, version=version)
        named = to_contact.strip()
        if not named and to_staff_id is not None:
            named = (await work.staff.get(to_staff_id)).name
        addressed = replace(referral, to_contact=named or referral.to_contact)
        on = local_day(at, tz=tz)
        sent, _ = await step_referral(
            work,
            addressed,
            ReferralState.SENT,
            by=by,
            at=at,
            on=on,
            acknowledge_by=working_day_after(on, ANSWER_WITHIN, closed_days=closed_days),
        )
        if to_staff_id is not None:
            await seat_receiver(work, sent, to_staff_id)
            await refresh_desks(work, [to_staff_id], at=at)
        await work.commit()
        return sent
