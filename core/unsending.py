"""A person takes a message back: it is gone everywhere, or marked where the town has to keep it.

LINE asks that it be neither shown nor used any more (DOC receiving-messages), and erasing is what
happens where nothing else is said. A town whose rules on public records pull the other way says
so in its profile, with its reason, and that stands beside the words wherever they are shown.
"""

from dataclasses import replace
from datetime import datetime

from core.media_steps import erase_media
from core.municipal_profiles.profile import Unsend
from core.person_acts import Act
from core.ports import Work
from core.replies import Reply, ReplyState
from core.steps import refresh_desks, watchers


async def unsend_message(act: Act, message_id: str) -> None:
    """Take this message back, whether it came already or is still on its way.

    What is erased: the words or the name of a file, what was sent with them, and the raw event.
    What stays: that something was withdrawn, and when. The audit never had the words.
    """
    inbox = act.work.inbox
    await inbox.note_unsent(message_id, at=act.received_at)
    if not act.unsend.keeps:
        await inbox.erase_message(message_id, at=act.received_at)
    reply = await act.work.replies.by_message(message_id)
    if reply is None or reply.state is ReplyState.WITHDRAWN:
        return
    await _withdraw(act, reply)


async def _withdraw(act: Act, reply: Reply) -> None:
    work, keeps = act.work, act.unsend.keeps
    gone = replace(
        reply,
        text=reply.text if keeps else "",
        state=ReplyState.WITHDRAWN,
        version=reply.version + 1,
    )
    await work.replies.change(gone, version=reply.version)
    if not keeps:
        await erase_media(work, reply)
    kept = "kept" if keeps else "erased"
    await work.audit.append(act.audit("reply.withdrawn", reply.id, now=kept))
    await work.cards.redraw((reply.case_id,), at=act.received_at)
    case = await work.cases.get(reply.case_id)
    told = watchers(case, await work.staff.seats(case.id))
    await refresh_desks(work, told, at=act.received_at)


async def erase_if_taken_back(
    work: Work, message_id: str | None, *, unsend: Unsend, at: datetime
) -> None:
    """LINE promises no order: the news that a message was taken back may come before it. Its raw
    event is erased then, whatever became of it otherwise."""
    if message_id is None or unsend.keeps:
        return
    if await work.inbox.was_unsent(message_id):
        await work.inbox.erase_message(message_id, at=at)
