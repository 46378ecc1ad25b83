"""Letters whose time is over are dropped and told, never sent late."""

from datetime import datetime

from core.letters import Reason
from core.ports import UnitOfWork
from core.steps import cancel


async def drop_late_letters(uow: UnitOfWork, *, at: datetime, limit: int = 200) -> int:
    """Cancel unsent letters whose window has closed; how many were.

    Letters that are on their way are left to the delivery that holds them.
    """
    async with uow.read() as work:
        if not await work.letters.overdue(at=at, limit=1):
            return 0
    async with uow.write() as work:
        late = await work.letters.overdue(at=at, limit=limit)
        dropped = 0
        for letter in late:
            dropped += await cancel(work, letter, Reason.WINDOW_CLOSED, at=at)
        await work.commit()
        return dropped
