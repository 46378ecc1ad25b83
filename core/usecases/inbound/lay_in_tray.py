"""Lay what nobody reads in the visible tray, many events in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from core.inbound import KeptEvent, NotUnderstood
from core.municipal_profiles.profile import ERASES, Unsend
from core.ports import EventReader, UnitOfWork
from core.unsending import erase_if_taken_back


async def lay_in_tray(
    uow: UnitOfWork,
    events: Sequence[KeptEvent],
    *,
    reader: EventReader,
    at: datetime,
    unsend: Unsend = ERASES,
) -> tuple[KeptEvent, ...]:
    """Take those of a kind or shape that we do not read to the tray; the others, in their order.

    What was taken back before it came is erased as soon as it is there.
    """
    meanings = [(kept, reader.read(kept.raw).meaning) for kept in events]
    unread = [(kept, said) for kept, said in meanings if isinstance(said, NotUnderstood)]
    if unread:
        async with uow.write() as work:
            await work.inbox.all_to_tray({kept.id: said.kind for kept, said in unread}, at=at)
            ids = [kept.message_id for kept, _ in unread if kept.message_id is not None]
            for message_id in await work.inbox.unsent_among(ids):
                await erase_if_taken_back(work, message_id, unsend=unsend, at=at)
            await work.commit()
    return tuple(kept for kept, said in meanings if not isinstance(said, NotUnderstood))
