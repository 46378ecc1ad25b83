"""Whose account it is: strangers, one-time codes, blocks and their end.

All run inside the transaction of `receive_event`.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from core.acknowledge import acknowledge
from core.agencies import Role
from core.audit import AuditEvent
from core.consent import ConsentLine, ConsentState, ConsentType
from core.consent.evidence import LinkEvidence
from core.consent.giving import give_by_link
from core.consent.scopes import LineScope
from core.consenting import ledger_of, write_step
from core.crisis_steps import listen
from core.ids import ConsentId, LineEventId, LinkId, PersonId, VisitorId
from core.inbound import Followed, LineEvent, Said
from core.letters import Reason
from core.link_steps import menu_follows
from core.outbox import CardKind
from core.people import LineLink, LinkState, normal_code
from core.person_acts import Act, answer_in_talk, case_of, change_link, tell
from core.ports import EventReader, Work
from core.reception import Visitor, VisitorState
from core.reception_steps import bring_words, leave_desk
from core.replies import ReplyKind
from core.steps import cancel_unsent, note_fact, refresh_desks, watchers

RECEPTION: Final = "reception"
WRONG_CODES: Final = 5
WRONG_CODES_WITHIN: Final = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival(Act):
    """An act that came as an event of LINE.

    Attributes:
        link: the account that it came from, whosever it is.
        kept_id: the event as it was stored.
        reader: reads what the same account said before it was linked.
    """

    event: LineEvent
    kept_id: LineEventId | None = None
    reader: EventReader | None = None


async def account(work: Work, event: LineEvent) -> LineLink | None:
    """The account that the event came from; a new one is noted as not yet linked."""
    if event.line_user_id is None:
        return None
    known = await work.links.by_line_user(event.line_user_id)
    if known is not None:
        return known
    link = LineLink(
        id=LinkId(work.new_id()),
        municipality_id=work.municipality_id,
        line_user_id=event.line_user_id,
        state=LinkState.UNLINKED,
    )
    await work.links.add(link)
    return link


async def followed(a: Arrival, meaning: Followed) -> None:
    """Added or unblocked. An unblocked account goes on only where its permission still stands.

    That it was blocked is a fact that whoever approved a letter did not know: what may wait is
    held until a person has looked. Where LINE says unblocked and we knew of no block, its news
    got lost on the way.
    """
    link = a.link
    if link is None or _outrun(a, link):
        return
    if link.state is LinkState.BLOCKED:
        state = await _after_block(a, link)
    elif meaning.unblocked and link.state in {LinkState.LINKED, LinkState.PAUSED}:
        state = link.state
    else:
        return
    await change_link(a, link, state=state)
    await a.work.audit.append(a.audit("link.unblocked", link.id, now=state.value))
    if a.case is not None:
        await note_fact(a.work, a.case.id, at=a.received_at)
    await tell(a, CardKind.STOPPED)


async def _after_block(a: Arrival, link: LineLink) -> LinkState:
    """Unblocking takes nothing back that the person asked for: a stop stays, a rest goes on."""
    if link.person_id is None:
        return LinkState.UNLINKED
    consent = await a.work.consents.current(link.person_id, ConsentType.CHANNEL_LINE)
    in_use = await a.work.links.of_person(link.person_id)
    given = consent is not None and consent.state is ConsentState.GIVEN
    if not given or (in_use is not None and in_use.id != link.id):
        return LinkState.UNLINKED_BY_PERSON
    rests = link.paused_until is not None and link.paused_until > a.received_at
    return LinkState.PAUSED if rests else LinkState.LINKED


async def unfollowed(a: Arrival) -> None:
    """Blocked: nothing more is sent, the worker is told neutrally (G-14)."""
    link = a.link
    if link is None or link.state is LinkState.BLOCKED or _outrun(a, link):
        return
    await change_link(a, link, state=LinkState.BLOCKED)
    await a.work.audit.append(a.audit("link.blocked", link.id, now=LinkState.BLOCKED.value))
    if link.person_id is not None:
        await cancel_unsent(a.work, link.person_id, Reason.BLOCKED, at=a.received_at)
        await tell(a, CardKind.STOPPED)


def _outrun(a: Arrival, link: LineLink) -> bool:
    """Whether something newer has arrived before this; LINE promises no order."""
    return link.state_since is not None and a.occurred_at < link.state_since


async def linked_by_code(a: Arrival, meaning: Said) -> bool:
    """Whether these words were a code that linked the account: a new one, or one whose permission
    had ended and that comes back (C8)."""
    assert a.link is not None
    code = normal_code(meaning.text) if meaning.kind is ReplyKind.TEXT else None
    if code is None:
        return False
    owner = await a.work.links.code_of(code, at=a.received_at)
    if a.link.person_id is not None and owner not in (None, a.link.person_id):
        await _taken(a, a.link, owner)
        return True
    if not await _free(a, a.link) or not await _may_try(a, a.link):
        return False
    person_id = await a.work.links.take_code(code, at=a.received_at)
    if person_id is None:
        await a.work.links.note_wrong_code(a.link.id, at=a.received_at)
        await a.work.audit.append(a.audit("link_code.unknown", a.link.id))
        return False
    await _link(a, a.link, person_id)
    return True


async def _taken(a: Arrival, link: LineLink, owner: PersonId | None) -> None:
    """An account is one person's. The code stays good, those who gave it out are told, and the
    account hears the approved sentence, where the town has one."""
    assert owner is not None and link.person_id is not None
    theirs = replace(a, case=await case_of(a.work, owner))
    await a.work.audit.append(theirs.audit("link_code.taken", link.id))
    await ask_whose(theirs, link)
    await answer_in_talk(a, "link_taken", link, link.person_id)


async def ask_whose(a: Arrival, link: LineLink) -> None:
    """Ask those who work on the case whose account it is; or tell them that it is another's."""
    if a.case is None:
        return
    told = watchers(a.case, await a.work.staff.seats(a.case.id))
    await a.work.cards.touch(CardKind.LINK, link.id, told, at=a.received_at, case_id=a.case.id)
    await a.work.cards.redraw((a.case.id,), at=a.received_at)
    await refresh_desks(a.work, told, at=a.received_at)


