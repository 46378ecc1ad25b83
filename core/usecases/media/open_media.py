"""A colleague opens a picture, a voice, a film or a file that a person sent."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from core.audit import AuditEvent
from core.days import local_day
from core.errors import NotFound
from core.ids import CaseId, MediaId, StaffId
from core.media import Media, MediaState
from core.ports import UnitOfWork, Work
from core.reading_steps import hidden, open_for
from core.story import told_of_replies

# A player asks for a film piece by piece; that is one opening.
STILL_OPEN: Final = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedMedia:
    """A piece with its bytes."""

    media: Media
    data: bytes


async def open_media(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    media_id: MediaId,
    by: StaffId,
    at: datetime,
    tz: tzinfo = UTC,
) -> OpenedMedia:
    """The piece itself; that it was opened, and by whom, becomes part of the record.

    It is read through the same door as the words that it came with (§3.7, R-015).

    Raises:
        NotFound: there is no such piece on this case, nothing of it is here (any more), the
            case is closed to this reader, or its replies are.
        NotActive, NotYours, Shielded: as `show_case`.
    """
    async with uow.write() as work:
        case = await work.cases.get(case_id)
        opened = await open_for(work, case, by=by, at=at, today=local_day(at, tz=tz), most=0)
        if not told_of_replies(opened.reading.passed.manner):
            raise hidden(case)
        media = await work.media.get(media_id)
        reply = await work.replies.get(media.reply_id)
        if reply.case_id != case_id or media.state is not MediaState.KEPT:
            raise NotFound(what="media", id=media_id)
        data = await work.media.bytes_of(media_id)
        event = replace(opened.reading.event, action="media.opened", subject=media_id)
        if not await _open_already(work, event):
            await work.audit.append(event)
            await work.commit()
        return OpenedMedia(media=media, data=data)


async def _open_already(work: Work, event: AuditEvent) -> bool:
    return any(
        (entry.event.action, entry.event.actor) == (event.action, event.actor)
        and timedelta() <= event.at - entry.event.at < STILL_OPEN
        for entry in await work.audit.of_subjects([event.subject])
    )
