"""Say that the account that sent the code is the right person's: はい (C8)."""

from dataclasses import replace
from datetime import datetime

from core.access import Action
from core.course_steps import come_to, event_of
from core.ids import CaseId, LinkId, StaffId
from core.link_steps import LinkSettled, account_of, put_link
from core.people import LineLink
from core.ports import UnitOfWork
from core.steps import refresh_desks, watchers


async def confirm_link(
    uow: UnitOfWork, *, case_id: CaseId, link_id: LinkId, by: StaffId, at: datetime
) -> LineLink:
    """From now on letters may go to this account, the first of them first.

    Raises:
        NotFound, NotActive, NotYours. NotTheirAccount: it is linked to them no longer.
        LinkSettled: somebody has answered already. Overtaken.
    """
    async with uow.write() as work:
        hand = await come_to(work, case_id, by=by, action=Action.ISSUE_LINK_CODE)
        link = await account_of(work, hand.case.person_id, link_id)
        if link.unconfirmed_since is None:
            raise LinkSettled(state=link.state.value)
        confirmed = await put_link(work, link, replace(link, unconfirmed_since=None), at=at)
        said = event_of("link.confirmed", hand.case, by=by, role=hand.opened, at=at)
        await work.audit.append(replace(said, subject=link.id, now=confirmed.state.value))
        await work.cards.redraw((link.id, case_id), at=at)
        await refresh_desks(work, watchers(hand.case, hand.seats), at=at)
        await work.commit()
        return confirmed
