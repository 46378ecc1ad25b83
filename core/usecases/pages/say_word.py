"""Say something on one's own page; a person reads it, as over LINE (G-15)."""

from datetime import datetime
from typing import Final

from core.errors import CaseworkError
from core.media import SHOWN, MediaKind, content_type_of
from core.media_steps import keep_piece
from core.page_steps import PageKey, PageMeans, act_on_page
from core.person_acts import keep_words
from core.ports import UnitOfWork
from core.replies import Reply, ReplyKind

LONGEST_WORD: Final = 2000
LARGEST_PHOTO: Final = 10 * 1024 * 1024
"""Bytes; what a phone takes weighs less."""


class NothingSaid(CaseworkError):
    """There is nothing written yet."""

    rule = "G-01"


class WordTooLong(CaseworkError):
    """That is more than fits at once. Facts: `most`, characters."""

    rule = "G-15"


class PhotoUnfit(CaseworkError):
    """That is no photo that we can show, or it is too heavy. Facts: `most`, MB."""

    rule = "G-18"


async def say_word(
    uow: UnitOfWork,
    key: PageKey,
    *,
    text: str,
    once: str,
    at: datetime,
    means: PageMeans,
    kind: ReplyKind = ReplyKind.TEXT,
    photo: bytes = b"",
) -> Reply | None:
    """Keep it; None where this form was sent before.

    Args:
        text: the words; for a sticker what stands on it.
        once: the form's own key: sent twice, it counts once.
        photo: a picture that goes with it, as its own bytes say: JPEG, PNG, GIF or WebP.

    Raises:
        NothingSaid, WordTooLong, PhotoUnfit. NotFound: the link opens nothing. PinNeeded.
    """
    words = text.replace("\r\n", "\n").strip()
    if not words and not photo:
        raise NothingSaid()
    if len(words) > LONGEST_WORD:
        raise WordTooLong(most=str(LONGEST_WORD))
    if photo:
        kind = _photo(photo)
    async with uow.write() as work:
        act = await act_on_page(work, key, at=at, means=means)
        assert act.case is not None
        reply = await keep_words(act, act.case.person_id, kind, words, message_id=f"page:{once}")
        if reply is not None and photo:
            await keep_piece(work, reply, photo, kind=MediaKind.IMAGE, at=at)
        await work.commit()
        return reply


def _photo(data: bytes) -> ReplyKind:
    """Raises: PhotoUnfit."""
    if len(data) > LARGEST_PHOTO or content_type_of(data) not in SHOWN:
        raise PhotoUnfit(most=str(LARGEST_PHOTO // 1024 // 1024))
    return ReplyKind.IMAGE
