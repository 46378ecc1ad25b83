"""The chair confirms the minutes (議事録を確認する): M7."""

from datetime import datetime, tzinfo

from core.ids import StaffId
from core.meeting_steps import meeting_at, note_followed, participant_of, role_here, take_step
from core.meetings.ids import MeetingId
from core.meetings.machine import CHAIR
from core.meetings.outcomes import is_to_be_followed
from core.meetings.sittings import Meeting, MeetingState
from core.meetings.situation import Command
from core.ports import UnitOfWork
from core.programmes import PLANNING
from core.situations import Runs, situation_of
from core.steps import note_fact


async def confirm_minutes(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    runs: Runs = PLANNING,
) -> Meeting:
    """What was decided is firm from now on; it is news on each case, so letters are read again.

    A decision after which neither plan nor case has a step to take is done with by this.

    Raises:
        RoleNeeded. NotAtTheTable. Overtaken. NotConfirmedByChair: whoever wrote does not confirm.
        MinutesIncomplete: R-050. DecisionMissing. RolesOrDateMissing. TaxFactInMinutes: R-043.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        role = await role_here(work, meeting.live, by=by, allowed=CHAIR)
        chair = await participant_of(work, by)
        situation = await situation_of(work, meeting, at=at, tz=tz, runs=runs)
        command = Command(by=by, role=role, at=at, confirmed_by=chair.id)
        confirmed = await take_step(
            work,
            meeting,
            to=MeetingState.MINUTES_CONFIRMED,
            command=command,
            situation=situation,
        )
        for item in confirmed.live:
            if item.decision is not None and not is_to_be_followed(item):
                confirmed = await note_followed(work, confirmed, item.id, by=by, role=role, at=at)
        for case_id in dict.fromkeys(i.case_id for i in confirmed.live if i.case_id is not None):
            await note_fact(work, case_id, at=at)
        await work.commit()
        return confirmed
