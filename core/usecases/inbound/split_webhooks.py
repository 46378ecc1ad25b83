"""Cut kept webhook bodies into events, each kept once."""

from core.ports import EventReader, UnitOfWork


async def split_webhooks(uow: UnitOfWork, *, reader: EventReader, limit: int = 100) -> int:
    """Cut up to `limit` bodies, oldest first; how many bodies were cut.

    An event that LINE sends again under the same webhookEventId is the same record. The body is
    blanked once its events are kept, so that one message can later be erased by itself.
    """
    async with uow.read() as work:
        if not await work.inbox.unsplit(limit=1):
            return 0
    async with uow.write() as work:
        bodies = await work.inbox.unsplit(limit=limit)
        for kept in bodies:
            events = reader.cut(kept.body)
            if events:
                await work.inbox.split(kept.id, events, received_at=kept.received_at)
            else:
                await work.inbox.to_tray_whole(kept.id, why="no events found")
        await work.commit()
        return len(bodies)
