"""When two texts are the same text (G-04)."""

import unicodedata
from collections.abc import Iterable
from datetime import date


def normalised(text: str) -> str:
    """The text as it is compared: NFKC, without any white space.

    Full-width and half-width letters, line breaks and spaces make no new text. Everything else
    does: a sign-off belongs to the words, so two letters that differ in it alone are two texts.
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def same_words(one: str, other: str) -> bool:
    """Whether the person would read the same text twice."""
    return normalised(one) == normalised(other)


def said_before(text: str, *, among: Iterable[str]) -> bool:
    """Whether one of these texts is the same."""
    key = normalised(text)
    return any(normalised(other) == key for other in among)


def twelve_months_before(day: date) -> date:
    """The day from which on a text counts as said lately (G-04): the same day a year ago, and
    28 February for a leap day."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
