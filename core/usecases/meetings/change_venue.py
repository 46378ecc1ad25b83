"""Meet at screens instead of around a table, or somewhere else (開き方を変える): R-049, R-087."""

from datetime import datetime

from core.ids import StaffId
from core.meeting_steps import keep_change, meeting_at, role_here
from core.meetings.changes import with_venue
from core.meetings.ids import MeetingId
from core.meetings.machine import SECRETARIAT
from core.meetings.sittings import Meeting, MeetingMode
from core.ports import UnitOfWork


async def change_venue(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    mode: MeetingMode,
    place: str = "",
    reason: str = "",
    by: StaffId,
    at: datetime,
) -> Meeting:
    """The date, the agenda and who is called stay; only where one meets is another.

    Args:
        place: where around the table; how one gets in at the screen is handed out with the papers.
        reason: such as a disaster or an epidemic; staff text.

    Raises:
        RoleNeeded. Overtaken. MeetingNotThere: no date yet, or it was held.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        role = await role_here(work, meeting.live, by=by, allowed=SECRETARIAT)
        changed = await keep_change(
            work,
            meeting,
            with_venue(meeting, mode=mode, place=place),
            action="meeting.venue_changed",
            by=by,
            role=role,
            at=at,
            reason=reason.strip(),
            evidence=(f"mode={mode.value}",),
        )
        await work.commit()
        return changed
