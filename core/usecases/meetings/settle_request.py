"""Record what came of a request for information: an answer, or why there is none (R-042)."""

from datetime import datetime, tzinfo

from core.errors import NotFound
from core.ids import StaffId
from core.meeting_steps import AGENDA_OFFICE, keep_change, meeting_at, role_here
from core.meetings.changes import with_request_settled
from core.meetings.circles import circle_of
from core.meetings.ids import MeetingId, RequestId
from core.meetings.items import AgendaItem
from core.meetings.materials import tax_may_be_told
from core.meetings.requests import answered, declined
from core.meetings.sittings import Meeting
from core.meetings.situation import Situation
from core.ports import UnitOfWork
from core.situations import situation_of


async def settle_request(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    request_id: RequestId,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    declined_because: str | None = None,
    tax_derived: bool = False,
) -> Meeting:
    """Answered, or (with a reason) declined.

    Args:
        tax_derived: the answer brings facts from taxation.

    Raises:
        RoleNeeded. NotFound. Overtaken. RequestSettled. TaxFactInAnswer: R-043.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        role = await role_here(work, meeting.live, by=by, allowed=AGENDA_OFFICE)
        asked = next((one for one in meeting.requests if one.id == request_id), None)
        item = None if asked is None else meeting.item(asked.item_id)
        if asked is None or item is None:
            raise NotFound(what="request", id=request_id)
        if declined_because is not None:
            settled = declined(asked, at=at, note=declined_because.strip())
        else:
            situation = await situation_of(work, meeting, at=at, tz=tz)
            agreed = _tax_agreed(item, meeting=meeting, situation=situation, at=at)
            settled = answered(asked, at=at, tax_derived=tax_derived, tax_agreed=agreed)
        changed = await keep_change(
            work,
            meeting,
            with_request_settled(meeting, settled),
            action="agenda_item.information_settled",
            by=by,
            role=role,
            at=at,
            item=item,
            evidence=(f"state={settled.state.value}", f"agency={settled.to_agency}"),
        )
        await work.commit()
        return changed


def _tax_agreed(item: AgendaItem, *, meeting: Meeting, situation: Situation, at: datetime) -> bool:
    everybody = tuple(situation.participants.values())
    room = situation.room(item, meeting=meeting, at=at)
    ids = circle_of(item, participants=everybody, room=room)
    return tax_may_be_told(
        about=item.subjects,
        body=room.body,
        listeners=[one for one in everybody if one.id in ids],
        shares=situation.shares,
    )
