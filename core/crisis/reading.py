"""Reads a message for words on which people are called: yes, maybe, or nothing of the kind.

It reads words, not strings: 火曜日, 首をかしげる and 切手を切った say nothing. Recall comes
first: what is denied, quoted, past or told of others is a maybe, and a maybe calls people, too.
"""

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from core.crisis.words import EMPTY_LIST, WordEntry, WordList
from core.lint.morphology import Morphology
from core.lint.patterns import compiled_line, denied, unmeant
from core.lint.plain import in_hiragana
from core.lint.reading import Sentence, Text, read
from core.municipal_profiles.crisis import Peril

Span = tuple[int, int]


class Sign(enum.StrEnum):
    """How clear it is. A MAYBE is worded as one, and calls people all the same."""

    CLEAR = "CLEAR"
    MAYBE = "MAYBE"


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """What a message gave reason for; never the words.

    Attributes:
        perils: what they speak of, in the order of `Peril`.
    """

    sign: Sign
    perils: tuple[Peril, ...]


@dataclass(frozen=True, kw_only=True)
class CrisisReader:
    """What reads every message of a person."""

    morphology: Morphology
    words: WordList = EMPTY_LIST

    def hear(self, text: str) -> Heard | None:
        """What this message gives reason for, or None."""
        return hear(text, words=self.words, morphology=self.morphology)


def hear(text: str, *, words: WordList, morphology: Morphology) -> Heard | None:
    """Look through a message for every entry of the list."""
    found: dict[Peril, Sign] = {}
    for reading in _readings(_with_whole_kana(text), morphology):
        for entry in words.entries:
            sign = _sign_of(entry, reading, words)
            if sign is not None and found.get(entry.peril) is not Sign.CLEAR:
                found[entry.peril] = sign
    if not found:
        return None
    clear = Sign.CLEAR in found.values()
    return Heard(
        sign=Sign.CLEAR if clear else Sign.MAYBE,
        perils=tuple(peril for peril in Peril if peril in found),
    )


def _readings(text: str, morphology: Morphology) -> Iterator[Text]:
    """「シニタイ」 is read in hiragana, 「リスカ」 as it is: all in katakana is read both ways."""
    first = read(text, morphology)
    yield first
    if in_hiragana(first.plain.text) != first.plain.text:
        again = read(text, morphology, as_written=True)
        if again.sentences != first.sentences:
            yield again


_SMALL: Final = str.maketrans("ぁぃぅぇぉァィゥェォ", "あいうえおアイウエオ")
# Drawn out or laughed behind a word: 「しにたぃー」, 「死にたいwww」.
_TAIL: Final = re.compile(r"(?<=[\u3041-\u30ff\u4e00-\u9fff])[wWｗ]+(?![A-Za-z])")


def _with_whole_kana(text: str) -> str:
    """Small vowels as whole ones and without laughter; nothing is shown of it to anybody."""
    return _TAIL.sub("", text.translate(_SMALL))


def _sign_of(entry: WordEntry, text: Text, words: WordList) -> Sign | None:
    if any(_spans(entry.unless_beside, sentence) for sentence in text.sentences):
        return None
    found: Sign | None = None
    for sentence in text.sentences:
        taken_back = _spans(entry.unless, sentence)
        for start, end in _spans(entry.sure, sentence):
            if not _overlaps((start, end), taken_back):
                if not _only_maybe(entry, sentence, start, end, words):
                    return Sign.CLEAR
                found = Sign.MAYBE
        for span in _spans(entry.maybe, sentence):
            if not _overlaps(span, taken_back):
                found = Sign.MAYBE
    return found


def _only_maybe(
    entry: WordEntry, sentence: Sentence, start: int, end: int, words: WordList
) -> bool:
    """Whether the company of the words makes a maybe of them."""
    around = words.around
    own = entry.peril is Peril.SELF
    return (
        sentence.quoted(start)
        or denied(sentence, end)
        or unmeant(sentence, start, end)
        or bool(_spans(around.past, sentence))
        or bool(_spans(around.told, sentence))
        or bool(_spans(around.everyday, sentence))
        or (own and any(place[0] < end for place in _spans(around.others, sentence)))
    )


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _spans(lines: tuple[str, ...], sentence: Sentence) -> list[Span]:
    """Where these lines stand: first word and the one behind the last."""
    return [span for line in lines for span in _of_line(line, sentence)]


def _of_line(line: str, sentence: Sentence) -> Iterator[Span]:
    anchors = _anchors(line)
    if anchors and not anchors & sentence.vocabulary:
        return
    for match in _compiled(line).finditer(sentence.spelt):
        if match.end() > match.start():
            yield sentence.word_at(match.start()), sentence.word_at(match.end() - 1) + 1


@lru_cache(maxsize=1024)
def _compiled(line: str) -> re.Pattern[str]:
    return re.compile(compiled_line(line))


@lru_cache(maxsize=1024)
def _anchors(line: str) -> frozenset[str]:
    """Words of which one must be in the sentence, so that most lines need no search."""
    for term in line.split():
        if term[0] not in "{.,^$!" and not term.endswith("?"):
            words = term.lstrip("=").split("/")
            return frozenset([*words, "で"] if "て" in words else words)
    return frozenset()
