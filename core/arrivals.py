"""What happens when something arrives from a person: each kind of event, one function.

All run inside the transaction of `receive_event`, which reads the event and picks the function.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Final

from core.acknowledge import acknowledge
from core.agencies import Role
from core.audit import PERSON, AuditEvent
from core.cases import WRITABLE, Case
from core.consent import Consent, ConsentState, ConsentType
from core.contacts import Contact, ContactChannel, Met
from core.days import months_later
from core.ids import CaseId, ConsentId, ContactId, LinkId, PersonId, ReplyId
from core.inbound import LineEvent, Said
from core.letters import Reason
from core.outbox import CardKind
from core.people import LineLink, LinkState, normal_code
from core.ports import LetterPress, Work
from core.replies import Press, Reply, ReplyKind, ReplyState
from core.steps import cancel_unsent, note_fact, refresh_desks, watchers

PRESS_WORDS: Final = {
    "そのまま": Press.KEEP,
    "少し休む": Press.REST,
    "やめる": Press.STOP,
    "人と話したい": Press.TALK,
}
REST_MONTHS: Final = 1
WRONG_CODES: Final = 5
WRONG_CODES_WITHIN: Final = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """An event with what it stands in: whose account, which case, when, and the tools."""

    work: Work
    event: LineEvent
    received_at: datetime
    tz: tzinfo
    press: LetterPress
    link: LineLink | None
    case: Case | None

    def audit(self, action: str, subject: str, *, now: str = "", reason: str = "") -> AuditEvent:
        """What the person did, for the record; never the words."""
        return AuditEvent(
            action=action,
            at=self.received_at,
            actor=PERSON,
            role=PERSON,
            subject=subject,
            case_id=None if self.case is None else self.case.id,
            now=now,
            reason=reason,
            evidence=(f"line_event={self.event.event_key}",),
        )


async def case_of(work: Work, person_id: PersonId) -> Case | None:
    """The case to which a person's words belong: the newest open one, or else the newest."""
    cases = await work.cases.of_person(person_id)
    open_cases = [case for case in cases if case.state in WRITABLE]
    return next(iter(open_cases or cases), None)


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


async def said(a: Arrival, meaning: Said) -> None:
    """Words, a sticker, a picture: kept for the worker; letters wait to be read again."""
    assert a.link is not None
    press = PRESS_WORDS.get(meaning.text.strip()) if meaning.kind is ReplyKind.TEXT else None
    if a.link.person_id is None or a.case is None:
        await _from_unknown(a, meaning)
    elif press is not None:
        await pressed(a, press)
    else:
        await _keep(a, meaning.kind, meaning.text, message_id=meaning.message_id)


async def pressed(a: Arrival, press: Press) -> None:
    """A button under a letter: its effect is immediate, and no reason is asked (G-13)."""
    if a.link is None or a.link.person_id is None or a.case is None:
        return
    match press:
        case Press.KEEP:
            await _log(a, reply_id=None)
            await a.work.audit.append(a.audit("person.goes_on", a.link.person_id))
        case Press.REST:
            await _rest(a, a.link, a.case)
        case Press.STOP:
            await _stop(a, a.link, a.case)
        case Press.TALK:
            await _keep(a, ReplyKind.BUTTON, "人と話したい", message_id=None)


async def unsent(a: Arrival, message_id: str) -> None:
    """Taken back: gone everywhere, only that something was withdrawn remains."""
    await a.work.inbox.erase_message(message_id, at=a.received_at)
    reply = await a.work.replies.by_message(message_id)
    if reply is None:
        return
    gone = replace(reply, text="", state=ReplyState.WITHDRAWN, version=reply.version + 1)
    await a.work.replies.change(gone, version=reply.version)
    await a.work.audit.append(a.audit("reply.withdrawn", reply.id))
    await a.work.cards.redraw((reply.case_id,), at=a.received_at)


