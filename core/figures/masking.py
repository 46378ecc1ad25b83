"""Figures for the public: where few people are counted, they could be recognised (DOMAIN §6.2)."""

from collections.abc import Sequence
from typing import Final

FEW: Final = 4
MASK: Final = "<5"
# Not few by itself, and left out so that nobody finds the few by taking it from the total.
COVERED: Final = "*"


def masked(count: int) -> str:
    """A count for the public: one to four people could be recognised [D]."""
    return MASK if 1 <= count <= FEW else str(count)


def masked_row(counts: Sequence[int], *, total: int) -> tuple[tuple[str, ...], str]:
    """A row of counts and its total for the public.

    One single masked count could be found by taking the others from the total; then the smallest
    of the others is covered as well, or the total if there are no others to cover [D].
    """
    shown = [masked(count) for count in counts]
    if shown.count(MASK) != 1 or masked(total) == MASK:
        return tuple(shown), masked(total)
    others = [place for place, count in enumerate(counts) if count > FEW]
    if not others:
        return tuple(shown), COVERED
    shown[min(others, key=lambda place: counts[place])] = COVERED
    return tuple(shown), masked(total)
