"""L8 and L9: length, one idea in each sentence, and how heavy the words are (G-09, G-19)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.lint.morphology import Word
from core.lint.places import Place
from core.lint.plain import is_kana
from core.lint.reading import Sentence, Text
from core.lint.rules.words import COURTEOUS, DENIES_TWICE, JOINS
from core.lint.urls import URL
from core.people import LanguageStyle
from core.wording.kinds import TextKind

MAY_BE_LONG: Final = frozenset({TextKind.FIRST, TextKind.CRISIS})
_MOST_JOINED: Final = 3
_MOST_SENTENCES: Final = 6


@dataclass(frozen=True)
class Style:
    """How heavy the words may be.

    Attributes:
        longest: code points of a sentence.
        passives, katakana: how many are too many, in the whole text.
        kanji: so many in a row are too many.
        plain: words of courtesy and sounds are heavy, too.
    """

    longest: int
    passives: int
    katakana: int
    kanji: int
    plain: bool = False


STYLES: Final = {
    LanguageStyle.STANDARD: Style(longest=60, passives=3, katakana=5, kanji=9),
    LanguageStyle.PLAIN: Style(longest=40, passives=2, katakana=3, kanji=6),
    LanguageStyle.YASASHII_RUBY: Style(longest=30, passives=1, katakana=2, kanji=5, plain=True),
}
_FREE_ENOUGH: Final = re.compile(r"\|(?:大丈夫|構う|良い|結構)\|")
_KANJI_ROW: Final = re.compile(r"[\u3400-\u9fff々]+")
_PASSIVE: Final = frozenset({"れる", "られる"})


def too_long(text: Text, *, longest: int) -> Iterator[Place]:
    """What stands beyond the most that is asked of a reader."""
    if text.plain.length > longest:
        yield Place(min(longest, len(text.plain.text)), len(text.plain.text))


def crowded(text: Text, *, style: Style) -> Iterator[Place]:
    """Sentences of more than one idea, and too many of them."""
    links = _links(text)
    for sentence in text.sentences:
        words = [word for word in sentence.words if not _in_link(links, word.start)]
        length = sum(len(word.surface) for word in words)
        joins = sum(1 for place in range(len(words)) if _joins(words, place))
        if words and (length > style.longest or joins > _MOST_JOINED):
            yield Place(words[0].start, words[-1].end)
    if len(text.sentences) > _MOST_SENTENCES:
        beyond = text.sentences[_MOST_SENTENCES].words
        yield Place(beyond[0].start, text.sentences[-1].words[-1].end)


def _joins(words: list[Word], place: int) -> bool:
    """A particle that joins clauses, with a comma behind it."""
    word = words[place]
    comma = place + 1 < len(words) and words[place + 1].surface == "、"
    return comma and word.pos[1:2] == ("接続助詞",) and word.lemma in JOINS


def _links(text: Text) -> list[tuple[int, int]]:
    return [match.span() for match in URL.finditer(text.plain.text)]


def _in_link(links: list[tuple[int, int]], place: int) -> bool:
    return any(start <= place < end for start, end in links)


def double_denials(text: Text) -> Iterator[Place]:
    """「〜ないわけではありません」: one has to think twice."""
    for sentence in text.sentences:
        match = DENIES_TWICE.search(sentence.spelt)
        if match is not None and not _FREE_ENOUGH.search(match.group()):
            first, last = sentence.word_at(match.start()), sentence.word_at(match.end() - 1)
            yield Place(sentence.words[first].start, sentence.words[last].end)


def heavy(text: Text, *, style: Style) -> Iterator[tuple[str, Place]]:
    """What makes a text heavy, by name: passive, katakana, kanji, courtesy, sounds, plain forms."""
    links = _links(text)
    words = [word for word in text.words if not _in_link(links, word.start)]
    for name, most, found in (
        (
            "passive",
            style.passives,
            [w for w in words if w.lemma in _PASSIVE and w.pos[0] == "助動詞"],
        ),
        ("katakana", style.katakana, [w for w in words if _is_foreign(w.surface)]),
    ):
        if len(found) >= most:
            yield name, Place(found[0].start, found[-1].end)
    for match in _KANJI_ROW.finditer(text.plain.text):
        if len(match.group()) >= style.kanji:
            yield "kanji", Place(*match.span())
    if style.plain:
        for word in words:
            if word.lemma in COURTEOUS:
                yield "courtesy", Place(word.start, word.end)
            elif word.pos[0] == "副詞" and _doubled(word.surface):
                yield "sounds", Place(word.start, word.end)
    yield from (("plain_form", place) for place in _blunt(text))


def _is_foreign(surface: str) -> bool:
    return len(surface) > 1 and is_kana(surface) and all(sign >= "\u30a0" for sign in surface)


def _doubled(surface: str) -> bool:
    half = len(surface) // 2
    return len(surface) == 4 and surface[:half] == surface[half:]


def _blunt(text: Text) -> Iterator[Place]:
    """A whole text in which no sentence is in です・ます."""
    sentences = [s for s in text.sentences if len(s.words) > 2 and _says_something(s)]
    if sentences and not any(_polite(sentence) for sentence in sentences):
        yield Place(sentences[0].words[0].start, sentences[-1].words[-1].end)


def _says_something(sentence: Sentence) -> bool:
    """Whether it ends in a predicate; a title or a call does not."""
    *said, mark = sentence.words
    return mark.surface in ("。", "!", "?") and said[-1].pos[0] in ("動詞", "形容詞", "助動詞")


def _polite(sentence: Sentence) -> bool:
    return any(word.base in ("です", "ます", "ください", "くださる") for word in sentence.words)
