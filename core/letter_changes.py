"""What changed between two wordings of a letter, sentence by sentence."""

import re
from difflib import SequenceMatcher
from typing import Final, NamedTuple

# A sentence ends with its mark, or with the line.
_SENTENCE: Final = re.compile(r"[^。！？!?\n]*[。！？!?]+\n*|[^。！？!?\n]*\n+|[^。！？!?\n]+")


class Change(NamedTuple):
    """One place: what stood there, and what stands there now; "" where nothing does."""

    was: str
    now: str


def sentences(text: str) -> list[str]:
    """The text cut at the ends of sentences and lines; nothing of it is lost."""
    return _SENTENCE.findall(text)


def changes_of(was: str, now: str) -> tuple[Change, ...]:
    """The places in which the two differ, in the order of the text; none where they are alike."""
    before, after = sentences(was), sentences(now)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return tuple(
        Change("".join(before[i:j]), "".join(after[k:m]))
        for tag, i, j, k, m in matcher.get_opcodes()
        if tag != "equal"
    )
