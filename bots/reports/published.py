"""Reads a printed sheet of results: CSV, the rows and columns of the table (docs/figures.md)."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Final

from bots.i18n.catalogue import say, word
from bots.i18n.names import LAWS_OWN, Names
from core.figures.results import PrintedSheet, ResultItem
from core.programmes import Programme

VERSION: Final = "1"
HEAD: Final = "項目"
EDITION: Final = "版"
_SHIPPED: Final = files("bots.town") / "shipped"
_PROGRAMMES: Final = {
    ResultItem.OUTREACH: Programme.OUTREACH,
    ResultItem.PARTICIPATION: Programme.PARTICIPATION,
}
_COUNT: Final = re.compile(r"\s*(\d[\d,]*)\s*(?:件|回)?\s*")


class PublishedWrong(Exception):
    """The sheet cannot be read.

    Attributes:
        problems: one line for each: file, line, what is wrong, what may stand there.
    """

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def shipped_sheets() -> tuple[str, ...]:
    """Names of the printed sheets that ship with the product."""
    named = (entry.name for entry in _SHIPPED.iterdir())
    return tuple(sorted(name for name in named if name.endswith(".csv")))


def read_published(source: str, *, names: Names = LAWS_OWN) -> PrintedSheet:
    """The sheet of a file, or a shipped one by its name.

    Args:
        names: the town's own, by which its sheets call the programmes.

    Raises:
        PublishedWrong: with everything that is wrong, line by line.
        OSError: there is no such file.
    """
    at = _SHIPPED / source if source in shipped_sheets() else Path(source)
    lines = [
        (number, [cell.strip() for cell in row])
        for number, row in enumerate(csv.reader(at.read_text("utf-8-sig").splitlines()), start=1)
        if any(cell.strip() for cell in row)
    ]
    problems: list[str] = []
    cells = tuple(_cells(source, lines, _heads(names), problems))
    if problems:
        raise PublishedWrong(problems)
    return PrintedSheet(cells=cells)


def _heads(names: Names) -> dict[str, ResultItem]:
    """The rows by their heads, under the law's names and under the town's."""
    law = {_bare(label_of(item)): item for item in ResultItem}
    return law | {_bare(label_of(item, names=names)): item for item in ResultItem}


def _cells(
    source: str,
    lines: list[tuple[int, list[str]]],
    items: dict[str, ResultItem],
    problems: list[str],
) -> Iterator[tuple[ResultItem, str, int]]:
    columns: list[str] | None = None
    seen: set[ResultItem] = set()
    for number, row in lines:
        head, *values = row
        if head == EDITION:
            if values[:1] != [VERSION]:
                problems.append(say("results.version", file=source, line=number, allowed=VERSION))
        elif head == HEAD:
            columns = values
        elif columns is None:
            problems.append(say("results.no_head", file=source, line=number, head=HEAD))
            return
        elif (item := items.get(_bare(head))) is None or item in seen:
            allowed = "、".join(label_of(one) for one in ResultItem if one not in seen)
            said = say("results.no_row", file=source, line=number, found=head, allowed=allowed)
            problems.append(said)
        else:
            seen.add(item)
            yield from _row(source, number, item, columns, values, problems)
    if not seen and not problems:
        problems.append(say("results.no_head", file=source, line=1, head=HEAD))


def _row(
    source: str,
    number: int,
    item: ResultItem,
    columns: list[str],
    values: list[str],
    problems: list[str],
) -> Iterator[tuple[ResultItem, str, int]]:
    for place, column in enumerate(columns):
        found = unicodedata.normalize("NFKC", values[place]) if place < len(values) else ""
        count = _COUNT.fullmatch(found)
        if column and count:
            yield item, column, int(count.group(1).replace(",", ""))
        elif column:
            problems.append(
                say("results.no_number", file=source, line=number, column=column, found=found)
            )


def label_of(item: ResultItem, *, names: Names = LAWS_OWN) -> str:
    """The row's head, as the printed table has it, with the town's own names of programmes."""
    programme = _PROGRAMMES.get(item)
    if programme is None:
        return word(item)
    return say("results.uses", programme=names.programme(programme).removesuffix("事業"))


def _bare(label: str) -> str:
    """A head without the blanks and the kinds of signs in which prints differ."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", label))
