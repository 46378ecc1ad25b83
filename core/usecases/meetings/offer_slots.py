"""Offer times for a meeting (候補日を出す): M3."""

from datetime import datetime, tzinfo

from core.ids import StaffId
from core.meeting_steps import meeting_at, role_here, take_step
from core.meetings.ids import MeetingId
from core.meetings.machine import SECRETARIAT
from core.meetings.sittings import Meeting, MeetingState, Slot
from core.meetings.situation import Command
from core.ports import UnitOfWork
from core.programmes import PLANNING
from core.situations import Runs, situation_of


async def offer_slots(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    offered: tuple[Slot, ...],
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    runs: Runs = PLANNING,
) -> Meeting:
    """Regular times of the body's own cadence, times agreed for this case, or both (R-049).

    Raises:
        RoleNeeded. Overtaken. NotTypedYet: consents or lists have changed. NoTimeOffered.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        role = await role_here(work, meeting.live, by=by, allowed=SECRETARIAT)
        situation = await situation_of(work, meeting, at=at, tz=tz, runs=runs)
        command = Command(by=by, role=role, at=at, offered=offered)
        stepped = await take_step(
            work, meeting, to=MeetingState.SLOT_OFFERED, command=command, situation=situation
        )
        await work.commit()
        return stepped
