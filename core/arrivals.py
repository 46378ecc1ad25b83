"""What happens when something comes in over LINE: words, or a button.

All run inside the transaction of `receive_event`, which reads the event and picks the function.
What a person does takes effect in `core.person_acts`, as it does on their own page.
"""

from dataclasses import replace
from typing import Final

from core.answer_steps import TOKEN_LASTS
from core.audit import PERSON
from core.ids import PersonId
from core.inbound import Said
from core.linking import Arrival, ask_whose, linked_by_code, to_reception
from core.page_ways import make_way
from core.person_acts import answer_in_talk, ask_to_talk, go_on, keep_words, rest, stop
from core.profiles import PAGE_TEXT
from core.replies import Press, ReplyKind

PRESS_WORDS: Final = {
    "そのまま": Press.KEEP,
    "少し休む": Press.REST,
    "やめる": Press.STOP,
    "人と話したい": Press.TALK,
    "おたより": Press.LETTERS,
}
REST_MONTHS: Final = 1


async def said(a: Arrival, meaning: Said) -> None:
    """Words, a sticker, a picture: kept for the worker; letters wait to be read again."""
    assert a.link is not None
    press = PRESS_WORDS.get(meaning.text.strip()) if meaning.kind is ReplyKind.TEXT else None
    person_id = a.link.person_id
    if await linked_by_code(a, meaning):
        return
    if person_id is not None and press is not None:
        await pressed(a, press, message_id=meaning.message_id)
    elif person_id is None or a.case is None:
        await to_reception(a)
    else:
        await keep_words(
            a,
            person_id,
            meaning.kind,
            meaning.text,
            message_id=meaning.message_id,
            media=meaning.media,
        )


async def pressed(a: Arrival, press: Press, *, message_id: str | None = None) -> None:
    """A button under a letter: its effect is immediate, and no reason is asked (G-13).

    It speaks for the person, on whichever of their accounts it was pressed: a stop or a rest
    takes effect on the account that is written to now.

    Args:
        message_id: of the words, where it was not tapped but written.
    """
    if a.link is None:
        return
    person_id = a.link.person_id
    if person_id is None:
        await to_reception(a)
        return
    in_use = await a.work.links.of_person(person_id) or a.link
    match press:
        case Press.KEEP:
            await go_on(a, person_id)
        case Press.REST:
            await rest(replace(a, link=in_use), person_id, months=REST_MONTHS)
        case Press.STOP:
            await stop(replace(a, link=in_use), person_id)
        case Press.TALK | Press.LETTERS if a.case is None:
            await to_reception(a)
        case Press.TALK:
            await ask_to_talk(a, person_id, message_id=message_id)
        case Press.LETTERS:
            await show_way(a, person_id)


async def show_way(a: Arrival, person_id: PersonId) -> None:
    """おたより: a neutral text with a button to the person's own page. Nobody is told of it.

    While nobody has said whose account it is (C8), no way leads from there to what is written on
    the page: those who were asked are asked again.
    """
    assert a.link is not None
    if a.link.unconfirmed_since is not None:
        await a.work.audit.append(a.audit("link.page_asked", a.link.id))
        await ask_whose(a, a.link)
        return
    way = await make_way(a.work, person_id, at=a.received_at, by=PERSON)
    token, until = a.event.reply_token, a.occurred_at + TOKEN_LASTS
    reply = None if token is None or a.received_at >= until else (token, until)
    await answer_in_talk(a, PAGE_TEXT, a.link, person_id, page=way, reply=reply)
