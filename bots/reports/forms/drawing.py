"""Draws a form into a workbook: a grid of 24 narrow columns on A4, boxes merged over them."""

import math
from pathlib import Path
from typing import Any, Final

from bots.reports.forms.blocks import Box, Grid, Heading, Line, Paper, Ticks
from bots.reports.workbook import FONT, new_workbook, on_paper, units_of

COLUMNS: Final = 24
_WIDTH: Final = 3.9
_LABEL: Final = 5
_POINTS: Final = 15.5
# What the indent and the frame of a box take of it, in a column's units.
_MARGIN: Final = 3.5
_LABEL_PAPER: Final = "EEF3F4"
_HEAD_PAPER: Final = "DCE6E8"
_INK: Final = "8A989C"


def save_forms(papers: tuple[Paper, ...], path: Path) -> None:
    """Write the forms, a tab each. Raises: WorkbookMissing."""
    book = new_workbook()
    for paper in papers:
        _Drawing(book.create_sheet(paper.tab[:31])).draw(paper)
    book.save(path)


class _Drawing:
    """One tab, drawn row by row."""

    def __init__(self, tab: Any) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
        from openpyxl.utils import get_column_letter

        self._tab = tab
        self._row = 1
        self._align, self._font, self._fill = Alignment, Font, PatternFill
        side = Side(style="thin", color=_INK)
        self._box = Border(left=side, right=side, top=side, bottom=side)
        for place in range(1, COLUMNS + 1):
            tab.column_dimensions[get_column_letter(place)].width = _WIDTH
        on_paper(tab)

    def draw(self, paper: Paper) -> None:
        """The whole form."""
        self._text(1, 17, paper.title, size=15, bold=True)
        self._text(18, COLUMNS, paper.corner, size=9, across="right")
        self._next(26)
        for block in paper.blocks:
            if isinstance(block, Heading):
                self._heading(block)
            elif isinstance(block, Line):
                self._line(block)
            elif isinstance(block, Ticks):
                self._labelled(block.label, _packed(block))
            elif isinstance(block, Box):
                self._boxed(block)
            else:
                self._grid(block)
        for note in paper.notes:
            self._text(1, COLUMNS, note, size=8.5)
            self._next(_height(note, COLUMNS, least=1))

    def _heading(self, block: Heading) -> None:
        self._next(6)
        self._text(1, COLUMNS, block.text, bold=True, paper=_HEAD_PAPER, boxed=True)
        self._next(18)

    def _line(self, block: Line) -> None:
        whole = sum(cell.weight for cell in block.cells)
        begins, lines = 1, 1.0
        for place, cell in enumerate(block.cells):
            last = place == len(block.cells) - 1
            ends = COLUMNS if last else begins + COLUMNS * cell.weight // whole - 1
            label = begins + min(_LABEL, max(3, (ends - begins + 1) // 3)) - 1
            self._text(begins, label, cell.label, paper=_LABEL_PAPER, boxed=True, size=9)
            self._text(label + 1, ends, cell.value, boxed=True)
            lines = max(
                lines,
                _lines(cell.value, ends - label),
                _lines(cell.label, label - begins + 1),
            )
            begins = ends + 1
        self._next(_POINTS * lines + 4)

    def _labelled(self, label: str, text: str, *, least: int = 1) -> None:
        self._text(1, _LABEL, label, paper=_LABEL_PAPER, boxed=True, size=9)
        self._text(_LABEL + 1, COLUMNS, text, boxed=True)
        lines = max(_lines(label, _LABEL), _lines(text, COLUMNS - _LABEL), least)
        self._next(_POINTS * lines + 4)

    def _boxed(self, block: Box) -> None:
        self._labelled(block.label, block.text, least=block.lines)

    def _grid(self, block: Grid) -> None:
        spans = _spans(block.widths)
        for (begins, ends), head in zip(spans, block.columns, strict=True):
            self._text(begins, ends, head, paper=_LABEL_PAPER, boxed=True, size=9, across="center")
        self._next(_POINTS + 4)
        empty = tuple("" for _ in block.columns)
        for row in (*block.rows, *(empty for _ in range(block.blank))):
            lines = 1.0
            for (begins, ends), value in zip(spans, row, strict=True):
                self._text(begins, ends, value, boxed=True)
                lines = max(lines, _lines(value, ends - begins + 1))
            self._next(_POINTS * lines + 4)

    def _text(
        self,
        begins: int,
        ends: int,
        value: str,
        *,
        size: float = 10,
        bold: bool = False,
        paper: str | None = None,
        boxed: bool = False,
        across: str = "left",
    ) -> None:
        cell = self._tab.cell(row=self._row, column=begins, value=value)
        # Words of people may begin with = and are words all the same.
        cell.data_type = "s"
        cell.font = self._font(name=FONT, size=size, bold=bold)
        indent = 1 if across == "left" and boxed else 0
        cell.alignment = self._align(
            horizontal=across, vertical="center", wrap_text=True, indent=indent
        )
        for place in range(begins, ends + 1):
            one = self._tab.cell(row=self._row, column=place)
            if boxed:
                one.border = self._box
            if paper is not None:
                one.fill = self._fill("solid", fgColor=paper)
        if ends > begins:
            self._tab.merge_cells(
                start_row=self._row, end_row=self._row, start_column=begins, end_column=ends
            )

    def _next(self, points: float) -> None:
        self._tab.row_dimensions[self._row].height = points
        self._row += 1


def _packed(block: Ticks) -> str:
    """The boxes in lines that break between two of them, and not inside a word."""
    room = (COLUMNS - _LABEL) * _WIDTH - _MARGIN
    lines, begun = list[str](), ""
    for one in block.marked:
        longer = f"{begun}\u3000{one}" if begun else one
        if begun and units_of(longer) > room:
            lines.append(begun)
            longer = one
        begun = longer
    return "\n".join([*lines, begun])


def _lines(text: str, columns: int) -> int:
    """How many lines a text takes in so many columns, at ten points."""
    room = max(columns * _WIDTH - _MARGIN, 2)
    return sum(max(1, math.ceil(units_of(one) / room)) for one in text.split("\n"))


def _height(text: str, columns: int, *, least: int) -> float:
    return _POINTS * max(_lines(text, columns), least) + 2


def _spans(widths: tuple[int, ...]) -> list[tuple[int, int]]:
    """First and last column of each, so that all of them fill the page."""
    whole, done, spans = sum(widths), 0, []
    begins = 1
    for width in widths:
        done += width
        ends = COLUMNS * done // whole
        spans.append((begins, ends))
        begins = ends + 1
    return spans
