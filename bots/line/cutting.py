"""JSON that is cut into its parts, each exactly as it was written.

An event is kept in LINE's own bytes, so that nothing of it is lost by reading it: a property that
stands twice, a number that we would round, half a character.
"""

import json
import re
from typing import Any, Final, NamedTuple

# Python reads no longer ones, and no number of LINE's comes near.
_LONGEST_NUMBER: Final = 400
_BLANK: Final = re.compile(r"[ \t\n\r]*")


class Part(NamedTuple):
    """A value, and its own text."""

    value: Any
    text: str


def parsed(raw: bytes) -> Any:
    """The value of a JSON text in UTF-8; None where it is none, or nested deeper than we read.

    A number longer than we read is its digits as text. Of a property that stands twice the last
    one counts, as everywhere in Python.
    """
    try:
        return _DECODER.decode(raw.decode())
    except (ValueError, RecursionError):
        return None


def parts_of(raw: bytes, *, name: str) -> tuple[Part, ...] | None:
    """The elements of the list under this name in a JSON object, in their order.

    Where the name stands twice, both count; what stands there and is no list counts as one part,
    which is the whole object.

    Returns:
        None where it is no object, or does not have the name.
    """
    try:
        return _parts(raw.decode(), name)
    except (ValueError, RecursionError, IndexError):
        return None


def _parts(text: str, name: str) -> tuple[Part, ...] | None:
    at = _past_blank(text, 0)
    if text[at] != "{":
        return None
    found: list[Part] = []
    named = False
    at = _past_blank(text, at + 1)
    while text[at] != "}":
        key, at = _DECODER.raw_decode(text, at)
        at = _past_blank(text, _past(text, at, ":"))
        begins = at
        value, at = _DECODER.raw_decode(text, at)
        if key == name:
            named = True
            found += _elements(text, begins) if isinstance(value, list) else [_whole(text)]
        at = _past_blank(text, at)
        if text[at] == ",":
            at = _past_blank(text, at + 1)
    return tuple(found) if named else None


def _elements(text: str, at: int) -> list[Part]:
    found: list[Part] = []
    at = _past_blank(text, at + 1)
    while text[at] != "]":
        value, ends = _DECODER.raw_decode(text, at)
        found.append(Part(value, text[at:ends]))
        at = _past_blank(text, ends)
        if text[at] == ",":
            at = _past_blank(text, at + 1)
    return found


def _whole(text: str) -> Part:
    return Part(_DECODER.decode(text), text)


def _past(text: str, at: int, sign: str) -> int:
    at = _past_blank(text, at)
    if text[at] != sign:
        raise ValueError(f"no {sign!r} at {at}")
    return at + 1


def _past_blank(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return at if blank is None else blank.end()


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


_DECODER: Final = json.JSONDecoder(parse_int=_whole_number)
