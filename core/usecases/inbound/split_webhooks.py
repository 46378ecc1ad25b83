"""Cut kept webhook bodies into events, each kept once."""

from core.ports import CutWebhook, EventReader, UnitOfWork


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
        cuts = [
            CutWebhook(id=kept.id, received_at=kept.received_at, events=reader.cut(kept.body))
            for kept in bodies
        ]
        await work.inbox.split_all([cut for cut in cuts if cut.events])
        for cut in cuts:
            if not cut.events:
                await work.inbox.to_tray_whole(cut.id, why="no events found")
        await work.commit()
        return len(bodies)
