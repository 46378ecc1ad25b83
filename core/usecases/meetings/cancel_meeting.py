"""Cancel a meeting (会議をとりやめる): M9."""

from datetime import datetime, tzinfo

from core.ids import StaffId
from core.meeting_steps import meeting_at, role_here, take_step
from core.meetings.ids import MeetingId
from core.meetings.machine import SECRETARIAT
from core.meetings.sittings import Meeting, MeetingState
from core.meetings.situation import Command
from core.ports import UnitOfWork
from core.programmes import PLANNING
from core.situations import Runs, situation_of


async def cancel_meeting(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    reason: str,
    moved_to: MeetingId | None = None,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    runs: Runs = PLANNING,
) -> Meeting:
    """Urgent items do not fall away with it.

    Args:
        moved_to: the meeting in which the urgent items are discussed instead.

    Raises:
        RoleNeeded. Overtaken. ReasonMissing. UrgentItemLeftBehind. NotFound: no such meeting.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        role = await role_here(work, meeting.live, by=by, allowed=SECRETARIAT)
        if moved_to is not None:
            await work.meetings.get(moved_to)
        situation = await situation_of(work, meeting, at=at, tz=tz, runs=runs)
        command = Command(by=by, role=role, at=at, reason=reason, moved_to=moved_to)
        stepped = await take_step(
            work, meeting, to=MeetingState.CANCELLED, command=command, situation=situation
        )
        await work.commit()
        return stepped
