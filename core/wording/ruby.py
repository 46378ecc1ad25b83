"""Readings over kanji, as a writer notes them: ｜漢字《かんじ》 (G-19).

A reading always comes from whoever wrote the text, never from a dictionary at run time. Which
form it takes is the channel's: brackets in a plain message, `<ruby>` on a page, nothing at all
for people who like kanji as they are.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from core.errors import CaseworkError

KANJI: Final = "\u3005\u3006\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_KANA: Final = "\u3040-\u309f\u30a0-\u30ff"
_NOTED: Final = re.compile(r"｜([^｜《》\n]+)《([^｜《》\n]+)》")
_IN_BRACKETS: Final = re.compile(rf"([{KANJI}]+)\(([{_KANA}]+)\)")
_IS_KANJI: Final = re.compile(f"[{KANJI}]")
_MARKS: Final = "｜《》"


class RubyUnmatched(CaseworkError):
    """A reading has no beginning or no end. Facts: `near`, the text around it."""

    rule = "G-19"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `reading` is "" where it carries none."""

    base: str
    reading: str = ""


def pieces(text: str) -> tuple[Piece, ...]:
    """Text in notation, taken apart.

    Raises:
        RubyUnmatched: ｜, 《 and 》 do not stand together as they should.
    """
    found: list[Piece] = []
    end = 0
    for match in _NOTED.finditer(text):
        found += _plain(text[end : match.start()])
        found.append(Piece(*match.groups()))
        end = match.end()
    return (*found, *_plain(text[end:]))


def pieces_in_brackets(text: str) -> tuple[Piece, ...]:
    """Text as a plain message carries it, 漢字(かんじ), taken apart: how a stored letter is shown
    on a page. A bracket counts only where kana, and nothing else, follow kanji in it."""
    found: list[Piece] = []
    end = 0
    for match in _IN_BRACKETS.finditer(text):
        found.append(Piece(text[end : match.start()]))
        found.append(Piece(*match.groups()))
        end = match.end()
    return tuple(piece for piece in (*found, Piece(text[end:])) if piece.base)


def in_brackets(parts: Iterable[Piece]) -> str:
    """For a plain message: 漢字(かんじ)."""
    return "".join(p.base + (f"({p.reading})" if p.reading else "") for p in parts)


def bare(parts: Iterable[Piece]) -> str:
    """Without readings."""
    return "".join(piece.base for piece in parts)


def as_html(parts: Iterable[Piece]) -> str:
    """For a page: `<ruby>`, everything escaped, line breaks as `<br>`. Browsers without ruby
    show the reading in brackets."""
    return "".join(map(_html, parts))


def without_reading(parts: Iterable[Piece]) -> str:
    """The first kanji that carries no reading; "" where each has one."""
    texts = (piece.base for piece in parts if not piece.reading)
    found = next(filter(None, map(_IS_KANJI.search, texts)), None)
    return found.group() if found else ""


def _plain(text: str) -> Iterator[Piece]:
    for place, char in enumerate(text):
        if char in _MARKS:
            raise RubyUnmatched(near=text[max(0, place - 5) : place + 6])
    if text:
        yield Piece(text)


def _html(piece: Piece) -> str:
    base = html.escape(piece.base).replace("\n", "<br>")
    if not piece.reading:
        return base
    return f"<ruby>{base}<rp>(</rp><rt>{html.escape(piece.reading)}</rt><rp>)</rp></ruby>"
