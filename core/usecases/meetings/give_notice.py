"""Record that the notice of secrecy was handed to a member (R-041)."""

from datetime import datetime

from core.errors import NotFound
from core.ids import StaffId
from core.meeting_steps import BODY_OFFICE, keep_body, role_here
from core.meetings.bodies import MeetingBody, with_notice
from core.meetings.ids import BodyId, MembershipId
from core.ports import UnitOfWork


async def give_notice(
    uow: UnitOfWork,
    *,
    body_id: BodyId,
    membership_id: MembershipId,
    by: StaffId,
    at: datetime,
    given_at: datetime | None = None,
) -> MeetingBody:
    """The member knows now that everything in the body is secret, its running too.

    Args:
        given_at: when it was handed over; None is now.

    Raises:
        RoleNeeded. NotFound: no such membership. Overtaken.
    """
    async with uow.write() as work:
        role = await role_here(work, (), by=by, allowed=BODY_OFFICE)
        body = await work.bodies.get(body_id)
        membership = next((m for m in body.members if m.id == membership_id), None)
        if membership is None:
            raise NotFound(what="membership", id=membership_id)
        noticed = await keep_body(
            work,
            with_notice(body, membership_id, given_at=min(given_at or at, at)),
            action="meeting_body.notice_given",
            by=by,
            role=role,
            at=at,
            case_id=membership.case_id,
            evidence=(f"membership={membership_id}",),
        )
        await work.commit()
        return noticed
