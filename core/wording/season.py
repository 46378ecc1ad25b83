"""Phrases of the season: five days or so of the year each, by the sun (decision 0018).

A year has 72 such stretches (七十二候), one for every five degrees of the sun's longitude from
立春 (315°) on. Each has phrases of its own; which one a person gets follows from case and day,
and none comes twice within twelve months (G-04).
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Final

from core.errors import CaseworkError
from core.people import LanguageStyle
from core.wording.fields import Wording
from core.wording.ruby import Piece, bare, pieces
from core.wording.sun import longitude_at_end_of

STRETCHES: Final = 72
DEGREES: Final = 5
BEGINS: Final = 315
FEWEST: Final = 3
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


class OutOfSeason(CaseworkError):
    """The phrase belongs to other days of the year. Facts: `name`, what those days are called."""

    rule = "G-04"


class NoSuchPhrase(CaseworkError):
    """No phrase of the season has this id. Facts: `id`."""

    rule = "HOUSE-11"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase.

    Attributes:
        id: number of its stretch and a letter, `37b`.
        standard, easy: its words; the easy ones carry their readings.
    """

    id: str
    standard: str
    easy: tuple[Piece, ...]

    def wording(self, style: LanguageStyle) -> Wording:
        """In this style. Plain words are those of やさしい日本語, without the readings."""
        if style is LanguageStyle.STANDARD:
            return Wording((Piece(self.standard),))
        if style is LanguageStyle.PLAIN:
            return Wording((Piece(bare(self.easy)),))
        return Wording(self.easy)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One of the 72: its number from 立春 on, its name, how that is read, its phrases."""

    no: int
    name: str
    kana: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Almanac:
    """All 72, in order."""

    stretches: tuple[Stretch, ...] = field(repr=False)

    def on(self, day: date, *, tz: tzinfo) -> Stretch:
        """The stretch of a local day."""
        return self.stretches[stretch_of(day, tz=tz) - 1]

    def open(
        self, *, case: str, day: date, tz: tzinfo, used: Collection[str]
    ) -> tuple[Phrase, ...]:
        """The phrases of this day that were not used for the person yet, in the case's own
        order: the same case and day always give the same one first.

        Args:
            used: ids used for the person within the last twelve months.
        """
        stretch = self.on(day, tz=tz)
        fresh = (phrase for phrase in stretch.phrases if phrase.id not in used)
        return tuple(sorted(fresh, key=lambda phrase: _lot(f"{case} {day.year} {phrase.id}")))

    def phrase(self, phrase_id: str, *, day: date, tz: tzinfo) -> Phrase:
        """A phrase by its id, for a letter of this day.

        Raises:
            NoSuchPhrase. OutOfSeason: it speaks of other days.
        """
        for stretch in self.stretches:
            found = next((one for one in stretch.phrases if one.id == phrase_id), None)
            if found is not None:
                if stretch != self.on(day, tz=tz):
                    raise OutOfSeason(name=stretch.name)
                return found
        raise NoSuchPhrase(id=phrase_id)


def stretch_of(day: date, *, tz: tzinfo) -> int:
    """Which of the 72 a local day belongs to, 1 to 72: the one that began on it, or last
    before it."""
    since = (longitude_at_end_of(day, tz=tz) - BEGINS) % 360
    return int(since // DEGREES) + 1


def stretch_from(*, no: int, name: str, kana: str, phrases: Iterable[tuple[str, str]]) -> Stretch:
    """A stretch with its phrases (standard, easy) as the data have them.

    Raises:
        RubyUnmatched: G-19.
    """
    made = tuple(
        Phrase(id=f"{no:02}{letter}", standard=standard, easy=pieces(easy))
        for letter, (standard, easy) in zip(_LETTERS, phrases, strict=False)
    )
    return Stretch(no=no, name=name, kana=kana, phrases=made)


def _lot(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
