"""The words of a sentence, as a reader of Japanese morphemes gives them."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands.

    Attributes:
        surface: as written.
        base: its dictionary form, such as 待つ for 待っ.
        lemma: the dictionary form in its usual spelling, whether it was written in kanji or kana.
        reading: in katakana; "" where it has none.
        pos: part of speech, from the coarse to the fine; the last is the form of inflection.
        start, end: code points of the text that was read.
    """

    surface: str
    base: str
    lemma: str
    reading: str
    pos: tuple[str, ...]
    start: int
    end: int


class Morphology(Protocol):
    """Cuts a text into words. May be asked from several threads at once."""

    def words(self, text: str) -> tuple[Word, ...]:
        """The words in order, without blanks; together they are the text."""
        ...

    def __hash__(self) -> int:
        """What was worked out with it is remembered by it."""
        ...
