"""Take an item off the agenda that is not needed any more (議題を取り下げる)."""

from datetime import datetime

from core.errors import NotFound
from core.ids import StaffId
from core.meeting_steps import keep_change, meeting_at, role_here
from core.meetings.changes import without_item
from core.meetings.ids import ItemId, MeetingId
from core.meetings.sittings import Meeting
from core.ports import UnitOfWork
from core.transitions import ANY_STAFF


async def drop_item(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    item_id: ItemId,
    reason: str,
    by: StaffId,
    at: datetime,
) -> Meeting:
    """The meeting without the item; its papers are withdrawn.

    Raises:
        RoleNeeded. Overtaken. NotFound. MeetingNotThere: it was held. ItemNotHere: off already.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        item = meeting.item(item_id)
        if item is None:
            raise NotFound(what="agenda item", id=item_id)
        role = await role_here(work, (item,), by=by, allowed=ANY_STAFF)
        changed = await keep_change(
            work,
            meeting,
            without_item(meeting, item_id),
            action="agenda_item.dropped",
            by=by,
            role=role,
            at=at,
            item=item,
            reason=reason.strip(),
        )
        await work.commit()
        return changed
