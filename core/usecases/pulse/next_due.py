"""When something has to be looked at next; practice mode walks its clock from row to row."""

from datetime import datetime

from core.ports import UnitOfWork


async def next_due(uow: UnitOfWork, *, after: datetime) -> datetime | None:
    """The earliest moment after `after` at which any row becomes due; None when none will."""
    async with uow.read() as work:
        return await work.pulse.next_due(after=after)
