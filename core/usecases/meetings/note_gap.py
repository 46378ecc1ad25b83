"""Note in a meeting that a resource is lacking in the area (R-051)."""

from datetime import datetime, tzinfo

from core.days import local_day
from core.ids import GapId, StaffId
from core.meeting_steps import AGENDA_OFFICE, keep_change, meeting_at, role_here
from core.meetings.changes import with_gap
from core.meetings.ids import ItemId, MeetingId
from core.meetings.requests import FoundGap
from core.meetings.sittings import Meeting
from core.ports import UnitOfWork
from core.resources import ResourceGap


async def note_gap(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    item_id: ItemId,
    description: str,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> tuple[Meeting, ResourceGap]:
    """The gap, in the meeting and among the gaps of the area.

    Args:
        description: what is lacking; it names nobody.

    Raises:
        RoleNeeded. Overtaken. MeetingNotThere. ItemNotHere.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        role = await role_here(work, meeting.live, by=by, allowed=AGENDA_OFFICE)
        gap = ResourceGap(
            id=GapId(work.new_id()),
            municipality_id=work.municipality_id,
            description=description.strip(),
            found_on=local_day(at, tz=tz),
            found_in=meeting.id,
        )
        found = FoundGap(gap_id=gap.id, item_id=item_id, found_at=at)
        changed = await keep_change(
            work,
            meeting,
            with_gap(meeting, found),
            action="agenda_item.gap_found",
            by=by,
            role=role,
            at=at,
            item=meeting.item(item_id),
            evidence=(f"gap={gap.id}",),
        )
        await work.resources.add_gap(gap)
        await work.commit()
        return changed, gap
