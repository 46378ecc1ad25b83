"""Take what is to be fetched from LINE, so that no other loop fetches it meanwhile."""

from datetime import datetime

from core.media import Media, claimed
from core.ports import UnitOfWork


async def take_due_media(uow: UnitOfWork, *, at: datetime, limit: int) -> tuple[Media, ...]:
    """Up to `limit` pieces that are due, the longest first; each is due again after the lease of
    `core.media`, should whoever took it never come back."""
    async with uow.read() as work:
        if not await work.media.due(at=at, limit=1):
            return ()
    async with uow.write() as work:
        taken = [
            mine
            for media in await work.media.due(at=at, limit=limit)
            if await work.media.change(mine := claimed(media, at=at), version=media.version)
        ]
        await work.commit()
        return tuple(taken)
