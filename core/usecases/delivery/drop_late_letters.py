"""Letters whose time is over are dropped and told, never sent late."""

from datetime import datetime

from core.letters import LetterState, Reason
from core.ports import UnitOfWork
from core.quota_steps import rests_for_quota
from core.send_day import reason_of_closing
from core.steps import cancel


async def drop_late_letters(uow: UnitOfWork, *, at: datetime, limit: int = 200) -> int:
    """Cancel unsent letters whose window has closed; how many were.

    The author is told why: its time was over, the month had no quota left, or nobody said on its
    day that it still fits.
    Letters that are on their way are left to the delivery that holds them.
    """
    async with uow.read() as work:
        if not await work.letters.overdue(at=at, limit=1):
            return 0
    async with uow.write() as work:
        late = await work.letters.overdue(at=at, limit=limit)
        dropped = 0
        lasts = (await work.towns.get()).letters.approval_lasts
        full = rests_for_quota(await work.towns.channel_rest(), at=at)
        for letter in late:
            scheduled = letter.state is LetterState.SCHEDULED
            why = reason_of_closing(letter, scheduled=scheduled, lasts=lasts)
            if full and scheduled and why is Reason.WINDOW_CLOSED:
                why = Reason.QUOTA_FULL
            dropped += await cancel(work, letter, why, at=at)
        await work.commit()
        return dropped
