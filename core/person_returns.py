"""The way back, from a rest before its time and from a stop: each by one tap of the person."""

from typing import Final

from core.consent import ConsentLine, ConsentState
from core.consent.evidence import MessageEvidence
from core.consent.giving import give_by_link
from core.consent.scopes import LineScope
from core.consenting import ledger_of, write_step
from core.ids import ConsentId, PersonId
from core.outbox import CardKind
from core.people import LinkState
from core.person_acts import Act, change_link, log_act, tell
from core.steps import note_fact

WORDS_OF_COMING_BACK: Final = "またおたよりを受けとる"


async def end_rest(act: Act, person_id: PersonId) -> bool:
    """The rest is over before its time; letters come again as they are approved. False where
    nothing rests. What was cancelled for the rest stays cancelled."""
    link = act.link
    if link is None or link.state is not LinkState.PAUSED:
        return False
    await change_link(act, link, state=LinkState.LINKED, paused_until=None)
    await act.work.series.look_again(person_id, at=act.received_at)
    await act.work.audit.append(
        act.audit("person.rests_no_more", person_id, now=LinkState.LINKED.value, reason="button")
    )
    await log_act(act)
    await tell(act, CardKind.STOPPED)
    return True


async def come_back(act: Act, person_id: PersonId, *, message_id: str) -> bool:
    """Letters may come again after やめる: the permission that was taken back is given anew, in the
    same extent, by the person and in their own words (C8). False where nothing was stopped.

    Args:
        message_id: of the form by which they said so; it is the evidence.
    """
    link = act.link
    if link is None or link.state is not LinkState.UNLINKED_BY_PERSON or link.linked_at is None:
        return False
    ledger = await ledger_of(act.work, person_id)
    former = [line for line in ledger if isinstance(line.scope, LineScope)]
    line = ConsentLine(
        id=ConsentId(act.work.new_id()),
        municipality_id=act.work.municipality_id,
        subject=person_id,
        scope=former[-1].scope if former else LineScope(),
        state=ConsentState.EXPLAINING,
    )
    step = give_by_link(
        line,
        evidence=MessageEvidence(message_id=message_id, words=WORDS_OF_COMING_BACK),
        at=act.received_at,
        ledger=ledger,
    )
    await change_link(act, link, state=LinkState.LINKED, paused_until=None)
    case_id = None if act.case is None else act.case.id
    await write_step(act.work, step, case_id=case_id, evidence=(act.trace,))
    await act.work.audit.append(act.audit("person.comes_back", person_id, reason="button"))
    await log_act(act)
    if act.case is not None:
        await note_fact(act.work, act.case.id, at=act.received_at)
    await tell(act, CardKind.STOPPED)
    return True
