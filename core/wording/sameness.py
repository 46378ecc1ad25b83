"""When words are those that were approved, and how far back a year goes (G-04, G-06).

Whether a letter says again what an earlier one said is the wording check's to judge (L10,
`core.lint.plain.letters_of`), which also looks past punctuation.
"""

import unicodedata
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


def twelve_months_before(day: date) -> date:
    """The day from which on a text counts as said lately (G-04): the same day a year ago, and
    28 February for a leap day."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
