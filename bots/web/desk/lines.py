"""Lines of a form that name something: an agency, a kind of goal, a colleague.

What a line names is looked up by the words that the reader sees; whatever is not found is said
with what there is, line by line, all of it at once.
"""

import enum
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from bots.i18n.catalogue import word
from bots.web.desk.filled import Slip, Unfilled

T = TypeVar("T")
E = TypeVar("E", bound=enum.StrEnum)
MOST_NAMED: Final = 12


class Lines:
    """The rows of one entry, read one cell after the other; slips are gathered."""

    def __init__(self, name: str, rows: Iterable[tuple[str, ...]]) -> None:
        self.name = name
        self._rows = tuple(rows)
        self._slips: list[Slip] = []

    @property
    def rows(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The rows with their numbers, from 1."""
        return tuple(enumerate(self._rows, start=1))

    def named(self, number: int, said: str, among: Mapping[str, T]) -> T | None:
        """What these words name, whole or as a part that one name alone has.

        None, and a slip, where nothing or more than one thing is called so.
        """
        asked = _plain(said)
        whole = [value for name, value in among.items() if _plain(name) == asked]
        part = [value for name, value in among.items() if asked and asked in _plain(name)]
        found = whole or part
        if len(found) == 1:
            return found[0]
        there = "、".join(list(among)[:MOST_NAMED])
        what = "が見つかりません" if not found else "が一つに決まりません"
        self.slip(number, f"「{said}」{what}。書けるもの:{there}")
        return None

    def slip(self, number: int, said: str) -> None:
        """Something in this row is wrong."""
        self._slips.append(Slip(name=self.name, said=f"{number}行目:{said}"))

    @property
    def slips(self) -> tuple[Slip, ...]:
        """What is wrong, the first of it; a form says one thing at a time about one entry."""
        return tuple(self._slips[:1])


def require_no_slips(*lines: Lines) -> None:
    """Raises: Unfilled, with what is wrong in each of these entries."""
    slips = [slip for one in lines for slip in one.slips]
    if slips:
        raise Unfilled(slips)


def by_word(members: Iterable[E]) -> dict[str, E]:
    """Members of an enumeration by the words of the catalogue."""
    return {word(one): one for one in members}


def cell(row: tuple[str, ...], number: int) -> str:
    """A cell that may be left out; counted from 0."""
    return row[number] if number < len(row) else ""


def as_rows(rows: Iterable[Iterable[str]]) -> str:
    """Rows as they stand in a form."""
    return "\n".join(" | ".join(row).rstrip(" |") for row in rows)


def _plain(said: str) -> str:
    return unicodedata.normalize("NFKC", said).strip().casefold()
