"""Sheets on a terminal and as CSV."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bots.reports.sheets import Sheet, Value, is_chapter

# Excel takes a file without it for one in the machine's old encoding.
BOM: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def print_sheet(console: Console, sheet: Sheet) -> None:
    """A calm table, or one for each chapter; the notes below."""
    console.print(sheet.title, style="bold", highlight=False)
    for chapter, rows in _chapters(sheet):
        table = Table(title=chapter or None, title_justify="left", title_style="bold")
        first, *others = sheet.columns
        table.add_column(first, overflow="fold", min_width=16)
        for column in others:
            table.add_column(column, justify="right", overflow="fold")
        for row in rows:
            table.add_row(*(Text(str(value)) for value in row))
        console.print(table)
    for note in sheet.notes:
        console.print(note, markup=False, highlight=False, soft_wrap=True)


def _chapters(sheet: Sheet) -> Iterator[tuple[str, list[tuple[Value, ...]]]]:
    chapter, rows = "", list[tuple[Value, ...]]()
    for row in sheet.rows:
        if not is_chapter(row):
            rows.append(row)
            continue
        if rows:
            yield chapter, rows
        chapter, rows = str(row[0]), []
    if rows:
        yield chapter, rows


def csv_text(sheets: Iterable[Sheet]) -> str:
    """One file for all sheets, with a byte order mark and lines that end as Excel has them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for place, sheet in enumerate(sheets):
        if place:
            writer.writerow(())
        writer.writerow((sheet.title,))
        writer.writerow(sheet.columns)
        writer.writerows(tuple(map(_harmless, row)) for row in sheet.rows)
        writer.writerows((note,) for note in sheet.notes)
    return BOM + out.getvalue()


def _harmless(value: Value) -> Value:
    """A text that Excel would take for a formula, as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
