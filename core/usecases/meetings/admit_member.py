"""Enter a member of a body: for good, or for one case ahead of its item (R-046)."""

from datetime import UTC, datetime, tzinfo

from core.ids import CaseId, StaffId
from core.meeting_steps import BODY_OFFICE, keep_body, recheck_meetings, role_here
from core.meetings.bodies import (
    Holder,
    MeetingBody,
    Membership,
    MembershipKind,
    with_regular,
    with_temporary,
)
from core.meetings.ids import BodyId, MembershipId
from core.ports import UnitOfWork, Work

_NO_DATE_YET = datetime.max.replace(tzinfo=UTC)


async def admit_member(
    uow: UnitOfWork,
    *,
    body_id: BodyId,
    holder: Holder,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    case_id: CaseId | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[MeetingBody, Membership]:
    """A new place in the body, still without the notice of secrecy.

    A regular member makes a new version of the list: consents to share in this body that do not
    reach the new member no longer carry its items, which are looked at again at once (C6, M10).

    Args:
        case_id: for this case only (TEMPORARY); None is a place on the list.
        since: from when; None is now.

    Raises:
        RoleNeeded. MembershipIncomplete. TooLateForThisItem: the case's item has begun.
        NotFound: the holder is not registered. Overtaken.
    """
    async with uow.write() as work:
        role = await role_here(work, (), by=by, allowed=BODY_OFFICE)
        body = await work.bodies.get(body_id)
        if holder.participant_id is not None:
            await work.bodies.participant(holder.participant_id)
        regular = case_id is None
        membership = Membership(
            id=MembershipId(work.new_id()),
            body_id=body_id,
            kind=MembershipKind.REGULAR if regular else MembershipKind.TEMPORARY,
            holder=holder,
            registered_at=at,
            since=since or at,
            until=until,
            case_id=case_id,
        )
        if case_id is None:
            fresh = with_regular(body, membership)
        else:
            begins = await _next_item(work, body_id, case_id)
            fresh = with_temporary(body, membership, item_begins_at=begins)
        fresh = await keep_body(
            work,
            fresh,
            action="meeting_body.member_admitted",
            by=by,
            role=role,
            at=at,
            case_id=case_id,
            evidence=(f"membership={membership.id}", f"kind={membership.kind.value}"),
        )
        if regular:
            await recheck_meetings(work, at=at, tz=tz)
        await work.commit()
        return fresh, membership


async def _next_item(work: Work, body_id: BodyId, case_id: CaseId) -> datetime:
    """When the body next discusses the case; the end of time while no date is set."""
    begins = [
        block.begins_at
        for meeting in await work.meetings.open()
        for item in meeting.live
        if item.case_id == case_id
        and not item.present
        and (block := meeting.block_of(item)) is not None
        and block.body_id == body_id
    ]
    return min(begins, default=_NO_DATE_YET)
