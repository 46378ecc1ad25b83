"""Note the receiver's first contact with the person (F7)."""

from dataclasses import replace
from datetime import date, datetime, tzinfo

from core.connection_steps import by_now
from core.days import local_day
from core.ids import ReferralId, StaffId
from core.ports import UnitOfWork
from core.referral_steps import shown_referral, step_referral
from core.referrals.record import Referral, ReferralState, WorryMeasure


async def connect_referral(
    uow: UnitOfWork,
    *,
    referral_id: ReferralId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    met_on: date | None = None,
    with_person: frozenset[WorryMeasure] = frozenset(),
    feedback_due_on: date | None = None,
) -> Referral:
    """They are in touch; from now on the sender waits for news (F8).

    Args:
        met_on: the local day of the first contact; None is today.
        with_person: in whose company, for somebody anxious (R-003).
        feedback_due_on: another day for the news than the one set before.

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded, AgencyUnknown: the door. Overtaken.
        ReferralNotFromHere, NotThatAgency, WorryUnanswered, FeedbackDayMissing, DayAhead.
    """
    async with uow.write() as work:
        referral = await shown_referral(work, referral_id, version=version)
        today = local_day(at, tz=tz)
        if feedback_due_on is not None:
            referral = replace(referral, feedback_due_on=feedback_due_on)
        connected, _ = await step_referral(
            work,
            referral,
            ReferralState.CONNECTED,
            by=by,
            at=at,
            on=by_now(met_on, today=today),
            with_person=with_person,
        )
        waiting, _ = await step_referral(
            work,
            connected,
            ReferralState.FEEDBACK_DUE,
            by=by,
            at=at,
            on=today,
        )
        await work.commit()
        return waiting
