"""What was typed into a form, read by the kinds of its entries; nothing typed is lost."""

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final, TypeVar

from bots.web.desk.entries import Entry, Kind
from core.errors import CaseworkError

E = TypeVar("E", bound=enum.StrEnum)
LONGEST_LINE: Final = 200
LONGEST_TEXT: Final = 4000


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip:
    """What is wrong with one entry, in the reader's words."""

    name: str
    said: str


class Unfilled(Exception):
    """The form cannot be taken as it is. `slips` says where and why."""

    def __init__(self, slips: Sequence[Slip]) -> None:
        super().__init__("; ".join(slip.name for slip in slips))
        self.slips = tuple(slips)


class Prepared(Exception):
    """The form is shown once more, with something put into it for the reader to look at.

    Attributes:
        values: by entry, what stands there now. said: what was done.
    """

    def __init__(self, values: Mapping[str, str], *, said: str) -> None:
        super().__init__(", ".join(values))
        self.values = dict(values)
        self.said = said


class MoreAsked(Exception):
    """The core said no, and would not with one more entry, unseen until now.

    Attributes:
        error: the refusal. name: of the entry.
    """

    def __init__(self, error: CaseworkError, *, name: str) -> None:
        super().__init__(name)
        self.error = error
        self.name = name


class Filled:
    """The values of a form. Asking for an entry that the form does not have is a bug."""

    def __init__(
        self,
        values: Mapping[str, tuple[str, ...]],
        *,
        tz: tzinfo,
        files: Mapping[str, bytes] | None = None,
    ) -> None:
        self._values = values
        self._tz = tz
        self._files = files or {}

    def file(self, name: str) -> bytes:
        """The bytes of a file; none where none was chosen."""
        return self._files.get(name, b"")

    def asks(self, name: str) -> bool:
        """Whether the form has this entry."""
        return name in self._values

    def text(self, name: str) -> str:
        """The text; "" where nothing was typed."""
        return next(iter(self._values[name]), "")

    def maybe(self, name: str) -> str | None:
        """The text, or None where nothing was typed."""
        return self.text(name) or None

    def texts(self, name: str) -> tuple[str, ...]:
        """Everything ticked."""
        return self._values[name]

    def starting(self, prefix: str) -> dict[str, str]:
        """The texts of all entries whose names begin like this, by the rest of their names."""
        return {
            name.removeprefix(prefix): self.text(name)
            for name in self._values
            if name.startswith(prefix)
        }

    def yes(self, name: str) -> bool:
        """Whether it was ticked."""
        return bool(self.text(name))

    def number(self, name: str) -> int:
        """A whole number."""
        return int(self.text(name))

    def maybe_number(self, name: str) -> int | None:
        """A whole number, or None."""
        return int(self.text(name)) if self.text(name) else None

    def day(self, name: str) -> date:
        """A local day."""
        return date.fromisoformat(self.text(name))

    def maybe_day(self, name: str) -> date | None:
        """A local day, or None."""
        return date.fromisoformat(self.text(name)) if self.text(name) else None

    def moment(self, name: str) -> datetime:
        """An aware time; typed as local time."""
        return datetime.fromisoformat(self.text(name)).replace(tzinfo=self._tz)

    def maybe_moment(self, name: str) -> datetime | None:
        """An aware time, or None."""
        return self.moment(name) if self.text(name) else None

    def one(self, name: str, of: type[E]) -> E:
        """A member of an enumeration."""
        return of(self.text(name))

    def maybe_one(self, name: str, of: type[E]) -> E | None:
        """A member of an enumeration, or None."""
        return of(self.text(name)) if self.text(name) else None

    def many(self, name: str, of: type[E]) -> frozenset[E]:
        """Members of an enumeration."""
        return frozenset(of(value) for value in self._values[name])

    def rows(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Rows of cells; empty lines are left out."""
        return rows_of(self.text(name))


def rows_of(text: str) -> tuple[tuple[str, ...], ...]:
    """Lines of cells parted by `|`, as they are written or with a full-width bar."""
    lines = text.replace("\uff5c", "|").splitlines()
    return tuple(tuple(cell.strip() for cell in line.split("|")) for line in lines if line.strip())


def read_filled(
    form: Mapping[str, list[str]],
    entries: Sequence[Entry],
    *,
    tz: tzinfo,
    files: Mapping[str, bytes] | None = None,
) -> Filled:
    """The values of a form's entries.

    Raises:
        Unfilled: something is missing or is not what its entry asks for; all of it at once.
    """
    values = {
        entry.name: tuple(text.strip() for text in form.get(entry.name, []) if text.strip())
        for entry in entries
    }
    sent = files or {}
    slips = [
        Slip(name=entry.name, said=said)
        for entry in entries
        if (said := _no_file(entry, sent) or _wrong(entry, values[entry.name]))
    ]
    if slips:
        raise Unfilled(slips)
    return Filled(values, tz=tz, files=sent)


def _no_file(entry: Entry, files: Mapping[str, bytes]) -> str:
    if entry.kind is not Kind.FILE or not entry.required or files.get(entry.name):
        return ""
    return f"「{entry.label}」をお選びください。"


def _wrong(entry: Entry, values: tuple[str, ...]) -> str:
    if not values:
        if entry.kind is Kind.FILE:
            return ""
        return f"「{entry.label}」をお書きください。" if entry.required else ""
    told = [said for value in values if (said := _wrong_value(entry, value))]
    return told[0] if told else ""


def _wrong_value(entry: Entry, value: str) -> str:
    match entry.kind:
        case Kind.LINE if len(value) > LONGEST_LINE:
            return _too_long(value, LONGEST_LINE)
        case Kind.TEXT | Kind.ROWS if len(value) > LONGEST_TEXT:
            return _too_long(value, LONGEST_TEXT)
        case Kind.DAY if not _reads(date.fromisoformat, value):
            return "日付をお選びください(例: 2026-11-30)。"
        case Kind.MOMENT if not _reads(_local, value):
            return "日時をお選びください(例: 2026-11-30 10:00)。"
        case Kind.NUMBER if not (value.isascii() and value.isdecimal()):
            return "数字でお書きください。"
        case Kind.CHOICE | Kind.CHOICES if value not in {one.value for one in entry.options}:
            return "並んでいる中からお選びください。"
        case Kind.ROWS:
            return _wrong_rows(entry, value)
    return ""


def _too_long(value: str, most: int) -> str:
    return f"{most}字までで、お書きください(いま{len(value)}字)。"


def _wrong_rows(entry: Entry, value: str) -> str:
    least, most = entry.cells
    for number, row in enumerate(rows_of(value), start=1):
        if not least <= len(row) <= most:
            asked = str(least) if least == most else f"{least}から{most}"
            return f"{number}行目:|で区切って{asked}個の項目にしてください(いま{len(row)}個)。"
    return ""


def _reads(read: Callable[[str], object], value: str) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True


def _local(value: str) -> datetime:
    at = datetime.fromisoformat(value)
    if at.tzinfo is not None:
        raise ValueError(value)
    return at
