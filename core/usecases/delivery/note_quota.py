"""Note what LINE says of the month's quota."""

from datetime import datetime

from core.outbox import ChannelClosed
from core.ports import UnitOfWork
from core.quota import Allowance, QuotaState, month_of
from core.quota_steps import QUOTA, rest_channel, rests_for_quota, wake_channel


async def note_quota(uow: UnitOfWork, told: Allowance, *, counted: int, at: datetime) -> QuotaState:
    """From now on this is what is known. A quota that is used up lets the channel rest before
    anything is refused; one with room again wakes it.

    Args:
        counted: how many of our own pushes had been counted when LINE was asked: LINE's number
            has them now.
        at: when LINE was asked.
    """
    async with uow.write() as work:
        state = QuotaState(month=month_of(at), most=told.most, used=told.used, read_at=at)
        kept = await work.quotas.put(state, counted=counted)
        rests = rests_for_quota(await work.towns.channel_rest(), at=at)
        left = kept.left(at)
        if left == 0 and not rests:
            used = f"{kept.used_at(at)} of {kept.most}"
            await rest_channel(work, ChannelClosed(cause=QUOTA, detail=used), at=at)
        elif rests and (left is None or left > 0):
            await wake_channel(work, at=at)
        await work.commit()
        return kept
