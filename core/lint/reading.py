"""A text read into sentences, ready to be looked through for patterns."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from core.lint.morphology import Morphology, Word
from core.lint.plain import Plain, in_hiragana, is_kana
from core.lint.rules.words import ALIASES

_ENDS: Final = frozenset("。!?\n")
_OPENING, _CLOSING = "「『(【〈《“", "」』)】〉》”"
# One letter for each part of speech; a verb's, adjective's or auxiliary's form follows it.
_CLASSES: Final = {
    "名詞": "n",
    "代名詞": "n",
    "動詞": "v",
    "形容詞": "a",
    "形状詞": "k",
    "副詞": "d",
    "助詞": "p",
    "助動詞": "x",
    "接尾辞": "s",
    "接頭辞": "h",
    "感動詞": "i",
    "連体詞": "r",
    "接続詞": "c",
    "補助記号": "y",
    "記号": "y",
}
_FORMS: Final = {
    "意志推量形": "o",
    "命令形": "i",
    "未然形": "z",
    "連用形": "y",
    "終止形": "s",
    "連体形": "t",
    "仮定形": "k",
}
# Of nouns: given names, family names, names of places, numbers.
_KINDS: Final = {"名": "m", "姓": "f", "地名": "g", "数詞": "u"}
_KATAKANA_LONG: Final = 2


@dataclass(frozen=True)
class Sentence:
    """The words of one sentence, its closing mark included.

    Attributes:
        words: with places in the plain text.
        asks: it ends in a question mark.
        tale: the writer tells of themselves, or of something made up (`telling`).
        past: it tells of what is over, and does not turn to the reader.
    """

    words: tuple[Word, ...]
    asks: bool = False
    tale: bool = False
    past: bool = False

    @cached_property
    def spelt(self) -> str:
        """Each word as `|surface|base|lemma|:class `, which patterns look through."""
        return "".join(_spelt(word) for word in self.words)

    @cached_property
    def _places(self) -> list[int]:
        places, place = [], 0
        for word in self.words:
            places.append(place)
            place += len(_spelt(word))
        return places

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every spelling of every word."""
        return frozenset(
            part
            for word in self.words
            for part in (
                word.surface,
                word.base,
                word.lemma,
                ALIASES.get(word.lemma, word.lemma),
                _short(word.surface),
            )
        )

    def word_at(self, place: int) -> int:
        """The number of the word that stands at a place of `spelt`."""
        return max(0, bisect_right(self._places, place) - 1)

    def place_of(self, number: int) -> int:
        """Where the word stands in `spelt`; its end where there is no such word."""
        places = self._places
        return places[number] if number < len(places) else len(self.spelt)

    def quoted(self, number: int) -> bool:
        """Whether the word stands within quotation marks."""
        depth = 0
        for word in self.words[:number]:
            depth += (word.surface in _OPENING) - (word.surface in _CLOSING)
        return depth > 0

    def after_quote(self, number: int) -> int:
        """The number of the first word behind the quotation in which this word stands."""
        for place in range(number, len(self.words)):
            if self.words[place].surface in _CLOSING:
                return place + 1
        return len(self.words)


@dataclass(frozen=True)
class Text:
    """A text, plain and in sentences."""

    plain: Plain
    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> Iterator[Word]:
        """All of its words."""
        for sentence in self.sentences:
            yield from sentence.words


def read(written: str, morphology: Morphology, *, as_written: bool = False) -> Text:
    """Make plain, cut into words, and put together into sentences.

    Args:
        as_written: a text without any hiragana stays as it is, for words that are katakana.
    """
    plain = Plain(written)
    sentences: list[Sentence] = []
    open_words: list[Word] = []
    depth = 0
    for word in morphology.words(plain.text if as_written else _all_kana(plain.text)):
        if word.surface in _OPENING:
            depth += 1
        elif word.surface in _CLOSING:
            depth = max(0, depth - 1)
        ends = _ENDS.intersection(word.surface) and not _in_address(plain.text, word.end)
        # A full stop within a quotation does not end the sentence around it.
        if ends and ("\n" in word.surface or not depth):
            sentences.append(Sentence((*open_words, word), asks="?" in word.surface))
            open_words, depth = [], 0
        else:
            open_words.append(_in_kana(word, morphology))
    if open_words:
        sentences.append(Sentence(tuple(open_words)))
    return Text(plain, tuple(s for s in sentences if len(s.words) > 1 or not _only_mark(s)))


def _in_address(text: str, place: int) -> bool:
    """Whether a question mark there belongs to a link: 「…/l/x?token=…」."""
    return text[place : place + 1].isascii() and text[place : place + 1].isalnum()


def _all_kana(text: str) -> str:
    """A text without any hiragana, of the same length in hiragana: 「ヘンジヲマッテイマス」."""
    katakana = any("\u30a1" <= sign <= "\u30f6" for sign in text)
    hiragana = any("\u3041" <= sign <= "\u3096" for sign in text)
    return in_hiragana(text) if katakana and not hiragana else text


def _only_mark(sentence: Sentence) -> bool:
    return all(word.pos and word.pos[0] == "補助記号" for word in sentence.words)


def _in_kana(word: Word, morphology: Morphology) -> Word:
    """A Japanese word that was written in katakana, as the word that it is."""
    surface = word.surface
    if len(surface) < _KATAKANA_LONG or word.lemma != surface or not is_kana(surface):
        return word
    spelt = in_hiragana(surface)
    if spelt == surface:
        return word
    again = morphology.words(spelt)
    if len(again) != 1 or again[0].lemma in (spelt, surface):
        return word
    (known,) = again
    return Word(surface, known.base, known.lemma, known.reading, known.pos, word.start, word.end)


def _spelt(word: Word) -> str:
    kind = _CLASSES.get(word.pos[0], "z") if word.pos else "z"
    form = _form(word, kind)
    lemma = ALIASES.get(word.lemma, word.lemma)
    surface = _short(word.surface) if kind in "pxi" else word.surface
    return f"|{_safe(surface)}|{_safe(word.base)}|{_safe(lemma)}|:{kind}{form} "


def _short(surface: str) -> str:
    """Without the drawl at its end: 「かー」."""
    return surface.rstrip("ー~") or surface


def _form(word: Word, kind: str) -> str:
    """The second letter of its class: a form of inflection, or what kind of name it is."""
    if kind in "vax":
        return _FORMS.get(word.pos[-1].split("-")[0], "")
    if kind == "n":
        return next((_KINDS[part] for part in reversed(word.pos) if part in _KINDS), "")
    return ""


def _safe(part: str) -> str:
    return part.replace("|", "").replace(" ", "").replace("\n", "")
