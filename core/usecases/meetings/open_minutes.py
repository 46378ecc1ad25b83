"""Read the minutes of one item (R-082)."""

from datetime import datetime

from core.audit import AuditEvent
from core.ids import CaseId, StaffId
from core.meeting_steps import participant_of, role_here
from core.meetings.ids import ItemId, MeetingId
from core.meetings.minutes import Minutes
from core.meetings.packs import NotYoursToRead, minutes_for
from core.ports import UnitOfWork
from core.transitions import ANY_STAFF


async def open_minutes(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    item_id: ItemId,
    by: StaffId,
    at: datetime,
    case_id: CaseId | None = None,
) -> Minutes:
    """The minutes, for somebody of the circle of the sitting; that they were read is recorded.

    Args:
        case_id: on whose page they are read; None where that is not on a case's page.

    Raises:
        NotFound. NotAtTheTable. NotYoursToRead: also where a mark closes the case (R-015).
    """
    async with uow.write() as work:
        meeting = await work.meetings.get(meeting_id)
        reader = await participant_of(work, by)
        minutes = minutes_for(reader, meeting=meeting, item_id=item_id, at=at)
        item = meeting.item(item_id)
        whose = None if item is None else item.case_id
        if case_id not in (None, whose) or whose in await work.care_marks.closed_to(by):
            raise NotYoursToRead(item=item_id, allowed="ask_chair")
        role = await role_here(work, (item,) if item else (), by=by, allowed=ANY_STAFF)
        await work.audit.append(
            AuditEvent(
                action="agenda_item.minutes_opened",
                at=at,
                actor=by,
                role=role.value,
                subject=item_id,
                case_id=None if item is None else item.case_id,
                evidence=(f"meeting={meeting_id}",),
            )
        )
        await work.commit()
        return minutes