async def to_reception(a: Arrival) -> None:
    """Somebody without a case wrote: those at reception are told, without a word of it, and the
    words can be read at the desk. Nobody is dropped: one account stands there once, until a
    person has seen to it. Words that call for people do so here, too."""
    assert a.link is not None
    said = a.event.meaning
    if isinstance(said, Said) and said.kind is ReplyKind.TEXT:
        assert a.pager is not None
        await listen(a.work, a.pager, a.spoken(said.text))
    if a.kept_id is not None:
        await a.work.inbox.set_aside(a.kept_id, kind=RECEPTION, link_id=a.link.id)
    await _stands_at_the_desk(a, a.link)
    await a.work.audit.append(_came_to_reception(a, a.link))
    receivers = [
        staff.id
        for staff in await a.work.staff.active()
        if staff.roles & {Role.INTAKE_WORKER, Role.COORDINATOR}
    ]
    await a.work.cards.touch(CardKind.RECEPTION, a.link.id, receivers, at=a.received_at)


async def _stands_at_the_desk(a: Arrival, link: LineLink) -> None:
    reads_from, answer_by = a.answer_due()
    here = await a.work.visitors.here(link.id)
    if here is None:
        visitor = Visitor(
            id=VisitorId(a.work.new_id()),
            municipality_id=a.work.municipality_id,
            link_id=link.id,
            came_at=a.received_at,
            last_at=a.received_at,
            reads_from=reads_from,
            answer_by=answer_by,
        )
        await a.work.visitors.add(visitor)
        return
    # Somebody who was answered and writes again waits again, by a new hour.
    waits = here.state is VisitorState.WAITING
    again = replace(
        here,
        state=VisitorState.WAITING,
        last_at=a.received_at,
        version=here.version + 1,
        reads_from=here.reads_from if waits else reads_from,
        answer_by=here.answer_by if waits else answer_by,
    )
    await a.work.visitors.change(again, version=here.version)


def _came_to_reception(a: Arrival, link: LineLink) -> AuditEvent:
    reads_from, answer_by = a.answer_due()
    event = a.audit("reception.came", link.id, now=link.state.value)
    until = (f"reads_from={reads_from.isoformat()}", f"answer_by={answer_by.isoformat()}")
    return replace(event, evidence=(*event.evidence, *until))


async def _free(a: Arrival, link: LineLink) -> bool:
    """Whether a code can be meant: nobody's account, a stopped one, or one without permission."""
    if link.person_id is None or link.state is LinkState.UNLINKED_BY_PERSON:
        return True
    permission = await a.work.consents.current(link.person_id, ConsentType.CHANNEL_LINE)
    return permission is None or permission.state is not ConsentState.GIVEN


async def _may_try(a: Arrival, link: LineLink) -> bool:
    since = a.received_at - WRONG_CODES_WITHIN
    return await a.work.links.wrong_codes(link.id, since=since) < WRONG_CODES


async def _link(a: Arrival, link: LineLink, person_id: PersonId) -> None:
    """Friend-add and one-time code together are the permission to be written to (C8)."""
    work, at = a.work, a.received_at
    former = await work.links.of_person(person_id)
    if former is not None and former.id != link.id:
        ended = replace(former, state=LinkState.UNLINKED_BY_PERSON, version=former.version + 1)
        await work.links.change(ended, version=former.version)
        await work.audit.append(a.audit("link.replaced", ended.id, now=ended.state.value))
        await menu_follows(work, ended, at=at)
    # The account that comes back is known; of another one a colleague says whose it is.
    known = link.person_id == person_id and link.unconfirmed_since is None
    linked = await change_link(
        a,
        link,
        person_id=person_id,
        state=LinkState.LINKED,
        linked_at=at,
        paused_until=None,
        unconfirmed_since=None if known else at,
    )
    case = await case_of(work, person_id)
    b = replace(a, link=linked, case=case)
    await work.audit.append(b.audit("link.linked", link.id, now=LinkState.LINKED.value))
    await _permit(b, linked, person_id)
    if case is not None:
        await note_fact(work, case.id, at=at)
        await acknowledge(
            work,
            "linked",
            link=linked,
            person_id=person_id,
            case_id=case.id,
            press=a.press,
            at=at,
            tz=a.tz,
            hours=a.hours,
        )
        await (tell(b, CardKind.STOPPED) if known else ask_whose(b, linked))
    await leave_desk(b, link.id)
    if a.reader is not None:
        await bring_words(b, person_id, link.id, reader=a.reader)


async def _permit(a: Arrival, link: LineLink, person_id: PersonId) -> None:
    """The permission's own line in the ledger; it takes the place of an earlier account's."""
    line = ConsentLine(
        id=ConsentId(a.work.new_id()),
        municipality_id=a.work.municipality_id,
        subject=person_id,
        scope=LineScope(),
        state=ConsentState.EXPLAINING,
    )
    step = give_by_link(
        line,
        evidence=LinkEvidence(link_id=link.id, friend_added=True, code_used=True),
        at=a.received_at,
        ledger=await ledger_of(a.work, person_id),
    )
    await write_step(
        a.work,
        step,
        case_id=None if a.case is None else a.case.id,
        evidence=(a.trace,),
    )
