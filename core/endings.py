"""The end of letters: told one letter ahead, then made, never by silence (G-21)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from core.errors import CaseworkError
from core.letters import UNSENT, Letter, LetterKind

# An end that was told longer ago has been forgotten; it is told once more [D].
END_LASTS: Final = timedelta(days=366)

# They answer, or are for everybody: after the last letter they are no new beginning.
_BEGIN_NOTHING: Final = frozenset(
    {LetterKind.REPLY, LetterKind.ACKNOWLEDGEMENT, LetterKind.NOTICE, LetterKind.LAST}
)


class EndUnannounced(CaseworkError):
    """A last letter needs one before it that tells of the end (G-21)."""

    rule = "G-21"


def end_made(letters: Iterable[Letter]) -> bool:
    """Whether the person was told that the next is the last, and then got the last. Letters that
    came again since have an end of their own."""
    sent = _sent(letters)
    told = [at for letter, at in sent if letter.kind is LetterKind.PRE_LAST]
    last = [at for letter, at in sent if letter.kind is LetterKind.LAST]
    if not (told and last and min(told) < max(last)):
        return False
    return not any(at > max(last) for letter, at in sent if letter.kind not in _BEGIN_NOTHING)


def end_announced(letters: Iterable[Letter]) -> bool:
    """Whether the person was told that the next letter is the last, and has not got it yet."""
    sent = _sent(letters)
    told = [at for letter, at in sent if letter.kind is LetterKind.PRE_LAST]
    last = [at for letter, at in sent if letter.kind is LetterKind.LAST]
    return bool(told) and (not last or max(last) < max(told))


def end_told_by(letters: Iterable[Letter], *, but: Iterable[Letter]) -> bool:
    """Whether the person was told of the end, or a letter that tells it waits, some apart."""
    letters = tuple(letters)
    apart = {one.id for one in but}
    waits = any(
        one.kind is LetterKind.PRE_LAST and one.state in UNSENT and one.id not in apart
        for one in letters
    )
    return waits or end_announced(letters) or end_made(letters)


def require_announced(letter: Letter, others: Iterable[Letter]) -> None:
    """Refuse a last letter that nobody tells of.

    Args:
        others: to the same person, sent or to be sent.

    Raises:
        EndUnannounced: none of them tells of the end before this one opens.
    """
    if letter.kind is not LetterKind.LAST:
        return
    others = tuple(others)
    ahead = any(
        one.kind is LetterKind.PRE_LAST and one.state in UNSENT and one.opens_at < letter.opens_at
        for one in others
    )
    if not ahead and not end_announced(others):
        raise EndUnannounced()


def _sent(letters: Iterable[Letter]) -> list[tuple[Letter, datetime]]:
    return [(one, one.sent_at) for one in letters if one.sent_at is not None]
