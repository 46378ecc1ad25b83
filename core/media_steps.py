"""What belongs to a reply beside its words: expected from LINE, kept, or erased with it.

All run inside somebody's open transaction.
"""

from datetime import datetime

from core.ids import MediaId
from core.media import Media, MediaKind, MediaState, SentMedia, ended, kept
from core.ports import Work
from core.replies import Reply


async def expect_media(work: Work, reply: Reply, sent: SentMedia, *, at: datetime) -> Media:
    """A piece that LINE has and we do not yet; due at once. The row is the schedule.

    What lies with a third party is never asked for: its address came from outside (G-18).
    """
    there = reply.message_id is not None and not sent.elsewhere
    media = Media(
        id=MediaId(work.new_id()),
        municipality_id=work.municipality_id,
        reply_id=reply.id,
        kind=sent.kind,
        came_at=at,
        state=MediaState.WAITING if there else MediaState.ELSEWHERE,
        message_id=reply.message_id,
        name=sent.name,
        set_id=sent.set_id,
        nth=sent.nth,
        of=sent.of,
        next_at=at if there else None,
    )
    await work.media.add(media)
    return media


async def keep_piece(
    work: Work, reply: Reply, data: bytes, *, kind: MediaKind, at: datetime, name: str = ""
) -> Media:
    """A piece that came with its bytes, over our own page; one that is larger than
    `core.media.LARGEST` is noted as such and not taken."""
    new = Media(
        id=MediaId(work.new_id()),
        municipality_id=work.municipality_id,
        reply_id=reply.id,
        kind=kind,
        came_at=at,
        state=MediaState.KEPT,
        name=name,
    )
    media = kept(new, data)
    await work.media.add(media)
    if media.state is MediaState.KEPT:
        await work.media.put_bytes(media.id, data)
    return media


async def erase_media(work: Work, reply: Reply) -> None:
    """Nothing of what belonged to this reply is left; a fetch that is under way finds that it
    has lost the row, and drops what it brought."""
    for media in await work.media.of_replies([reply.id]):
        if media.state is not MediaState.WITHDRAWN:
            gone = ended(media, MediaState.WITHDRAWN)
            await work.media.change(gone, version=media.version)
        await work.media.erase_bytes(media.id)
