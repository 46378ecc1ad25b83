"""A text as it reads, whatever it was typed with, and where each sign of it came from.

Full and half width are one, signs that nobody sees are gone, and words that were spaced out are
drawn together, so that 「ひ き こ も り」 and 「ﾋｷｺﾓﾘ」 are read as what they say. Readings in
brackets, 漢字(かんじ), are for the eye (G-19): they are left out, and count for no length.
"""

import re
import unicodedata
from functools import cached_property, lru_cache
from typing import Final

from core.wording.ruby import KANJI

_MARKS: Final = "ﾞﾟ"
# Signs that are put between the letters of a word to hide it.
_SPACERS: Final = frozenset(" ・･.·*_/|-‐")
_LONG_MARK: Final = "ー"
_READING: Final = re.compile(rf"(?<=[{KANJI}])\([\u3041-\u3096\u30a1-\u30fa{_LONG_MARK}]+\)")
_KANJI_BEFORE: Final = re.compile(rf"[{KANJI}]+$")
# Hardly a reading of daily use is longer. What is, is words in brackets, and is read.
_KANA_EACH, _KANA_MORE = 3, 1


class Plain:
    """A text in plain signs.

    Attributes:
        text: normalised (NFKC), one sign for each letter, without readings.
        length: code points as written, readings and blanks at the edges aside.
    """

    def __init__(self, written: str) -> None:
        self.written = written
        every = _signs(written)
        signs = _without_readings(every)
        in_readings = len(every) - len(signs)
        self.length = len(written.strip()) - in_readings
        signs = _drawn_together(signs)
        self.text = "".join(sign for sign, _, _ in signs)
        self._starts = [start for _, start, _ in signs]
        self._ends = [end for _, _, end in signs]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where signs `start` to `end` (half-open) stand in the text as written."""
        if start >= end:
            place = self._ends[start - 1] if start else 0
            return place, place
        return self._starts[start], self._ends[end - 1]

    def as_written(self, start: int, end: int) -> str:
        """These signs as they were written."""
        first, last = self.span(start, end)
        return self.written[first:last]

    @cached_property
    def is_blank(self) -> bool:
        """Whether nothing can be seen of it."""
        return not self.text.strip()


def _signs(written: str) -> list[tuple[str, int, int]]:
    """Each plain sign with the place, half-open, of what was written for it."""
    found: list[tuple[str, int, int]] = []
    place = 0
    while place < len(written):
        end = place + 1
        while end < len(written) and _joins(written[end]):
            end += 1
        cluster = written[place:end]
        seen = "".join(sign for sign in cluster if not _unseen(sign))
        found += [(sign, place, end) for sign in unicodedata.normalize("NFKC", seen)]
        place = end
    return found


def _without_readings(signs: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Without the brackets behind kanji that say how these are read."""
    text = "".join(sign for sign, _, _ in signs)
    if "(" not in text:
        return signs
    kept: list[tuple[str, int, int]] = []
    end = 0
    for match in _READING.finditer(text):
        kanji = _KANJI_BEFORE.search(text, 0, match.start())
        longest = _KANA_EACH * len(kanji.group()) + _KANA_MORE if kanji else 0
        if len(match.group()) - len("()") <= longest:
            kept += signs[end : match.start()]
            end = match.end()
    return [*kept, *signs[end:]]


def _joins(sign: str) -> bool:
    return sign in _MARKS or unicodedata.combining(sign) != 0 or _unseen(sign)


def _unseen(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf" or "\ufe00" <= sign <= "\ufe0f"


def _drawn_together(signs: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Without the spacers of a word of which some letter stands alone."""
    kept = []
    for place, sign in enumerate(signs):
        if sign[0] in _SPACERS and _within_a_word(signs, place):
            continue
        kept.append(sign)
    return kept


def _within_a_word(signs: list[tuple[str, int, int]], place: int) -> bool:
    def letter(at: int) -> bool:
        return 0 <= at < len(signs) and is_japanese(signs[at][0])

    if not (letter(place - 1) and letter(place + 1)):
        return False
    return not letter(place - 2) or not letter(place + 2)


def is_japanese(sign: str) -> bool:
    """Whether it is kana or kanji."""
    return (
        ("\u3041" <= sign <= "\u30ff" and sign != "・")
        or "\u3400" <= sign <= "\u9fff"
        or sign == "々"
    )


def in_hiragana(text: str) -> str:
    """Katakana as hiragana, other signs as they are."""
    return "".join(chr(ord(sign) - 0x60) if "\u30a1" <= sign <= "\u30f6" else sign for sign in text)


def is_kana(text: str) -> bool:
    """Whether it is kana and nothing else."""
    return bool(text) and all("\u3041" <= sign <= "\u30ff" for sign in text)


@lru_cache(maxsize=512)
def letters_of(text: str) -> str:
    """What is left of a text without blanks, punctuation and width: two texts of the same
    letters say the same (G-04). Remembered: each new letter is held against all of a year."""
    return "".join(sign for sign in in_hiragana(Plain(text).text).casefold() if sign.isalnum())
