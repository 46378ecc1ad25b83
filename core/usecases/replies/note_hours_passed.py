"""Remind those on a case, once, that the hour for an answer to a person has passed (G-15)."""

from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from core.absences import standing_in
from core.agencies import Role
from core.answers_owed import is_answered
from core.audit import SYSTEM, AuditEvent
from core.days import local_day
from core.outbox import CardKind
from core.ports import UnitOfWork, Work
from core.replies import Reply
from core.steps import watchers


async def note_hours_passed(
    uow: UnitOfWork, *, at: datetime, tz: tzinfo = UTC, limit: int = 50
) -> int:
    """Every hour that is over is looked at once; whoever works on the case and is in service gets
    a card where nobody has answered yet; whoever is away is stood in for. The person hears nothing
    of it.

    A reply that a colleague read meanwhile is left to the next round.

    Returns:
        How many replies nobody had answered.
    """
    async with uow.read() as work:
        if not await work.replies.past_their_hour(at=at, limit=1):
            return 0
    async with uow.write() as work:
        waiting = await work.replies.past_their_hour(at=at, limit=limit)
        late = sum([await _look(work, reply, at=at, tz=tz) for reply in waiting])
        await work.commit()
        return late


async def _look(work: Work, reply: Reply, *, at: datetime, tz: tzinfo) -> bool:
    seen = replace(reply, hour_passed_at=at, version=reply.version + 1)
    if not await work.replies.change(seen, version=reply.version):
        return False
    if await is_answered(work, reply):
        return False
    case = await work.cases.get(reply.case_id)
    serving = {one.id for one in await work.staff.active()}
    seats = await work.staff.seats(case.id)
    told = standing_in(
        [one for one in watchers(case, seats) if one in serving],
        away=await work.absences.of_day(local_day(at, tz=tz)),
        seated={seat.staff_id for seat in seats},
        serving=serving,
    )
    await work.cards.touch(CardKind.ANSWER_LATE, case.id, told, at=at, case_id=case.id)
    await work.audit.append(
        AuditEvent(
            action="reply.hour_passed",
            at=at,
            actor=SYSTEM,
            role=Role.SYSTEM.value,
            subject=reply.id,
            case_id=case.id,
        )
    )
    return True
