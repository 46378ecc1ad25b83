"""An event that could not be taken in just now is tried again; it holds up no other."""

from datetime import datetime

from core.inbound import KeptEvent
from core.outbox import backoff
from core.ports import UnitOfWork


async def put_off_event(uow: UnitOfWork, event: KeptEvent, *, at: datetime) -> None:
    """Try this event again later, ever more rarely; it is never dropped."""
    async with uow.write() as work:
        await work.inbox.failed(event.id, next_at=at + backoff(event.attempts + 1))
        await work.commit()
