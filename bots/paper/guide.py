"""The guide for the person at home, as PDF: A4, large type, a reading above every kanji."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from bots.paper.guide_words import Guide, Part, Words
from bots.paper.ruby_lines import height_of, lines_of, set_line
from bots.paper.sheet import A4, rule, say, sheet
from bots.paper.typeface import ACCENT, LINE

if TYPE_CHECKING:
    from fpdf import FPDF

_MARGIN: Final = 20.0
_WIDTH: Final = A4[0] - 2 * _MARGIN
_FIRST: Final = 16.0
_BOTTOM: Final = A4[1] - 15.0
_TITLE, _HEADING, _BODY = 26.0, 18.0, 15.5
_AIR: Final = 1.4
_BETWEEN: Final = 2.0
_BUTTON: Final = 52.0
_BUTTON_GAP: Final = 5.0
_DOT: Final = 6.0


def printed_guide(guide: Guide, *, made_at: datetime) -> bytes:
    """The PDF, of two A4 pages with names and hours of usual length."""
    pdf = sheet(title=guide.account, made_at=made_at)
    flow = _Flow(pdf)
    flow.head(guide)
    for part in guide.parts:
        flow.part(part)
    return bytes(pdf.output())


class _Flow:
    """Puts one thing under the other, and goes on on a new page before one would be parted."""

    def __init__(self, pdf: "FPDF") -> None:
        self._pdf = pdf
        self._top = _FIRST

    def head(self, guide: Guide) -> None:
        """Title and account."""
        self._words(guide.title, size=_TITLE, left=_MARGIN, width=_WIDTH, accent=True)
        say(self._pdf, guide.account, _MARGIN, self._top + 1, size=12, soft=True)
        self._top += 9
        rule(self._pdf, _MARGIN, self._top, _WIDTH)

    def part(self, part: Part) -> None:
        """A heading, its lines, its buttons."""
        self._top += 6
        first = part.lines[0]
        self._room(self._high(part.title, _HEADING) + _BETWEEN + self._high(first, _BODY))
        self._words(part.title, size=_HEADING, left=_MARGIN, width=_WIDTH, accent=True)
        self._top += _BETWEEN
        for line in part.lines:
            self._item(line)
        for name, does in part.buttons:
            self._button(name, does)

    def _item(self, line: Words) -> None:
        self._room(self._high(line, _BODY, _WIDTH - _DOT))
        self._pdf.set_fill_color(*ACCENT)
        middle = self._top + height_of(_BODY) - 2.6
        self._pdf.ellipse(_MARGIN + 0.6, middle - 1.1, 1.8, 1.8, style="F")
        self._words(line, size=_BODY, left=_MARGIN + _DOT, width=_WIDTH - _DOT)
        self._top += _BETWEEN

    def _button(self, name: Words, does: Words) -> None:
        pdf, left = self._pdf, _MARGIN + _BUTTON + _BUTTON_GAP
        width = _WIDTH - _BUTTON - _BUTTON_GAP
        self._room(self._high(does, _BODY, width) + 3)
        high = height_of(_BODY) + 4
        pdf.set_draw_color(*LINE)
        pdf.set_line_width(0.5)
        pdf.rect(_MARGIN, self._top, _BUTTON, high, round_corners=True, corner_radius=4)
        (only,) = lines_of(pdf, name, size=_BODY, width=_BUTTON)
        set_line(pdf, only, _MARGIN + 5, self._top + 1.2, size=_BODY, colour=ACCENT)
        self._top += 1.2
        self._words(does, size=_BODY, left=left, width=width)
        self._top += 4.2

    def _words(
        self, words: Words, *, size: float, left: float, width: float, accent: bool = False
    ) -> None:
        colour = {"colour": ACCENT} if accent else {}
        for line in lines_of(self._pdf, words, size=size, width=width):
            set_line(self._pdf, line, left, self._top, size=size, **colour)
            self._top += height_of(size) + _AIR

    def _high(self, words: Words, size: float, width: float = _WIDTH) -> float:
        lines = lines_of(self._pdf, words, size=size, width=width)
        return len(lines) * (height_of(size) + _AIR)

    def _room(self, needs: float) -> None:
        if self._top + needs > _BOTTOM:
            self._pdf.add_page()
            self._top = _FIRST
