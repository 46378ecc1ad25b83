"""What answering a person takes, inside an open transaction (G-15)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from core.agencies import Role
from core.answers import Answer
from core.audit import AuditEvent
from core.ids import CaseId, PersonId, ReplyId, StaffId
from core.letters import LetterState, NothingToAnswer
from core.ports import EventReader, Work
from core.replies import Reply, ReplyState

ANSWERABLE: Final = timedelta(days=30)
LIVE: Final = timedelta(hours=1)
"""Whoever wrote within this time is awake and waits: an answer goes at once, whatever the hour."""
TOLD_FOR: Final = timedelta(hours=12)
"""For so long one neutral line is enough for everything that comes to lie on the page."""
TOKEN_LASTS: Final = timedelta(seconds=50)
"""LINE promises a minute from the event's arrival (LINE.md §3.3); we leave it some of that."""
_ON_ITS_WAY: Final = frozenset({LetterState.SCHEDULED, LetterState.SENT})


async def something_to_answer(work: Work, case_id: CaseId, *, at: datetime) -> Reply:
    """The person's latest words on this case.

    Raises:
        NothingToAnswer: nothing came in within the last 30 days (G-03).
    """
    latest = await work.replies.of_case(case_id, limit=1)
    if not latest or at - latest[0].received_at >= ANSWERABLE:
        raise NothingToAnswer()
    return latest[0]


async def reply_way(
    work: Work, reply: Reply, *, reader: EventReader, at: datetime
) -> tuple[str, datetime] | None:
    """The reply token of these words and until when it lasts; None where it cannot be used.

    It lies in the event as LINE sent it; what was taken back has none any more.
    """
    until = reply.received_at + TOKEN_LASTS
    if reply.message_id is None or at >= until:
        return None
    event = await work.inbox.of_message(reply.message_id)
    token = None if event is None or not event.raw else reader.read(event.raw).reply_token
    return None if token is None else (token, until)


async def told_already(
    work: Work, person_id: PersonId, *, since: datetime, at: datetime
) -> Answer | None:
    """The answer whose neutral line, sent or about to be, already says that there is something to
    read; None where the person spoke after it, or it was long ago."""
    for answer in await work.answers.of_person(person_id, limit=20):
        if answer.at < since or at - answer.at >= TOLD_FOR:
            return None
        if answer.letter_id is None:
            continue
        if (await work.letters.get(answer.letter_id)).state in _ON_ITS_WAY:
            return answer
    return None


async def note_read(
    work: Work,
    case_id: CaseId,
    *,
    by: StaffId,
    role: Role,
    at: datetime,
    seen: Collection[ReplyId] | None = None,
) -> int:
    """Note that replies of this case were read; how many were new.

    Args:
        seen: only these, which the reader had before the eyes; None for all that came so far.
    """
    fresh = [
        reply
        for reply in await work.replies.of_case(case_id)
        if reply.state is ReplyState.KEPT and (seen is None or reply.id in seen)
    ]
    for reply in fresh:
        read = replace(reply, state=ReplyState.READ, version=reply.version + 1)
        await work.replies.change(read, version=reply.version)
        await work.audit.append(
            AuditEvent(
                action="reply.read",
                at=at,
                actor=by,
                role=role.value,
                subject=reply.id,
                case_id=case_id,
            )
        )
    return len(fresh)
