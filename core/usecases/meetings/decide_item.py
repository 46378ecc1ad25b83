"""Record what was decided on an item (決定を書く)."""

from datetime import datetime

from core.ids import StaffId
from core.meeting_steps import AGENDA_OFFICE, keep_change, meeting_at, role_here
from core.meetings.changes import with_decision
from core.meetings.decisions import ItemDecision
from core.meetings.ids import ItemId, MeetingId
from core.meetings.sittings import Meeting
from core.ports import UnitOfWork


async def decide_item(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    item_id: ItemId,
    decision: ItemDecision,
    by: StaffId,
    at: datetime,
) -> Meeting:
    """The decision of those who were there; firm once the chair has confirmed the minutes.

    Raises:
        RoleNeeded. Overtaken. MeetingNotThere: not held yet, or confirmed already. ItemNotHere.
        OutcomeNotOpen: this kind of meeting cannot decide that (R-030). OutcomeUnexplained.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        role = await role_here(work, meeting.live, by=by, allowed=AGENDA_OFFICE)
        decided = await keep_change(
            work,
            meeting,
            with_decision(meeting, item_id, decision),
            action="agenda_item.decided",
            by=by,
            role=role,
            at=at,
            item=meeting.item(item_id),
            evidence=(f"outcome={decision.outcome.value}",),
        )
        await work.commit()
        return decided
