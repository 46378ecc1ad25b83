"""Ask a member of a 支援会議 for papers, information or an opinion (R-042)."""

from datetime import date, datetime, tzinfo

from core.ids import AgencyId, StaffId
from core.meeting_steps import AGENDA_OFFICE, keep_change, meeting_at, role_here
from core.meetings.changes import with_request
from core.meetings.ids import ItemId, MeetingId, RequestId
from core.meetings.requests import InformationRequest, RequestedHelp
from core.meetings.sittings import Meeting
from core.ports import UnitOfWork
from core.situations import situation_of


async def ask_for_information(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    item_id: ItemId,
    to_agency: AgencyId,
    kind: RequestedHelp,
    question: str,
    due_on: date,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Meeting:
    """The request stands in the record of the meeting, whatever comes of it.

    Raises:
        RoleNeeded. Overtaken. MeetingNotThere. ItemNotHere.
        RequestNeedsShien: no 支援会議, or an agency that is no member of it (R-042).
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        role = await role_here(work, meeting.live, by=by, allowed=AGENDA_OFFICE)
        situation = await situation_of(work, meeting, at=at, tz=tz)
        asked = InformationRequest(
            id=RequestId(work.new_id()),
            item_id=item_id,
            to_agency=to_agency,
            kind=kind,
            question=question.strip(),
            asked_by=by,
            asked_at=at,
            due_on=due_on,
        )
        changed = await keep_change(
            work,
            meeting,
            with_request(meeting, asked, situation=situation),
            action="agenda_item.information_asked",
            by=by,
            role=role,
            at=at,
            item=meeting.item(item_id),
            evidence=(f"kind={kind.value}", f"agency={to_agency}"),
        )
        await work.commit()
        return changed
