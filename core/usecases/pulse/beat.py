"""Note that a tick has looked."""

from datetime import datetime

from core.ports import UnitOfWork


async def beat(uow: UnitOfWork, *, tick: str, at: datetime) -> None:
    """Write this tick's heartbeat."""
    async with uow.write() as work:
        await work.pulse.beat(tick, at=at)
        await work.commit()
