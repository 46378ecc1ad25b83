"""Look at the law of every item again, such as after a meeting was put off (M2, M10)."""

from datetime import datetime, tzinfo

from core.agencies import Role
from core.audit import SYSTEM
from core.ids import StaffId
from core.meeting_steps import keep, meeting_at, role_here, take_step
from core.meetings.changes import recheck_items
from core.meetings.ids import MeetingId
from core.meetings.sittings import Meeting, MeetingState
from core.meetings.situation import Command
from core.ports import UnitOfWork
from core.programmes import PLANNING
from core.situations import Runs, situation_of
from core.transitions import ANY_STAFF


async def check_type_again(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    runs: Runs = PLANNING,
) -> Meeting:
    """The meeting with every item on the ground of this moment.

    One that was put off is typed anew and can be dated again; on any other before it is held,
    items whose ground fell are re-typed or dropped.

    Raises:
        RoleNeeded. Overtaken. The refusals of `grounds.ground_of`.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        await role_here(work, meeting.live, by=by, allowed=ANY_STAFF)
        situation = await situation_of(work, meeting, at=at, tz=tz, runs=runs)
        if meeting.state is MeetingState.POSTPONED:
            command = Command(by=SYSTEM, role=Role.SYSTEM, at=at)
            fresh = await take_step(
                work, meeting, to=MeetingState.TYPE_CHECKED, command=command, situation=situation
            )
        else:
            stepped = recheck_items(meeting, situation=situation, at=at)
            if not stepped.events:
                return meeting
            fresh = await keep(work, meeting, stepped, at=at)
        await work.commit()
        return fresh
