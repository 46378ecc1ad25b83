"""Unlink a LINE account from a person, at any time (LINE.md §3.6, DOMAIN §9)."""

import enum
from dataclasses import replace
from datetime import datetime

from core.access import Action
from core.course_steps import come_to, event_of
from core.ids import CaseId, LinkId, StaffId
from core.link_steps import account_of, end_permission, let_go
from core.people import LineLink
from core.ports import UnitOfWork
from core.reception import VisitorState, handled
from core.steps import refresh_desks, watchers


class UnlinkReason(enum.StrEnum):
    """Why, as colleagues can say it without a word of the person's."""

    WISH = "WISH"
    PHONE_GONE = "PHONE_GONE"
    SOMEBODY_ELSE = "SOMEBODY_ELSE"


async def unlink_account(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    link_id: LinkId,
    reason: UnlinkReason,
    by: StaffId,
    at: datetime,
) -> LineLink:
    """The account is the person's no longer, and LINE's id of it is deleted.

    Where it was the one in use, the permission to write ends with it, what waited is cancelled and
    an unused code on paper ends. To be written to again takes a new code, or another account of
    theirs. Nothing is sent: a person who wants to hear of it is told by a person.

    Raises:
        NotFound, NotActive, NotYours. NotTheirAccount: it is linked to them no longer. Overtaken.
    """
    async with uow.write() as work:
        hand = await come_to(work, case_id, by=by, action=Action.ISSUE_LINK_CODE)
        person_id = hand.case.person_id
        link = await account_of(work, person_id, link_id)
        newest = await work.links.of_person(person_id)
        gone = await let_go(work, link, at=at, keep_person=True)
        said = event_of("link.unlinked", hand.case, by=by, role=hand.opened, at=at)
        told = replace(
            said, subject=link.id, was=link.state.value, now=gone.state.value, reason=reason.value
        )
        await work.audit.append(told)
        if newest is not None and newest.id == link.id:
            await end_permission(work, person_id, case_id=case_id, trace=f"link={link.id}", at=at)
            await work.links.end_codes(person_id)
        visitor = await work.visitors.here(link.id)
        if visitor is not None:
            seen_to = handled(visitor, VisitorState.CLOSED, by=by, at=at)
            await work.visitors.change(seen_to, version=visitor.version)
        await work.cards.redraw((link.id, case_id), at=at)
        await refresh_desks(work, watchers(hand.case, hand.seats), at=at)
        await work.commit()
        return gone
