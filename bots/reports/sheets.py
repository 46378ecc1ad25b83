"""A report as plain sheets of text and numbers, whatever it is printed as."""

from collections.abc import Sequence
from dataclasses import dataclass

Value = str | int


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One sheet.

    Attributes:
        name: of the tab, at most 31 characters.
        title: stands above.
        columns: heads; the first one names what a row counts.
        rows: a row of head and values each; a row of a head alone begins a chapter.
        notes: stand below.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()


def is_chapter(row: Sequence[Value]) -> bool:
    """Whether a row is the head of a chapter."""
    return len(row) == 1
