"""Note how the town's account is called at LINE."""

from datetime import datetime

from core.ports import UnitOfWork


async def note_account(uow: UnitOfWork, *, basic_id: str, at: datetime) -> None:
    """The basic id, such as @123abcde: the QR on paper leads to it."""
    async with uow.write() as work:
        await work.channel.note_basic_id(basic_id, at=at)
        await work.commit()
