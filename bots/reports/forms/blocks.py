"""What a form is made of, from top to bottom; how it is drawn is the paper's business."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

TICKED: Final = "☑"
OPEN: Final = "□"


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """The head of a part of the form."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A label and what stands beside it; `weight`: how wide it is beside its neighbours."""

    label: str
    value: str = ""
    weight: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Labels and values beside one another."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ticks:
    """Boxes to tick, ☑ and □."""

    label: str
    options: tuple[tuple[str, bool], ...]

    @property
    def marked(self) -> tuple[str, ...]:
        """Each word with its box."""
        return tuple(f"{TICKED if ticked else OPEN}\u00a0{word}" for word, ticked in self.options)


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A label above a box of text; `lines`: how much room there is at least."""

    label: str
    text: str = ""
    lines: int = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A table; `widths` of its columns beside one another, `blank` rows left to write in."""

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    blank: int = 1


Block = Heading | Line | Ticks | Box | Grid


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """One form: its tab, its title, what stands in the corner, and its blocks."""

    tab: str
    title: str
    corner: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = field(default=())


def line(*cells: Cell) -> Line:
    """Cells beside one another."""
    return Line(cells=cells)


def ticks(label: str, options: Sequence[tuple[str, bool]]) -> Ticks:
    """Boxes to tick."""
    return Ticks(label=label, options=tuple(options))
