"""Where a word or a phrase stands, so that a word inside another word is not taken for it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from core.lint.morphology import Morphology, Word
from core.lint.plain import in_hiragana, is_kana
from core.lint.reading import Text


class Place(NamedTuple):
    """A stretch of the plain text, half-open."""

    start: int
    end: int


class Term(NamedTuple):
    """A word or phrase that is looked for.

    Attributes:
        text: as it is usually written, plain.
        lemmas: its words in their usual spelling.
        reading: in hiragana.
    """

    text: str
    lemmas: tuple[str, ...]
    reading: str


def term(text: str, morphology: Morphology) -> Term:
    """A word or phrase, known by its spelling, its words and its sound."""
    words = morphology.words(text)
    reading = in_hiragana("".join(word.reading or word.surface for word in words))
    return Term(text, tuple(word.lemma for word in words), reading)


def places(text: Text, terms: Iterable[Term]) -> Iterator[Place]:
    """Where these stand: as written, in another spelling, or in kana."""
    words = tuple(text.words)
    plain = text.plain.text
    edges = frozenset(edge for word in words for edge in (word.start, word.end))
    sounds = _in_kana(words)
    lemmas = tuple(word.lemma for word in words)
    known = frozenset(lemmas)
    every_sound = "\n".join(run.sound for run in sounds)
    for wanted in terms:
        found: set[Place] = set()
        if wanted.text in plain:
            found.update(_as_written(plain, wanted.text, words, edges))
        if known.issuperset(wanted.lemmas):
            found.update(_by_lemma(words, lemmas, wanted.lemmas))
        if len(wanted.reading) > 2 and wanted.reading in every_sound:
            found.update(_by_sound(sounds, wanted.reading))
        yield from sorted(found)


def _as_written(
    plain: str, wanted: str, words: tuple[Word, ...], edges: frozenset[int]
) -> Iterator[Place]:
    """Not where it is made of the end of one word and the beginning of another."""
    start = plain.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        whole = start in edges and end in edges
        inside = not whole and any(
            (word.start == start and end <= word.end) or (word.start <= start and end == word.end)
            for word in words
        )
        # Kana within a longer word are no word of their own (「うつくしい」).
        if whole or (inside and not is_kana(wanted)) or _half_open(start, end, edges, wanted):
            yield Place(start, end)
        start = plain.find(wanted, start + 1)


def _half_open(start: int, end: int, edges: frozenset[int], wanted: str) -> bool:
    return (start in edges) != (end in edges) and not is_kana(wanted) and len(wanted) > 2


def _by_lemma(
    words: tuple[Word, ...], lemmas: tuple[str, ...], wanted: tuple[str, ...]
) -> Iterator[Place]:
    if not wanted:
        return
    size = len(wanted)
    for number in range(len(words) - size + 1):
        if lemmas[number : number + size] == wanted:
            yield Place(words[number].start, words[number + size - 1].end)


class _Run(NamedTuple):
    """Words in kana, one beside the other.

    Attributes:
        sound: in hiragana, sign for sign.
        start: place of its first sign.
        edges: where in `sound` a word begins or ends.
    """

    sound: str
    start: int
    edges: frozenset[int]


def _in_kana(words: tuple[Word, ...]) -> list[_Run]:
    """Each run of words that are written in kana."""
    runs: list[list[Word]] = []
    for word in words:
        if not is_kana(word.surface):
            continue
        if runs and runs[-1][-1].end == word.start:
            runs[-1].append(word)
        else:
            runs.append([word])
    return [_run(run) for run in runs]


def _run(words: list[Word]) -> _Run:
    sound, start = in_hiragana("".join(word.surface for word in words)), words[0].start
    edges = frozenset(edge - start for word in words for edge in (word.start, word.end))
    return _Run(sound, start, edges)


def _by_sound(runs: list[_Run], wanted: str) -> Iterator[Place]:
    """A phrase in kana whose words together sound like the one that is looked for."""
    for run in runs:
        first = run.sound.find(wanted)
        while first >= 0:
            end = first + len(wanted)
            if first in run.edges and end in run.edges:
                yield Place(run.start + first, run.start + end)
            first = run.sound.find(wanted, first + 1)
