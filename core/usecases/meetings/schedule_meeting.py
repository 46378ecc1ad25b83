"""Set the date of a meeting (日程を決める): M4."""

from datetime import datetime, tzinfo

from core.ids import StaffId
from core.meeting_steps import meeting_at, role_here, take_step
from core.meetings.ids import MeetingId, ParticipantId
from core.meetings.machine import SECRETARIAT
from core.meetings.sittings import Block, Meeting, MeetingMode, MeetingState
from core.meetings.situation import Command
from core.ports import UnitOfWork
from core.programmes import PLANNING
from core.situations import Runs, situation_of


async def schedule_meeting(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    blocks: tuple[Block, ...],
    hosts: frozenset[ParticipantId],
    rules_settled: bool = False,
    mode: MeetingMode = MeetingMode.IN_PERSON,
    place: str = "",
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    runs: Runs = PLANNING,
) -> Meeting:
    """The host of each body has accepted; bodies that meet on one day meet apart (R-047).

    Args:
        blocks: one for each body that sits, with its own purpose where there are several.
        hosts: who accepted: the multi-agency provider for 重層的支援会議, the municipality for
            支援会議.
        rules_settled: in a combined sitting, rules and costs between the bodies are settled.

    Raises:
        RoleNeeded. Overtaken. NotTypedYet. NoTimeOffered: outside the times offered.
        HostNotAccepted. BlocksNotApart.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        role = await role_here(work, meeting.live, by=by, allowed=SECRETARIAT)
        situation = await situation_of(work, meeting, at=at, tz=tz, runs=runs)
        command = Command(
            by=by,
            role=role,
            at=at,
            blocks=blocks,
            hosts=situation.people(hosts),
            rules_settled=rules_settled,
            mode=mode,
            place=place.strip(),
        )
        stepped = await take_step(
            work, meeting, to=MeetingState.SCHEDULED, command=command, situation=situation
        )
        await work.commit()
        return stepped
