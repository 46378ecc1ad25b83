"""L5: what must not show on a lock screen (G-11), and on a phone that others see (G-12)."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from core.lint.morphology import Morphology
from core.lint.places import Place, Term, places, term
from core.lint.reading import Sentence, Text
from core.lint.rules.words import (
    BRINGS,
    CLOCK,
    COMES,
    GOES_THERE,
    GREETING,
    LOCK_SCREEN_WORDS,
    MEETS,
    THEN_COMES,
)
from core.lint.urls import URL

_CASE_NUMBER: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z]{1,3}-\d{1,4}|(?:19|20)\d\d-\d{3,5})(?!\d)"
)

_COMING: Final = (COMES, GOES_THERE, MEETS, BRINGS, THEN_COMES)


@lru_cache(maxsize=64)
def _terms(words: tuple[str, ...], morphology: Morphology) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(term(word, morphology) for word in words if len(word) > 1))


def lock_screen_words(
    text: Text, morphology: Morphology, own_words: tuple[str, ...]
) -> Iterator[Place]:
    """Words that nobody who looks at the phone may read, and numbers of cases."""
    yield from places(text, _terms((*LOCK_SCREEN_WORDS, *own_words), morphology))
    for match in _CASE_NUMBER.finditer(text.plain.text):
        yield Place(*match.span())


def visits(text: Text) -> Iterator[Place]:
    """Sentences that say when somebody comes, or when one meets."""
    for sentence in text.sentences:
        spelt = sentence.spelt
        when = None if sentence.tale else CLOCK.search(spelt)
        if when is None:
            continue
        comes = next(filter(None, (shape.search(spelt) for shape in _COMING)), None)
        if comes is not None and not _says_no(spelt, comes.end()):
            first = sentence.word_at(min(when.start(), comes.start()))
            last = sentence.word_at(max(when.end(), comes.end()) - 1)
            yield Place(sentence.words[first].start, sentence.words[last].end)


def _says_no(spelt: str, place: int) -> bool:
    return re.search(r"\|(?:ず|ない|無い|た)\|", spelt[place:]) is not None


def beyond_greeting(text: Text, *, author: str) -> Iterator[Place]:
    """Sentences that are more than a greeting and a neutral link, for a shared phone (G-12)."""
    links = [match.span() for match in URL.finditer(text.plain.text)]
    for sentence in text.sentences:
        words = [
            word
            for word in sentence.words
            if not any(start <= word.start < end for start, end in links)
        ]
        if words and not _greets(Sentence(tuple(words)), author=author):
            yield Place(words[0].start, words[-1].end)


def _greets(sentence: Sentence, *, author: str) -> bool:
    for word in sentence.words:
        known = word.lemma in GREETING or word.surface in author or word.pos[0] == "補助記号"
        named = word.pos[1:3] == ("固有名詞", "人名") or word.surface in ("さん", "△")
        if not (known or named):
            return False
    return True
