"""Close a meeting (会議を終える): M8."""

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


async def close_meeting(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    runs: Runs = PLANNING,
) -> Meeting:
    """Every plan and case follows what was decided, and every paper is back or destroyed.

    Raises:
        RoleNeeded. Overtaken. DecisionsNotApplied: a plan or case has still to follow.
        CopiesStillOut. GapNotForwarded: R-051.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        role = await role_here(work, meeting.live, by=by, allowed=SECRETARIAT)
        situation = await situation_of(work, meeting, at=at, tz=tz, runs=runs)
        command = Command(by=by, role=role, at=at)
        stepped = await take_step(
            work, meeting, to=MeetingState.CLOSED, command=command, situation=situation
        )
        await work.commit()
        return stepped
