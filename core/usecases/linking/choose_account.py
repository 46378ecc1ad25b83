"""Choose which of a person's LINE accounts letters go to."""

from dataclasses import replace
from datetime import datetime

from core.access import Action
from core.consent import ChannelConsentMissing, ConsentState, ConsentType
from core.course_steps import come_to, event_of
from core.ids import CaseId, LinkId, StaffId
from core.link_steps import NotTheirAccount, account_of, put_link
from core.people import IN_USE, LineLink, LinkState
from core.ports import UnitOfWork
from core.steps import note_fact, refresh_desks, watchers


async def choose_account(
    uow: UnitOfWork, *, case_id: CaseId, link_id: LinkId, by: StaffId, at: datetime
) -> LineLink:
    """Letters go to this account from now on, as the person wishes; the others stay on record.

    A rest goes on. What was approved for the other account is read again.

    Raises:
        NotFound, NotActive, NotYours. NotTheirAccount: not theirs, let go, blocked, or the one in
        use already; fact `state`. ChannelConsentMissing: after a stop only a new code opens a way
        (C5, C8). Overtaken.
    """
    async with uow.write() as work:
        hand = await come_to(work, case_id, by=by, action=Action.ISSUE_LINK_CODE)
        person_id = hand.case.person_id
        link = await account_of(work, person_id, link_id)
        if not link.line_user_id or link.state is not LinkState.UNLINKED_BY_PERSON:
            raise NotTheirAccount(state=link.state.value)
        consent = await work.consents.current(person_id, ConsentType.CHANNEL_LINE)
        if consent is None or consent.state is not ConsentState.GIVEN:
            raise ChannelConsentMissing()
        chosen = replace(link, state=LinkState.LINKED, linked_at=at, state_since=at)
        former = await work.links.of_person(person_id)
        if former is not None and former.state in IN_USE:
            ended = replace(former, state=LinkState.UNLINKED_BY_PERSON, paused_until=None)
            await put_link(work, former, ended, at=at)
            chosen = replace(chosen, state=former.state, paused_until=former.paused_until)
        chosen = await put_link(work, link, chosen, at=at)
        said = event_of("link.chosen", hand.case, by=by, role=hand.opened, at=at)
        await work.audit.append(replace(said, subject=link.id, now=chosen.state.value))
        await note_fact(work, case_id, at=at)
        await work.cards.redraw((case_id,), at=at)
        await refresh_desks(work, watchers(hand.case, hand.seats), at=at)
        await work.commit()
        return chosen
