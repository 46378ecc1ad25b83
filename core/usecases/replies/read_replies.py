"""A worker has read what the person wrote."""

from collections.abc import Collection
from datetime import datetime

from core.access import Action, require
from core.answer_steps import note_read
from core.ids import CaseId, ReplyId, StaffId
from core.ports import UnitOfWork
from core.steps import refresh_desks, watchers


async def read_replies(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    by: StaffId,
    at: datetime,
    seen: Collection[ReplyId] | None = None,
) -> int:
    """Note that every reply of this case so far was read; how many were new.

    Args:
        seen: only these, which the reader had before the eyes; a reply that came in meanwhile
            is not read by that.

    Raises:
        NotYours: no seat on the case.
    """
    async with uow.write() as work:
        case = await work.cases.get(case_id)
        seats = await work.staff.seats(case_id)
        reader = await work.staff.get(by)
        role = require(reader, Action.READ_CASE, case_id=case_id, seats=seats).role
        fresh = await note_read(work, case_id, by=by, role=role, at=at, seen=seen)
        if fresh:
            await work.cards.redraw((case_id,), at=at)
            await refresh_desks(work, watchers(case, seats), at=at)
        await work.commit()
        return fresh
