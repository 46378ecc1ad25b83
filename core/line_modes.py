"""The three ways of using LINE, and what each lets into a push (DOMAIN §9, LINE.md §4).

LINE is a service under its own terms, so what a town says there is what the town has settled to
say there. PUBLIC_ONLY: only what could hang on a notice board. ENTRANCE_LINK: letters that a
second person approved, while a conversation is led on the person's own page and LINE says only
that there is something to read. DIRECT_CHAT: also what a colleague answers, where the municipality
has decided so and the decision is recorded.
"""

import enum
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.errors import CaseworkError
from core.letters import LetterKind
from core.municipal_profiles.answering import DirectChatDecision


class LineMode(enum.StrEnum):
    """What may be said over LINE (DOMAIN §9)."""

    PUBLIC_ONLY = "PUBLIC_ONLY"
    ENTRANCE_LINK = "ENTRANCE_LINK"
    DIRECT_CHAT = "DIRECT_CHAT"


class WordsOf(enum.StrEnum):
    """Whose word stands for a text.

    STANDING: approved once, by name and version. LETTER: a letter that a second person approved
    for this one person. CONVERSATION: what a colleague answers, in their own name.
    """

    STANDING = "STANDING"
    LETTER = "LETTER"
    CONVERSATION = "CONVERSATION"


class ModeForbids(CaseworkError):
    """This may not go over LINE the way the town uses it. Facts: `mode`, `kind`."""

    rule = "DOMAIN-9"


class DirectChatUndecided(CaseworkError):
    """DIRECT_CHAT is set, and no decision of the municipality is recorded in its profile."""

    rule = "DOMAIN-9"


class DirectChatNotYet(CaseworkError):
    """The decision for DIRECT_CHAT is of a later day. Facts: `on`, ISO 8601."""

    rule = "DOMAIN-9"


# A first hello, a greeting of the season and a leaflet say nothing about the one who reads them.
_PUBLIC: Final = frozenset({LetterKind.FIRST, LetterKind.SEASON, LetterKind.LEAFLET})


@dataclass(frozen=True, kw_only=True, slots=True)
class LineUse:
    """How one town uses LINE.

    Attributes:
        decision: for DIRECT_CHAT; None otherwise, or where it was not recorded.
        second_person: what colleagues answer waits for a second person like any letter.
    """

    mode: LineMode = LineMode.ENTRANCE_LINK
    decision: DirectChatDecision | None = None
    second_person: bool = False

    @property
    def direct(self) -> bool:
        """Whether a colleague's answer itself may go over LINE."""
        return self.mode is LineMode.DIRECT_CHAT


USUAL_USE: Final = LineUse()


def words_of(kind: LetterKind, *, answers: bool = False) -> WordsOf:
    """Whose word stands for a letter of this kind; `answers`: it carries a colleague's answer."""
    if kind is LetterKind.ACKNOWLEDGEMENT:
        return WordsOf.STANDING
    return WordsOf.CONVERSATION if answers else WordsOf.LETTER


def lets_in(mode: LineMode, kind: LetterKind, words: WordsOf) -> bool:
    """Whether these words may stand in a push."""
    if words is WordsOf.STANDING:
        return True
    if words is WordsOf.CONVERSATION:
        return mode is LineMode.DIRECT_CHAT
    return mode is not LineMode.PUBLIC_ONLY or kind in _PUBLIC


def require_let_in(mode: LineMode, kind: LetterKind, words: WordsOf = WordsOf.LETTER) -> None:
    """Refuse what the mode forbids.

    Raises:
        ModeForbids.
    """
    if not lets_in(mode, kind, words):
        raise ModeForbids(mode=mode.value, kind=kind.value)


def require_decided(use: LineUse, *, today: date) -> None:
    """Refuse DIRECT_CHAT without the municipality's own decision.

    Args:
        today: local day; a decision counts from its day on.

    Raises:
        DirectChatUndecided, DirectChatNotYet.
    """
    if not use.direct:
        return
    if use.decision is None or not use.decision.recorded:
        raise DirectChatUndecided()
    if use.decision.decided_on > today:
        raise DirectChatNotYet(on=use.decision.decided_on.isoformat())
