"""Say that the account that sent the code is somebody else's: ちがいます (C8)."""

from dataclasses import replace
from datetime import datetime

from core.access import Action
from core.course_steps import come_to, event_of
from core.ids import CaseId, LinkId, StaffId
from core.link_steps import LinkSettled, account_of, end_permission, let_go
from core.ports import UnitOfWork
from core.steps import refresh_desks, watchers


async def decline_link(
    uow: UnitOfWork, *, case_id: CaseId, link_id: LinkId, by: StaffId, at: datetime
) -> None:
    """The link and the permission that came with it end, and whatever waited is cancelled.

    Nobody outside hears of it: not the account, not the person, not the family. LINE's id of the
    account is forgotten; whoever it is reaches the reception desk if they write again.

    Raises:
        NotFound, NotActive, NotYours. NotTheirAccount: it is linked to them no longer.
        LinkSettled: somebody has said はい already; then it is unlinked like any other. Overtaken.
    """
    async with uow.write() as work:
        hand = await come_to(work, case_id, by=by, action=Action.ISSUE_LINK_CODE)
        person_id = hand.case.person_id
        link = await account_of(work, person_id, link_id)
        if link.unconfirmed_since is None:
            raise LinkSettled(state=link.state.value)
        gone = await let_go(work, link, at=at, keep_person=False)
        said = event_of("link.declined", hand.case, by=by, role=hand.opened, at=at)
        await work.audit.append(replace(said, subject=link.id, now=gone.state.value))
        await end_permission(work, person_id, case_id=case_id, trace=f"link={link.id}", at=at)
        await work.cards.redraw((link.id, case_id), at=at)
        await refresh_desks(work, watchers(hand.case, hand.seats), at=at)
        await work.commit()
