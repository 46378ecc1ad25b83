"""Pictures of figures, drawn by us: bars from noughts up, in the order of time or of the town.

Each picture is told by the numbers on it and by the table below it; colour says nothing that
words do not. No picture orders areas by what they have (R-053).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 640
_BAR_HIGHEST: Final = 120
_TOP: Final = 24
_FOOT: Final = 26
_ROW: Final = 30
_LABEL: Final = 150
_WIDEST: Final = 420


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One bar, where it stands and what is written on it; all lengths in units of the picture."""

    x: float
    y: float
    width: float
    height: float
    label: str
    label_x: float
    label_y: float
    count: int
    count_x: float
    count_y: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture as its template draws it.

    Attributes:
        said: the whole picture in one sentence, for whoever hears it read.
    """

    title: str
    said: str
    width: int
    height: int
    bars: tuple[Bar, ...]


def standing_bars(title: str, counts: Sequence[tuple[str, int]], *, said: str) -> Picture:
    """Bars beside one another, a label under and a number over each."""
    step = WIDTH / max(len(counts), 1)
    width = min(step * 0.62, 64)
    highest = max((count for _, count in counts), default=0) or 1
    bars = []
    for place, (label, count) in enumerate(counts):
        height = _BAR_HIGHEST * count / highest
        middle = step * (place + 0.5)
        top = _TOP + _BAR_HIGHEST - height
        bars.append(
            Bar(
                x=round(middle - width / 2, 1),
                y=round(top, 1),
                width=round(width, 1),
                height=round(height, 1),
                label=label,
                label_x=round(middle, 1),
                label_y=_TOP + _BAR_HIGHEST + 18,
                count=count,
                count_x=round(middle, 1),
                count_y=round(top - 6, 1),
            )
        )
    return Picture(
        title=title,
        said=said,
        width=WIDTH,
        height=_TOP + _BAR_HIGHEST + _FOOT,
        bars=tuple(bars),
    )


def lying_bars(title: str, counts: Sequence[tuple[str, int]], *, said: str) -> Picture:
    """Bars under one another, a label before and a number behind each; in the order given."""
    highest = max((count for _, count in counts), default=0) or 1
    bars = []
    for place, (label, count) in enumerate(counts):
        width = _WIDEST * count / highest
        top = place * _ROW + 4
        bars.append(
            Bar(
                x=_LABEL,
                y=top,
                width=round(width, 1),
                height=_ROW - 10,
                label=label,
                label_x=_LABEL - 10,
                label_y=top + 15,
                count=count,
                count_x=round(_LABEL + width + 10, 1),
                count_y=top + 15,
            )
        )
    return Picture(
        title=title, said=said, width=WIDTH, height=len(counts) * _ROW + 8, bars=tuple(bars)
    )
