"""Ask for a case to be discussed (会議に諮る): M1, and M2 in the same moment."""

from dataclasses import replace
from datetime import datetime, tzinfo

from core.agencies import Role
from core.audit import SYSTEM
from core.ids import StaffId
from core.meeting_steps import announce, require_plan_here, role_here
from core.meetings.asking import ItemAsked, item_asked
from core.meetings.ids import ItemId, MeetingId
from core.meetings.machine import advance, request
from core.meetings.sittings import Meeting, MeetingState
from core.meetings.situation import Command
from core.municipal_profiles.profile import MunicipalProfile
from core.ports import UnitOfWork
from core.programmes import PLANNING
from core.situations import Runs, situation_now
from core.steps import note_fact
from core.transitions import ANY_STAFF


async def request_meeting(
    uow: UnitOfWork,
    *,
    asked: ItemAsked,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    runs: Runs = PLANNING,
    profile: MunicipalProfile | None = None,
) -> Meeting:
    """A meeting with one item, whose law is computed from consent there and then.

    `meeting.items[0].ground` says before which body it comes, and why; whoever asks is shown it.

    Args:
        runs: the programmes that the town runs.
        profile: the town's own; it says whether a case without a plan may be shared (R-092).

    Raises:
        RoleNeeded. NotFound: no such case.
        BodyNotSetUp: the body that the law asks for does not exist here (R-039, R-054).
        ShienPurposeMissing: R-040. CaseTalkNotEnough: R-048. TimingNeedsOwnMeeting: R-030.
        PlanNeeded: R-092.
    """
    async with uow.write() as work:
        case = None if asked.case_id is None else await work.cases.get(asked.case_id)
        item = item_asked(
            asked,
            id=ItemId(work.new_id()),
            person_id=None if case is None else case.person_id,
            by=by,
            at=at,
        )
        role = await role_here(work, (item,), by=by, allowed=ANY_STAFF)
        wanted = Meeting(
            id=MeetingId(work.new_id()),
            municipality_id=work.municipality_id,
            items=(item,),
            requested_by=by,
        )
        situation = await situation_now(work, (item,), at=at, tz=tz, runs=runs)
        asking = Command(by=by, role=role, at=at)
        requested = request(wanted, command=asking, situation=situation)
        typing = Command(by=SYSTEM, role=Role.SYSTEM, at=at)
        typed = advance(
            requested.meeting, to=MeetingState.TYPE_CHECKED, command=typing, situation=situation
        )
        meeting = replace(typed.meeting, version=1)
        await require_plan_here(work, case, meeting.items[0], profile=profile)
        await work.meetings.add(meeting)
        await announce(work, meeting, (*requested.events, *typed.events), at=at)
        if asked.is_urgent and case is not None:
            await note_fact(work, case.id, at=at)
        await work.commit()
        return meeting
