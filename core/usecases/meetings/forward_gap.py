"""Pass a gap that a meeting found on to a body that has time for it (R-051)."""

from datetime import datetime, tzinfo

from core.days import local_day
from core.ids import GapId, StaffId
from core.meeting_steps import AGENDA_OFFICE, keep_change, meeting_at, role_here
from core.meetings.changes import with_gap_forwarded
from core.meetings.ids import BodyId, MeetingId
from core.meetings.sittings import Meeting
from core.ports import UnitOfWork
from core.resources import forward_gap as forwarded
from core.steps import Overtaken


async def forward_gap(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    gap_id: GapId,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    to_body: BodyId | None = None,
    forum: str = "",
) -> Meeting:
    """The gap lies with a body of ours, or with another forum by its name.

    Raises:
        RoleNeeded. NotFound. Overtaken. GapNotForwarded, GapUnforwarded: neither is named.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        role = await role_here(work, meeting.live, by=by, allowed=AGENDA_OFFICE)
        gap = await work.resources.gap(gap_id)
        found = next((one for one in meeting.gaps if one.gap_id == gap_id), None)
        name = forum if to_body is None else (await work.bodies.get(to_body)).name
        passed_on = with_gap_forwarded(meeting, gap_id, at=at, to=to_body, forum=forum.strip())
        changed = await keep_change(
            work,
            meeting,
            passed_on,
            action="agenda_item.gap_forwarded",
            by=by,
            role=role,
            at=at,
            item=None if found is None else meeting.item(found.item_id),
            evidence=(f"gap={gap_id}",),
        )
        there = forwarded(gap, to=name, on=local_day(at, tz=tz))
        if not await work.resources.change_gap(there, version=gap.version):
            raise Overtaken(what="gap")
        await work.commit()
        return changed
