"""The list of words, as data: what ships, and what a town adds or leaves out."""

from dataclasses import dataclass, replace
from typing import Final

from core.municipal_profiles.crisis import CrisisRules, OwnWords, Peril


@dataclass(frozen=True, kw_only=True, slots=True)
class WordEntry:
    """One entry of the list; its lines are lines of terms (`core.lint.patterns`).

    Attributes:
        sure: what is urgent unless its company says otherwise.
        maybe: what is told as a maybe.
        unless: takes back what it overlaps: 「首をかしげる」.
        unless_beside: takes the whole entry back, wherever in the message it stands.
    """

    name: str
    peril: Peril
    sure: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_beside: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """Company in which a sure line is a maybe: it lies back, is told of, is of somebody else, or
    is said every day."""

    past: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WordList:
    """Everything that is looked for."""

    entries: tuple[WordEntry, ...] = ()
    around: Around = Around()

    def of_town(self, rules: CrisisRules) -> "WordList":
        """The list with what the town adds and without what it leaves out."""
        kept = tuple(entry for entry in self.entries if entry.name not in rules.left_out)
        return replace(self, entries=(*kept, *map(_own, rules.own_words)))


EMPTY_LIST: Final = WordList()


def _own(words: OwnWords) -> WordEntry:
    return WordEntry(
        name=f"own:{words.name}",
        peril=words.peril,
        sure=words.sure,
        maybe=words.maybe,
        unless=words.unless,
    )
