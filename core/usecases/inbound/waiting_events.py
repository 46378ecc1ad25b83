"""Which kept events still have to be understood."""

from datetime import datetime

from core.inbound import KeptEvent
from core.ports import UnitOfWork


async def waiting_events(
    uow: UnitOfWork, *, at: datetime, limit: int = 100
) -> tuple[KeptEvent, ...]:
    """Events not yet understood and not put off, oldest first."""
    async with uow.read() as work:
        return await work.inbox.waiting(at=at, limit=limit)
