"""Record that a copy came back, or was destroyed (資料を回収する)."""

from datetime import datetime

from core.errors import NotFound
from core.ids import StaffId
from core.meeting_steps import BODY_OFFICE, keep_change, meeting_at, role_here
from core.meetings.changes import with_returned
from core.meetings.ids import MeetingId
from core.meetings.materials import CopyState
from core.meetings.sittings import Meeting
from core.ports import UnitOfWork


async def take_material_back(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    copy_number: int,
    by: StaffId,
    at: datetime,
    state: CopyState = CopyState.RETURNED,
) -> Meeting:
    """The copy is no longer out; open at every stage of the meeting.

    Raises:
        RoleNeeded. Overtaken. NotFound: no such copy is out.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        role = await role_here(work, meeting.live, by=by, allowed=BODY_OFFICE)
        copy = next((one for one in meeting.copies if one.number == copy_number), None)
        if copy is None or copy.state is not CopyState.OUT or state is CopyState.OUT:
            raise NotFound(what="copy", id=str(copy_number))
        papers = {m.number: m.item_id for m in meeting.materials}
        changed = await keep_change(
            work,
            meeting,
            with_returned(meeting, copy_number, state=state, at=at),
            action="agenda_item.paper_taken_back",
            by=by,
            role=role,
            at=at,
            item=meeting.item(papers[copy.material]),
            evidence=(f"copy={copy_number}", f"state={state.value}"),
        )
        await work.commit()
        return changed
