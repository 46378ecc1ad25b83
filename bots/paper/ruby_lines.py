"""Sets words with their readings above them, broken into lines as Japanese is (JLREQ §3)."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from bots.paper.typeface import FAMILY, INK, SOFT_INK, Colour
from core.wording.ruby import Piece

if TYPE_CHECKING:
    from fpdf import FPDF

READING: Final = 0.48
"""The size of a reading, as a part of that of the words under it."""
_BETWEEN: Final = 1.06
# Capitals and kanji reach about so high over the line on which they stand, in em.
_HIGH: Final = 0.88
# What stays together: words of Latin letters and hours; and every other sign for itself.
_RUN: Final = re.compile(r"[0-9A-Za-z:.]+|.", re.S)
_NOT_FIRST: Final = frozenset(
    "、。，．・：；？！」』）〕】〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々〜,.:;?!)]"
)
_NOT_LAST: Final = frozenset("「『〔【〈《([")
_ENDS: Final = frozenset("、。 ")
_SPACE: Final = (Piece(" "),)

Line = tuple[Piece, ...]


def lines_of(pdf: "FPDF", words: tuple[Piece, ...], *, size: float, width: float) -> list[Line]:
    """The words in lines of at most so many mm, which end between phrases where they can.

    A reading is never parted from what it is over.
    """
    lines: list[Line] = []
    line: list[Piece] = []
    used = 0.0
    for unit in _fitting(pdf, words, size=size, width=width):
        needs = _all(pdf, unit, size=size)
        if line and used + needs > width:
            lines.append(tuple(line))
            line, used = [], 0.0
        # A space at which a line ends is not there.
        if line or unit != _SPACE:
            line += unit
            used += needs
    return [*lines, tuple(line)]


def set_line(
    pdf: "FPDF", line: Line, left: float, top: float, *, size: float, colour: Colour = INK
) -> None:
    """Draw one line; `top` is that of the readings."""
    high = _pt(READING * size) * _BETWEEN
    level = top + high + _HIGH * _pt(size)
    for text, reading in _joined(line):
        piece = Piece(text, reading)
        wide = _width(pdf, piece, size=size)
        if reading:
            pdf.set_text_color(*(SOFT_INK if colour == INK else colour))
            own = _wide(pdf, reading, size * READING)
            pdf.text(left + (wide - own) / 2, top + _HIGH * _pt(READING * size), reading)
        pdf.set_text_color(*colour)
        own = _wide(pdf, text, size)
        pdf.text(left + (wide - own) / 2, level, text)
        left += wide


def height_of(size: float) -> float:
    """How high a line with its readings is, without the air below it."""
    return _pt(READING * size) * _BETWEEN + _pt(size)


def _fitting(
    pdf: "FPDF", words: tuple[Piece, ...], *, size: float, width: float
) -> Iterator[tuple[Piece, ...]]:
    """Phrases; or what no line end may part, where a phrase is longer than a line."""
    small = list(_units(words))
    phrase: tuple[Piece, ...] = ()
    for place, unit in enumerate(small):
        phrase += unit
        ends = phrase[-1].base[-1] in _ENDS or small[place + 1 : place + 2] in ([], [_SPACE])
        if not ends:
            continue
        yield from (phrase,) if _all(pdf, phrase, size=size) <= width else _units(phrase)
        phrase = ()


def _units(words: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
    """What no line end may part: a sign together with those that must not begin or end a line."""
    unit: tuple[Piece, ...] = ()
    for piece in _split(words):
        stays = piece.base[0] in _NOT_FIRST or (unit and unit[-1].base[-1] in _NOT_LAST)
        if unit and (unit == _SPACE or not stays):
            yield unit
            unit = ()
        unit += (piece,)
    if unit:
        yield unit


def _split(words: tuple[Piece, ...]) -> Iterator[Piece]:
    for piece in words:
        if piece.reading:
            yield piece
        else:
            yield from map(Piece, _RUN.findall(piece.base))


def _joined(line: Line) -> Iterator[tuple[str, str]]:
    """Signs without readings are drawn together, so that the file's text can be read."""
    begun = ""
    for piece in line:
        if not piece.reading:
            begun += piece.base
            continue
        if begun:
            yield begun, ""
        begun = ""
        yield piece.base, piece.reading
    if begun:
        yield begun, ""


def _all(pdf: "FPDF", unit: tuple[Piece, ...], *, size: float) -> float:
    return sum(_width(pdf, piece, size=size) for piece in unit)


def _width(pdf: "FPDF", piece: Piece, *, size: float) -> float:
    own = _wide(pdf, piece.base, size)
    return max(own, _wide(pdf, piece.reading, size * READING)) if piece.reading else own


def _wide(pdf: "FPDF", text: str, size: float) -> float:
    pdf.set_font(FAMILY, size=size)
    return float(pdf.get_string_width(text))


def _pt(size: float) -> float:
    """Points in mm."""
    return size * 25.4 / 72
