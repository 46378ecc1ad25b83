"""Hand a numbered copy of a paper to somebody who may read it (資料を渡す)."""

from datetime import datetime, tzinfo

from core.ids import StaffId
from core.meeting_steps import BODY_OFFICE, keep_change, meeting_at, role_here
from core.meetings.changes import with_handed_out
from core.meetings.ids import MeetingId, ParticipantId
from core.meetings.items import AgendaItem
from core.meetings.materials import Copy
from core.meetings.sittings import Meeting
from core.ports import UnitOfWork
from core.situations import situation_of


async def hand_out_material(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    number: int,
    holder: ParticipantId,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Meeting:
    """A copy with a number of its own is out; it has to come back (M8).

    Args:
        number: of the paper.

    Raises:
        RoleNeeded. Overtaken. MeetingNotThere: nobody has been called yet. ItemNotHere.
        NotInTheCircle, NotBoundYet: the holder may not read it. TaxFactsNotShared.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        role = await role_here(work, meeting.live, by=by, allowed=BODY_OFFICE)
        situation = await situation_of(work, meeting, at=at, tz=tz)
        copy = Copy(
            number=max((one.number for one in meeting.copies), default=0) + 1,
            material=number,
            holder=holder,
            handed_at=at,
        )
        changed = await keep_change(
            work,
            meeting,
            with_handed_out(meeting, copy, situation=situation),
            action="agenda_item.paper_handed_out",
            by=by,
            role=role,
            at=at,
            item=item_of_paper(meeting, number),
            evidence=(f"copy={copy.number}", f"holder={holder}"),
        )
        await work.commit()
        return changed


def item_of_paper(meeting: Meeting, number: int) -> AgendaItem | None:
    """The item to which a paper belongs."""
    paper = next((m for m in meeting.materials if m.number == number), None)
    return None if paper is None else meeting.item(paper.item_id)
