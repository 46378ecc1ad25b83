"""Note what became of a piece that was asked for: kept, to be asked for again, or lost."""

from datetime import datetime

from core.agencies import Role
from core.audit import SYSTEM, AuditEvent
from core.media import Media, MediaState, ended, kept, put_off
from core.ports import Fetched, NotThere, NotYet, UnitOfWork, Work


async def settle_media(
    uow: UnitOfWork, media: Media, brought: Fetched | NotThere | NotYet, *, at: datetime
) -> bool:
    """Keep the bytes, or note why there are none; False where the piece changed meanwhile.

    It changes when its sender takes it back, or when the lease ran out and another loop took it:
    then what was brought is dropped, and nothing of it is kept.

    Args:
        media: the piece as `take_due_media` gave it.
    """
    match brought:
        case Fetched(data=data):
            now = kept(media, data)
        case NotThere(state=state):
            now = ended(media, state)
        case NotYet():
            now = put_off(media, at=at)
    async with uow.write() as work:
        if not await work.media.change(now, version=media.version):
            return False
        if isinstance(brought, Fetched) and now.state is MediaState.KEPT:
            await work.media.put_bytes(now.id, brought.data)
        if now.state is not MediaState.WAITING:
            await _note(work, now, at=at)
        await work.commit()
        return True


async def _note(work: Work, media: Media, *, at: datetime) -> None:
    reply = await work.replies.get(media.reply_id)
    await work.audit.append(
        AuditEvent(
            action="media.kept" if media.state is MediaState.KEPT else "media.lost",
            at=at,
            actor=SYSTEM,
            role=Role.SYSTEM.value,
            subject=media.id,
            case_id=reply.case_id,
            now=media.state.value,
            evidence=(f"reply={reply.id}", f"bytes={media.size}", f"tries={media.attempts}"),
        )
    )
