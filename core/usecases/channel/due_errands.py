"""Errands whose time has come."""

from datetime import datetime

from core.errands import Errand
from core.ports import UnitOfWork


async def due_errands(uow: UnitOfWork, *, at: datetime, limit: int) -> tuple[Errand, ...]:
    """The oldest first; nobody holds them yet."""
    async with uow.read() as work:
        return await work.errands.due(at=at, limit=limit)
