"""What happens when a person says something: words, a button, a message taken back.

All run inside the transaction of `receive_event`, which reads the event and picks the function.
"""

from dataclasses import replace
from typing import Final

from core.acknowledge import acknowledge
from core.audit import PERSON
from core.cases import CaseState
from core.consent import ConsentState, ConsentType
from core.consent.ending import withdraw_all
from core.consenting import ledger_of, write_step
from core.contacts import Contact, ContactChannel, Met
from core.course_echoes import sign_came
from core.days import local_day, months_later
from core.endings import END_LASTS, end_announced
from core.ids import CaseId, ContactId, ReplyId
from core.inbound import Said
from core.letters import Reason
from core.linking import Arrival, change_link, linked_by_code, tell, to_reception
from core.outbox import CardKind
from core.people import LineLink, LinkState
from core.replies import Press, Reply, ReplyKind, ReplyState
from core.steps import cancel_unsent, note_fact

PRESS_WORDS: Final = {
    "そのまま": Press.KEEP,
    "少し休む": Press.REST,
    "やめる": Press.STOP,
    "人と話したい": Press.TALK,
}
REST_MONTHS: Final = 1


async def said(a: Arrival, meaning: Said) -> None:
    """Words, a sticker, a picture: kept for the worker; letters wait to be read again."""
    assert a.link is not None
    press = PRESS_WORDS.get(meaning.text.strip()) if meaning.kind is ReplyKind.TEXT else None
    if await linked_by_code(a, meaning):
        return
    if a.link.person_id is not None and press is not None:
        await pressed(a, press)
    elif a.link.person_id is None or a.case is None:
        await to_reception(a)
    else:
        await _keep(a, meaning.kind, meaning.text, message_id=meaning.message_id)


async def pressed(a: Arrival, press: Press) -> None:
    """A button under a letter: its effect is immediate, and no reason is asked (G-13).

    It speaks for the person, on whichever of their accounts it was pressed: a stop or a rest
    takes effect on the account that is written to now.
    """
    if a.link is None:
        return
    if a.link.person_id is None:
        await to_reception(a)
        return
    in_use = await a.work.links.of_person(a.link.person_id) or a.link
    match press:
        case Press.KEEP if await _asked_to_go_on(a):
            # The last letter waits until somebody has read this, and the person is answered.
            await a.work.audit.append(a.audit("person.goes_on", a.link.person_id))
            await _keep(a, ReplyKind.BUTTON, "そのまま", message_id=None)
        case Press.KEEP:
            await _log(a, reply_id=None)
            await a.work.audit.append(a.audit("person.goes_on", a.link.person_id))
        case Press.REST:
            await _rest(a, in_use)
        case Press.STOP:
            await _stop(a, in_use)
        case Press.TALK if a.case is None:
            await to_reception(a)
        case Press.TALK:
            await _keep(a, ReplyKind.BUTTON, "人と話したい", message_id=None)


async def _asked_to_go_on(a: Arrival) -> bool:
    """Whether a letter told that the next is the last, and that そのまま keeps them coming."""
    if a.link is None or a.link.person_id is None or a.case is None:
        return False
    since = a.received_at - END_LASTS
    return end_announced(await a.work.letters.written_to(a.link.person_id, since=since))


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


async def _keep(a: Arrival, kind: ReplyKind, text: str, *, message_id: str | None) -> None:
    assert a.link is not None and a.link.person_id is not None and a.case is not None
    work, case = a.work, a.case
    taken_back = message_id is not None and await work.inbox.was_unsent(message_id)
    reads_from, answer_by = a.answer_due()
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
        reads_from=reads_from,
        answer_by=answer_by,
    )
    if not await work.replies.add(reply):
        return
    if taken_back and message_id is not None:
        await work.inbox.erase_message(message_id, at=a.received_at)
    await work.audit.append(a.audit("reply.received", reply.id, now=kind.value))
    await _log(a, reply_id=reply.id)
    await change_link(a, a.link)
    await note_fact(work, case.id, at=a.received_at)
    await tell(a, CardKind.REPLY)


async def _rest(a: Arrival, link: LineLink) -> None:
    assert link.person_id is not None
    if link.state not in {LinkState.LINKED, LinkState.PAUSED}:
        return
    until = months_later(a.received_at, REST_MONTHS, tz=a.tz)
    resting = await change_link(a, link, state=LinkState.PAUSED, paused_until=until)
    await a.work.audit.append(
        a.audit("person.rests", link.person_id, now=LinkState.PAUSED.value, reason="button")
    )
    await cancel_unsent(
        a.work, link.person_id, Reason.RESTING, at=a.received_at, opening_before=until
    )
    await _log(a, reply_id=None)
    await _answer(a, "rest", resting)
    await tell(a, CardKind.STOPPED)


async def _stop(a: Arrival, link: LineLink) -> None:
    """Any channel, any words, at once (C5)."""
    assert link.person_id is not None
    if link.state is LinkState.UNLINKED_BY_PERSON:
        return
    stopped = await change_link(a, link, state=LinkState.UNLINKED_BY_PERSON)
    ledger = await ledger_of(a.work, link.person_id)
    given = {line.id for line in ledger if line.state is ConsentState.GIVEN}
    may_write = {line.id for line in ledger if line.type is ConsentType.CHANNEL_LINE}
    if given & may_write:
        step = withdraw_all(
            ledger,
            subject=link.person_id,
            matter=lambda line: line.id in may_write,
            by=PERSON,
            role=None,
            at=a.received_at,
        )
        await write_step(
            a.work,
            step,
            case_id=None if a.case is None else a.case.id,
            evidence=(f"line_event={a.event.event_key}",),
        )
    await a.work.audit.append(a.audit("person.stops", link.person_id, reason="button"))
    await cancel_unsent(a.work, link.person_id, Reason.STOPPED_BY_PERSON, at=a.received_at)
    await _log(a, reply_id=None)
    await _answer(a, "stop", stopped)
    await tell(a, CardKind.STOPPED)


async def _answer(a: Arrival, name: str, link: LineLink) -> None:
    assert link.person_id is not None
    if a.case is None:
        return
    await acknowledge(
        a.work,
        name,
        link=link,
        person_id=link.person_id,
        case_id=a.case.id,
        press=a.press,
        at=a.received_at,
        tz=a.tz,
        hours=a.hours,
    )


async def _log(a: Arrival, *, reply_id: ReplyId | None) -> None:
    """Enter it. On whichever case of the person an interruption is thought over, it is a sign of
    contact (O15)."""
    if a.case is None:
        return
    contact = Contact(
        id=ContactId(a.work.new_id()),
        municipality_id=a.work.municipality_id,
        case_id=CaseId(a.case.id),
        at=a.event.occurred_at,
        channel=ContactChannel.LINE_IN,
        met=Met.NOT_APPLICABLE,
        reply_id=reply_id,
    )
    await a.work.contacts.add(contact)
    today = local_day(a.received_at, tz=a.tz)
    for case in await a.work.cases.of_person(a.case.person_id):
        if case.state is CaseState.INTERRUPTION_REVIEW:
            await sign_came(a.work, case.id, sign=contact.id, at=a.received_at, today=today)
