"""The two ways in which LINE counts characters (LINE.md §3.5).

Which one holds differs from field to field: message text and postback data count UTF-16 code
units, labels and template texts count what a reader calls one character.
"""

from typing import Literal

import regex  # type: ignore[import-untyped]

Unit = Literal["utf16", "grapheme"]

_CLUSTER = regex.compile(r"\X")


def utf16_units(text: str) -> int:
    """The length in UTF-16 code units; a character outside the basic plane counts two."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def grapheme_clusters(text: str) -> int:
    """The length in grapheme clusters; a family emoji counts one."""
    if text.isascii() and "\r" not in text:
        return len(text)
    return sum(1 for _ in _CLUSTER.finditer(text))


def length(text: str, unit: Unit) -> int:
    """The length of `text` in `unit`."""
    return utf16_units(text) if unit == "utf16" else grapheme_clusters(text)
