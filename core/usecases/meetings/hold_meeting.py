"""Record who was there for each item (出席を記録する): M6."""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from core.ids import StaffId
from core.meeting_steps import meeting_at, role_here, take_step
from core.meetings.ids import ItemId, MeetingId, ParticipantId
from core.meetings.items import Excuse
from core.meetings.machine import CLERK
from core.meetings.sittings import Meeting, MeetingState
from core.meetings.situation import Command
from core.ports import UnitOfWork
from core.programmes import PLANNING
from core.situations import Runs, situation_in_the_room


async def hold_meeting(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    present: Mapping[ItemId, frozenset[ParticipantId]],
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    excuses: Mapping[ItemId, tuple[Excuse, ...]] | None = None,
    elsewhere: frozenset[ParticipantId] = frozenset(),
    runs: Runs = PLANNING,
) -> Meeting:
    """The meeting was held; per item, those who were in the room and were allowed there.

    What was lawful when the item began is what counts, also where a consent was taken back
    between the sitting and this record.

    Args:
        elsewhere: who was there for each item that `present` does not name.

    Raises:
        RoleNeeded. Overtaken. NotBegunYet. OutsiderPresent: R-045. MandatoryAbsent: R-031.
        ProviderAbsent: R-032. ReferrerAbsentUnexplained: R-033. OwnSeatAbsent: R-091.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        role = await role_here(work, meeting.live, by=by, allowed=CLERK)
        situation = await situation_in_the_room(work, meeting, at=at, tz=tz, runs=runs)
        there = {item.id: elsewhere for item in meeting.live} | dict(present)
        command = Command(by=by, role=role, at=at, present=there, excuses=excuses or {})
        held = await take_step(
            work, meeting, to=MeetingState.HELD, command=command, situation=situation
        )
        await work.commit()
        return held
