"""Use a one-time link to a staff page."""

from datetime import datetime

from core.ports import UnitOfWork


async def use_pass(uow: UnitOfWork, *, nonce: str, at: datetime, until: datetime) -> bool:
    """Whether this link opens now: once, and never again."""
    async with uow.write() as work:
        fresh = await work.passes.use(nonce, at=at, until=until)
        await work.commit()
        return fresh
