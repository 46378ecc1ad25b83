"""Say whether one comes to a meeting (出欠を答える)."""

from datetime import datetime

from core.ids import StaffId
from core.meeting_steps import AGENDA_OFFICE, keep_change, meeting_at, participant_of, role_here
from core.meetings.answers import AttendanceAnswer
from core.meetings.changes import with_answer
from core.meetings.ids import MeetingId, ParticipantId
from core.meetings.sittings import Meeting
from core.ports import UnitOfWork
from core.transitions import ANY_STAFF


async def answer_attendance(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    comes: bool,
    by: StaffId,
    at: datetime,
    note: str = "",
    participant_id: ParticipantId | None = None,
) -> Meeting:
    """One's own answer, or, taken down by the office, somebody else's; the latest counts.

    Args:
        participant_id: whose answer it is; None is the colleague's own.

    Raises:
        RoleNeeded. NotAtTheTable. Overtaken. MeetingNotThere. NotCalled.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        own = participant_id is None
        allowed = ANY_STAFF if own else AGENDA_OFFICE
        role = await role_here(work, meeting.live, by=by, allowed=allowed)
        answer = AttendanceAnswer(
            participant_id=participant_id or (await participant_of(work, by)).id,
            comes=comes,
            answered_at=at,
            note=note.strip(),
        )
        answered = await keep_change(
            work,
            meeting,
            with_answer(meeting, answer),
            action="meeting.attendance_answered",
            by=by,
            role=role,
            at=at,
            evidence=(f"participant={answer.participant_id}", f"comes={comes}"),
        )
        await work.commit()
        return answered
