"""What a form asks for: its entries, each with a visible label."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bots.i18n.catalogue import word


class Kind(enum.StrEnum):
    """How a value is asked for.

    ROWS is a text with one line for each row, cells parted by `|`; HELD travels along unseen,
    such as the version that the form was made from. FILE is a file from the reader's machine.
    """

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    YES = "yes"
    ROWS = "rows"
    HELD = "held"
    FILE = "file"


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One answer of a choice."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One field of a form.

    Attributes:
        label: what stands beside it; unique in its form. For ROWS it names the cells.
        help: one calm line below the label.
        value: what stands in it at first; for CHOICES several.
        cells: how many cells a row of ROWS has at least and at most.
        folded: it is folded away with its neighbours under these words; "" for an open one.
        opens: of a HELD one, as what it is shown once something stands in it or it is asked for.
    """

    name: str
    label: str
    kind: Kind = Kind.LINE
    options: tuple[Option, ...] = ()
    required: bool = True
    help: str = ""
    value: str | tuple[str, ...] = ""
    cells: tuple[int, int] = (1, 1)
    opens: Kind | None = None
    folded: str = ""

    @property
    def opened(self) -> "Entry":
        """The same, to be seen."""
        return self if self.opens is None else replace(self, kind=self.opens)


def of_enum(members: Iterable[enum.StrEnum], *, locale: str = "ja") -> tuple[Option, ...]:
    """Options of an enumeration, in the catalogue's words."""
    return tuple(Option(value=one.value, label=word(one, locale=locale)) for one in members)


def held(name: str, value: object) -> Entry:
    """A value that travels along unseen."""
    return Entry(name=name, label="", kind=Kind.HELD, value=str(value))
