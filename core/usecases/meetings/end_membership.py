"""End a membership of a body; access ends with it."""

from datetime import datetime, tzinfo

from core.errors import NotFound
from core.ids import StaffId
from core.meeting_steps import BODY_OFFICE, keep_body, recheck_meetings, role_here
from core.meetings.bodies import MeetingBody, without
from core.meetings.ids import BodyId, MembershipId
from core.ports import UnitOfWork


async def end_membership(
    uow: UnitOfWork,
    *,
    body_id: BodyId,
    membership_id: MembershipId,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    reason: str = "",
) -> MeetingBody:
    """The place ends now; a list that only shrank is still covered by consent (C6).

    Raises:
        RoleNeeded. NotFound: no such place is held. Overtaken.
    """
    async with uow.write() as work:
        role = await role_here(work, (), by=by, allowed=BODY_OFFICE)
        body = await work.bodies.get(body_id)
        ended = without(body, membership_id, at=at)
        if ended == body:
            raise NotFound(what="membership", id=membership_id)
        ended = await keep_body(
            work,
            ended,
            action="meeting_body.membership_ended",
            by=by,
            role=role,
            at=at,
            reason=reason,
            evidence=(f"membership={membership_id}",),
        )
        await recheck_meetings(work, at=at, tz=tz)
        await work.commit()
        return ended
