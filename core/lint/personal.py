"""L6: what is the person's own, or their family's: names, addresses, numbers, appointments."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from core.lint.morphology import Morphology
from core.lint.places import Place, Term, places, term
from core.lint.plain import Plain
from core.lint.reading import Sentence, Text
from core.lint.rules.words import (
    ADDRESS,
    BORN,
    DAY,
    LONG_NUMBER,
    NAMED_KIN,
    PLACE_TO_MEET,
    THEIR_TELEPHONE,
)
from core.people import Person

_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_SIGNS_OFF: Final = frozenset({"です", "と", "より", "だ", "が", "か"})
# 「〜で会う約束でしたね」 tells of what is still to come.
_AGREED: Final = frozenset({"約束", "予定", "待ち合わせ", "待ち合わせる"})


def private_words(person: Person) -> tuple[str, ...]:
    """What must not stand in a letter to this person: names, address, numbers, and what the
    person does not want mentioned (L6). Names count whole and in their parts.
    """
    names = [person.name, person.kana, *person.name.split(), *person.kana.split()]
    others = [part for key in person.key_persons for part in (key.name, *key.name.split())]
    return tuple(
        dict.fromkeys(
            word.strip()
            for word in (
                *names,
                *others,
                person.address,
                *person.phones,
                *person.emails,
                *person.do_not_mention,
            )
            if len(word.strip()) > 1
        )
    )


@lru_cache(maxsize=256)
def _terms(words: tuple[str, ...], morphology: Morphology) -> tuple[Term, ...]:
    return tuple(
        term("".join(Plain(word).text.split()), morphology) for word in words if len(word) > 1
    )


def told_of_the_person(
    text: Text, morphology: Morphology, *, private: tuple[str, ...], author: str
) -> Iterator[Place]:
    """The person's own names, address, numbers and what is not to be mentioned."""
    for place in places(text, _terms(private, morphology)):
        if not (author and _is_signature(text, place, author)):
            yield place


def personal_data(text: Text) -> Iterator[Place]:
    """Addresses, mail addresses, dates of birth and long numbers, whosever they are."""
    for shape in (ADDRESS, _MAIL, BORN, LONG_NUMBER, NAMED_KIN, THEIR_TELEPHONE):
        for match in shape.finditer(text.plain.text):
            yield Place(*match.span())


def appointments(text: Text) -> Iterator[Place]:
    """Sentences that say when and where one meets."""
    for sentence in text.sentences:
        spelt = sentence.spelt
        day, place = DAY.search(spelt), PLACE_TO_MEET.search(spelt)
        if day is None or place is None:
            continue
        if _past_or_denied(sentence, sentence.word_at(place.end() - 1)):
            continue
        first = sentence.word_at(min(day.start(), place.start()))
        last = sentence.word_at(max(day.end(), place.end()) - 1)
        yield Place(sentence.words[first].start, sentence.words[last].end)


def _past_or_denied(sentence: Sentence, number: int) -> bool:
    if any(word.lemma in _AGREED for word in sentence.words):
        return False
    return any(word.lemma in ("た", "ず", "ない") for word in sentence.words[number:])


def _is_signature(text: Text, place: Place, author: str) -> bool:
    """Whether the one who writes has the same name, and signs with it here."""
    if text.plain.text[place.start : place.end] not in author.replace(" ", ""):
        return False
    behind = text.plain.text[place.end :].lstrip()
    return (
        not behind or behind[0] in "。、\n" or behind.startswith(("です", "より", "と申", "でした"))
    )