async def followed(a: Arrival) -> None:
    """Added or unblocked. An unblocked account goes on only where its permission still stands."""
    link = a.link
    if link is None or link.state is not LinkState.BLOCKED or _outrun(a, link):
        return
    state = LinkState.UNLINKED
    if link.person_id is not None:
        consent = await a.work.consents.current(link.person_id, ConsentType.CHANNEL_LINE)
        given = consent is not None and consent.state is ConsentState.GIVEN
        state = LinkState.LINKED if given else LinkState.UNLINKED_BY_PERSON
    await _change_link(a, link, state=state)
    await a.work.audit.append(a.audit("link.unblocked", link.id, now=state.value))
    await _tell(a, CardKind.STOPPED)


async def unfollowed(a: Arrival) -> None:
    """Blocked: nothing more is sent, the worker is told neutrally (G-14)."""
    link = a.link
    if link is None or link.state is LinkState.BLOCKED or _outrun(a, link):
        return
    await _change_link(a, link, state=LinkState.BLOCKED)
    await a.work.audit.append(a.audit("link.blocked", link.id, now=LinkState.BLOCKED.value))
    if link.person_id is not None:
        await cancel_unsent(a.work, link.person_id, Reason.BLOCKED, at=a.received_at)
        await _tell(a, CardKind.STOPPED)


def _outrun(a: Arrival, link: LineLink) -> bool:
    """Whether something newer has arrived before this; LINE promises no order."""
    return link.state_since is not None and a.event.occurred_at < link.state_since


async def _from_unknown(a: Arrival, meaning: Said) -> None:
    """Somebody we do not know yet: a code links, anything else reaches the reception desk."""
    assert a.link is not None
    code = normal_code(meaning.text) if meaning.kind is ReplyKind.TEXT else None
    if code is not None and a.link.person_id is None and await _may_try(a, a.link):
        person_id = await a.work.links.take_code(code, at=a.received_at)
        if person_id is not None:
            await _link(a, a.link, person_id)
            return
        await a.work.links.note_wrong_code(a.link.id, at=a.received_at)
        await a.work.audit.append(a.audit("link_code.unknown", a.link.id))
    receivers = [
        staff.id
        for staff in await a.work.staff.active()
        if staff.roles & {Role.INTAKE_WORKER, Role.COORDINATOR}
    ]
    await a.work.cards.touch(CardKind.RECEPTION, a.link.id, receivers, at=a.received_at)


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
    linked = replace(
        link,
        person_id=person_id,
        state=LinkState.LINKED,
        linked_at=at,
        state_since=a.event.occurred_at,
        last_inbound_at=at,
        paused_until=None,
        version=link.version + 1,
    )
    await work.links.change(linked, version=link.version)
    consent = Consent(
        id=ConsentId(work.new_id()),
        municipality_id=work.municipality_id,
        person_id=person_id,
        type=ConsentType.CHANNEL_LINE,
        state=ConsentState.GIVEN,
        given_at=at,
        evidence=f"friend-add and one-time code, LINE event {a.event.event_key}",
    )
    await work.consents.add(consent)
    case = await case_of(work, person_id)
    b = replace(a, link=linked, case=case)
    await work.audit.append(
        b.audit("link.linked", link.id, now=LinkState.LINKED.value),
        b.audit("consent.given", consent.id, now=ConsentType.CHANNEL_LINE.value),
    )
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
        )
        await _tell(b, CardKind.STOPPED)


async def _keep(a: Arrival, kind: ReplyKind, text: str, *, message_id: str | None) -> None:
    assert a.link is not None and a.link.person_id is not None and a.case is not None
    work, case = a.work, a.case
    taken_back = message_id is not None and await work.inbox.was_unsent(message_id)
    reply = Reply(
        id=ReplyId(work.new_id()),
        municipality_id=work.municipality_id,
        person_id=a.link.person_id,
        case_id=case.id,
        kind=kind,
        text="" if taken_back else text,
        message_id=message_id,
        occurred_at=a.event.occurred_at,
        received_at=a.received_at,
        state=ReplyState.WITHDRAWN if taken_back else ReplyState.KEPT,
    )
    if not await work.replies.add(reply):
        return
    if taken_back and message_id is not None:
        await work.inbox.erase_message(message_id, at=a.received_at)
    await work.audit.append(a.audit("reply.received", reply.id, now=kind.value))
    await _log(a, reply_id=reply.id)
    await _change_link(a, a.link)
    await note_fact(work, case.id, at=a.received_at)
    await _tell(a, CardKind.REPLY)


