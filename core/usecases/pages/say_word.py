"""Say something on one's own page; a person reads it, as over LINE (G-15)."""

from datetime import datetime
from typing import Final

from core.errors import CaseworkError
from core.page_steps import PageKey, PageMeans, act_on_page
from core.person_acts import keep_words
from core.ports import UnitOfWork
from core.replies import Reply, ReplyKind

LONGEST_WORD: Final = 2000


class NothingSaid(CaseworkError):
    """There is nothing written yet."""

    rule = "G-01"


class WordTooLong(CaseworkError):
    """That is more than fits at once. Facts: `most`, characters."""

    rule = "G-15"


async def say_word(
    uow: UnitOfWork,
    key: PageKey,
    *,
    text: str,
    once: str,
    at: datetime,
    means: PageMeans,
    kind: ReplyKind = ReplyKind.TEXT,
) -> Reply | None:
    """Keep it; None where this form was sent before.

    Args:
        text: the words; for a sticker what stands on it.
        once: the form's own key: sent twice, it counts once.

    Raises:
        NothingSaid, WordTooLong. NotFound: the link opens nothing. PinNeeded.
    """
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise NothingSaid()
    if len(words) > LONGEST_WORD:
        raise WordTooLong(most=str(LONGEST_WORD))
    async with uow.write() as work:
        act = await act_on_page(work, key, at=at, means=means)
        assert act.case is not None
        reply = await keep_words(act, act.case.person_id, kind, words, message_id=f"page:{once}")
        await work.commit()
        return reply
