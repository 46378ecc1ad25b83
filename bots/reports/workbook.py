"""Sheets as an Excel workbook, to be printed on A4 as they are."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from bots.i18n.catalogue import say
from bots.reports.sheets import Sheet, is_chapter

FONT: Final = "游ゴシック"
_HEAD: Final = "E8EEF0"
_CHAPTER: Final = "F4F7F8"
_LINE: Final = "B8C4C8"
# Japanese signs are two of a column's units wide.
_WIDEST: Final = 46
_NARROWEST: Final = 9


class WorkbookMissing(Exception):
    """The library that writes workbooks is not installed."""


def save_sheets(sheets: Iterable[Sheet], path: Path) -> None:
    """Write the sheets as one workbook.

    Raises:
        WorkbookMissing.
    """
    book = new_workbook()
    for sheet in sheets:
        _write(book.create_sheet(sheet.name[:31]), sheet)
    book.save(path)


def new_workbook() -> Any:
    """An empty workbook without a sheet. Raises: WorkbookMissing."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise WorkbookMissing(say("results.no_openpyxl")) from error
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def on_paper(tab: Any, *, landscape: bool = False, title_rows: str | None = None) -> None:
    """A4, one page wide, however many pages long; the page's number below."""
    tab.page_setup.paperSize = tab.PAPERSIZE_A4
    tab.page_setup.orientation = "landscape" if landscape else "portrait"
    tab.page_setup.fitToWidth = 1
    tab.page_setup.fitToHeight = 0
    tab.sheet_properties.pageSetUpPr.fitToPage = True
    tab.print_options.horizontalCentered = True
    for edge in ("left", "right", "top", "bottom"):
        setattr(tab.page_margins, edge, 0.5)
    tab.oddFooter.center.text = "&P / &N"
    tab.print_title_rows = title_rows
    tab.sheet_view.showGridLines = False


def width_of(texts: Sequence[object]) -> int:
    """A column's width for these texts, in its own units."""
    widest = max((units_of(str(text)) for text in texts), default=0)
    return max(_NARROWEST, min(widest + 2, _WIDEST))


def units_of(text: str) -> int:
    """How wide a text is, in a column's units; its longest line."""
    return max(
        (sum(2 if ord(sign) > 0x2E7F else 1 for sign in line) for line in text.split("\n")),
        default=0,
    )


def _write(tab: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    line = Side(style="thin", color=_LINE)
    box = Border(left=line, right=line, top=line, bottom=line)
    tab.append((sheet.title,))
    tab["A1"].font = Font(name=FONT, size=14, bold=True)
    tab.append(())
    tab.append(sheet.columns)
    for cell in tab[3]:
        cell.font = Font(name=FONT, size=10, bold=True)
        cell.fill = PatternFill("solid", fgColor=_HEAD)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = box
    for row in sheet.rows:
        tab.append(row)
        chapter = is_chapter(row)
        for place in range(1, len(sheet.columns) + 1):
            cell = tab.cell(row=tab.max_row, column=place)
            if isinstance(cell.value, str):
                # Words are no formulas, whatever they begin with.
                cell.data_type = "s"
            cell.font = Font(name=FONT, size=10, bold=chapter)
            cell.border = box
            side = "left" if place == 1 else "right"
            cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=place == 1)
            if chapter:
                cell.fill = PatternFill("solid", fgColor=_CHAPTER)
    tab.append(())
    for note in sheet.notes:
        tab.append((note,))
        tab.cell(row=tab.max_row, column=1).font = Font(name=FONT, size=9, color="555555")
    shown = [row for row in sheet.rows if not is_chapter(row)]
    for place, head in enumerate(sheet.columns):
        texts = [head, *(row[place] for row in shown if place < len(row))]
        tab.column_dimensions[get_column_letter(place + 1)].width = width_of(texts)
    tab.freeze_panes = "B4"
    on_paper(tab, landscape=len(sheet.columns) > 6, title_rows="3:3")
