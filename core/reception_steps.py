"""Steps at the reception desk that an arriving event and a colleague share."""

from dataclasses import replace
from typing import Final

from core.crisis_steps import come_home
from core.ids import LinkId, PersonId, VisitorId
from core.inbound import Said
from core.people import normal_code
from core.person_acts import Act, keep_words
from core.ports import EventReader, Work
from core.reception import Visitor, VisitorState, handled
from core.steps import Overtaken

MOST_WORDS: Final = 200


async def bring_words(
    act: Act, person_id: PersonId, link_id: LinkId, *, reader: EventReader
) -> int:
    """What a visitor said goes to those who work with the person; how much of it there was.

    It is read from the raw events: what was taken back is gone there, and stays gone. A code that
    did not fit is no word to anybody. Nobody is called a second time for words that called
    people when they came; a call that still stands is the person's from now on.
    """
    if act.case is not None:
        await come_home(act.work, link_id, person_id, act.case.id, at=act.received_at)
    brought = 0
    for kept in reversed(await act.work.visitors.said(link_id, limit=MOST_WORDS)):
        event = reader.read(kept.raw) if kept.raw and act.case is not None else None
        if event is None or not isinstance(event.meaning, Said):
            continue
        said, then = event.meaning, event.occurred_at or act.occurred_at
        if normal_code(said.text) is None:
            earlier = replace(act, occurred_at=then, link=None, pager=None)
            reply = await keep_words(
                earlier, person_id, said.kind, said.text, message_id=said.message_id
            )
            brought += reply is not None
    await act.work.inbox.leave_tray(link_id)
    return brought


async def visitor_shown(work: Work, visitor_id: VisitorId, *, version: int) -> Visitor:
    """The visitor, as the colleague saw them.

    Raises:
        NotFound. Overtaken: somebody was faster, or they wrote again.
    """
    visitor = await work.visitors.get(visitor_id)
    if visitor.version != version:
        raise Overtaken(what="visitor")
    return visitor


async def put_visitor(work: Work, was: Visitor, now: Visitor) -> None:
    """Raises: Overtaken."""
    if not await work.visitors.change(now, version=was.version):
        raise Overtaken(what="visitor")


async def leave_desk(act: Act, link_id: LinkId) -> None:
    """Whoever came with a code stands at the desk no longer."""
    here = await act.work.visitors.here(link_id)
    if here is not None:
        gone = handled(here, VisitorState.LINKED, by=None, at=act.received_at)
        await put_visitor(act.work, here, gone)
        await act.work.cards.redraw((link_id,), at=act.received_at)
