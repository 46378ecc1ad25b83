"""Whose story a sentence tells: the writer's own, a made-up one, or the reader's.

「原稿の締め切りに間に合いませんでした」 presses nobody when the writer tells it of themselves, and
a sentence that names nobody goes on with whom the one before it was about. What asks, hopes or
advises is never a tale, whoever it begins with.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from core.lint.reading import Sentence
from core.lint.rules.words import GOES_ON, MADE_UP, OWN, SPEAKS_TO_READER, STATES, TOLD_AS_PAST

_OWN: Final = re.compile(OWN)
_MADE_UP: Final = re.compile(MADE_UP)
_TO_READER: Final = re.compile(SPEAKS_TO_READER)
# What others said is not said to the reader.
_QUOTED: Final = re.compile(r"[^ ]*\|「\|[^ ]* (?:[^ ]+ )*?\|」\|[^ ]* ")
_PAST: Final = re.compile(TOLD_AS_PAST)
_STATES: Final = re.compile(STATES)
_GOES_ON: Final = re.compile(GOES_ON)


def told(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """The sentences in order, each with whether it is a tale."""
    found: list[Sentence] = []
    own = False
    for sentence in sentences:
        spelt = _QUOTED.sub("", sentence.spelt)
        to_reader = sentence.asks or _TO_READER.search(spelt) is not None
        says_own = _OWN.search(spelt) is not None
        own = not to_reader and (says_own or own)
        past = _PAST.search(spelt) is not None
        made_up = _MADE_UP.search(spelt) is not None
        tale = not to_reader and (past or (own and _goes_on(spelt, says_own=says_own)) or made_up)
        found.append(replace(sentence, tale=tale, past=past and not to_reader))
        # 「締め切りに間に合いませんでした。わたしはいつもこうです。」
        if says_own and not to_reader and len(found) > 1 and found[-2].past:
            found[-2] = replace(found[-2], tale=True)
    return tuple(found)


def _goes_on(spelt: str, *, says_own: bool) -> bool:
    """Whether it says how things are with the writer: named anew, or by what goes on."""
    return (_STATES if says_own else _GOES_ON).search(spelt) is not None
