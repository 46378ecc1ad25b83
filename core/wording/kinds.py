"""What a text is for: the kinds of letters as their words tell them apart."""

import enum
from typing import Final

from core.letters import WRITTEN_KINDS, LetterKind


class TextKind(enum.StrEnum):
    """The kinds of letters, and of the standing texts that no colleague writes by hand the
    answers to buttons and the one for hours in which nobody reads (§8.6)."""

    FIRST = "FIRST"
    CHECK_IN = "CHECK_IN"
    SEASON = "SEASON"
    LEAFLET = "LEAFLET"
    REPLY = "REPLY"
    PRE_LAST = "PRE_LAST"
    LAST = "LAST"
    NOTICE = "NOTICE"
    ACKNOWLEDGEMENT = "ACKNOWLEDGEMENT"
    CRISIS = "CRISIS"

    @classmethod
    def of(cls, kind: LetterKind) -> "TextKind":
        """The same kind of a letter."""
        return cls(kind.value)


LETTER_KINDS: Final[dict[TextKind, LetterKind]] = {
    TextKind.FIRST: LetterKind.FIRST,
    TextKind.CHECK_IN: LetterKind.CHECK_IN,
    TextKind.SEASON: LetterKind.SEASON,
    TextKind.LEAFLET: LetterKind.LEAFLET,
    TextKind.REPLY: LetterKind.REPLY,
    TextKind.PRE_LAST: LetterKind.PRE_LAST,
    TextKind.LAST: LetterKind.LAST,
    TextKind.NOTICE: LetterKind.NOTICE,
    TextKind.ACKNOWLEDGEMENT: LetterKind.ACKNOWLEDGEMENT,
    TextKind.CRISIS: LetterKind.ACKNOWLEDGEMENT,
}
"""As which kind of letter a text of this kind is written."""
WRITTEN: Final = tuple(kind for kind in TextKind if LETTER_KINDS[kind] in WRITTEN_KINDS)
"""What a colleague writes, letter by letter."""
