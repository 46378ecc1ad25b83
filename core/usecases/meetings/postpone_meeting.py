"""Put a meeting off (会議を延期する): M9."""

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


async def postpone_meeting(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    reason: str,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    runs: Runs = PLANNING,
) -> Meeting:
    """The date falls away; agenda and papers stay, and `check_type_again` brings it back.

    Raises:
        RoleNeeded. Overtaken. ReasonMissing. MeetingNotThere: it was held.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        role = await role_here(work, meeting.live, by=by, allowed=SECRETARIAT)
        situation = await situation_of(work, meeting, at=at, tz=tz, runs=runs)
        command = Command(by=by, role=role, at=at, reason=reason)
        stepped = await take_step(
            work, meeting, to=MeetingState.POSTPONED, command=command, situation=situation
        )
        await work.commit()
        return stepped