async def _rest(a: Arrival, link: LineLink, case: Case) -> None:
    assert link.person_id is not None
    if link.state not in {LinkState.LINKED, LinkState.PAUSED}:
        return
    until = months_later(a.received_at, REST_MONTHS, tz=a.tz)
    resting = await _change_link(a, link, state=LinkState.PAUSED, paused_until=until)
    await a.work.audit.append(
        a.audit("person.rests", link.person_id, now=LinkState.PAUSED.value, reason="button")
    )
    await cancel_unsent(
        a.work, link.person_id, Reason.RESTING, at=a.received_at, opening_before=until
    )
    await _log(a, reply_id=None)
    await _answer(a, "rest", resting, case)
    await _tell(a, CardKind.STOPPED)


async def _stop(a: Arrival, link: LineLink, case: Case) -> None:
    """Any channel, any words, at once (C5)."""
    assert link.person_id is not None
    if link.state is LinkState.UNLINKED_BY_PERSON:
        return
    stopped = await _change_link(a, link, state=LinkState.UNLINKED_BY_PERSON)
    consent = await a.work.consents.current(link.person_id, ConsentType.CHANNEL_LINE)
    if consent is not None and consent.state is ConsentState.GIVEN:
        withdrawn = replace(
            consent,
            state=ConsentState.WITHDRAWN,
            withdrawn_at=a.received_at,
            version=consent.version + 1,
        )
        await a.work.consents.change(withdrawn, version=consent.version)
        await a.work.audit.append(
            a.audit("consent.withdrawn", consent.id, now=ConsentType.CHANNEL_LINE.value)
        )
    await a.work.audit.append(a.audit("person.stops", link.person_id, reason="button"))
    await cancel_unsent(a.work, link.person_id, Reason.STOPPED_BY_PERSON, at=a.received_at)
    await _log(a, reply_id=None)
    await _answer(a, "stop", stopped, case)
    await _tell(a, CardKind.STOPPED)


async def _answer(a: Arrival, name: str, link: LineLink, case: Case) -> None:
    assert link.person_id is not None
    await acknowledge(
        a.work,
        name,
        link=link,
        person_id=link.person_id,
        case_id=case.id,
        press=a.press,
        at=a.received_at,
    )


async def _log(a: Arrival, *, reply_id: ReplyId | None) -> None:
    assert a.case is not None
    await a.work.contacts.add(
        Contact(
            id=ContactId(a.work.new_id()),
            municipality_id=a.work.municipality_id,
            case_id=CaseId(a.case.id),
            at=a.event.occurred_at,
            channel=ContactChannel.LINE_IN,
            met=Met.NOT_APPLICABLE,
            reply_id=reply_id,
        )
    )


async def _change_link(a: Arrival, link: LineLink, **changes: object) -> LineLink:
    if "state" in changes:
        changes["state_since"] = a.event.occurred_at
    changed = replace(
        link,
        last_inbound_at=a.received_at,
        version=link.version + 1,
        **changes,  # type: ignore[arg-type]
    )
    if not await a.work.links.change(changed, version=link.version):
        raise RuntimeError(f"link {link.id} changed inside its own transaction")
    return changed


async def _tell(a: Arrival, kind: CardKind) -> None:
    """Tell those who work on the case, without a word of what was said."""
    if a.case is None:
        return
    seats = await a.work.staff.seats(a.case.id)
    told = watchers(a.case, seats)
    await a.work.cards.touch(kind, a.case.id, told, at=a.received_at, case_id=a.case.id)
    await refresh_desks(a.work, told, at=a.received_at)
