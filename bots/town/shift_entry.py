"""Shifts of a town file: who is called when nobody reads (DOMAIN §8.3)."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

from pydantic import Field

from bots.town.entry import Entry
from bots.town.problems import Found
from bots.town.shapes import Code, When
from bots.town.times import Ahead, aware, on_the_day
from core.crisis.shifts import LONGEST, PLACES
from core.towns import TownShift


class ShiftEntry(Entry):
    """One colleague's shift (当番)."""

    code: Code
    staff: Code
    starts_at: When
    """Day and time; shipped towns may also write `+2d 17:00`, counted from the load."""
    ends_at: When
    place: int = Field(1, ge=1, le=PLACES)
    """1 is called first, 2 along with them; further ones after that."""


def shift_of(entry: ShiftEntry, *, at: datetime, tz: tzinfo) -> TownShift:
    """As the core has it."""
    return TownShift(
        code=entry.code,
        staff=entry.staff,
        starts_at=_moment(entry.starts_at, at=at, tz=tz),
        ends_at=_moment(entry.ends_at, at=at, tz=tz),
        place=entry.place,
    )


def unfit_shifts(shifts: dict[int, ShiftEntry], *, tz: tzinfo, shipped: bool) -> Iterator[Found]:
    """Shifts that end before they begin or last too long."""
    for place, entry in shifts.items():
        ahead = [isinstance(one, Ahead) for one in (entry.starts_at, entry.ends_at)]
        if any(ahead) and not shipped:
            yield Found(
                ("shifts", place, "starts_at"),
                "a time ahead of the load is for practice towns that ship with the product; "
                "write day and time, such as 2025-04-01 17:00",
            )
            continue
        anchor = datetime(2025, 4, 1, tzinfo=tz)
        if any(ahead) and not all(ahead):
            yield Found(("shifts", place, "ends_at"), "write both times in the same way")
            continue
        shift = shift_of(entry, at=anchor, tz=tz)
        if not timedelta() < shift.ends_at - shift.starts_at <= LONGEST:
            yield Found(
                ("shifts", place, "ends_at"),
                f"must be later than starts_at, by {LONGEST.days} days at most",
            )


def _moment(when: datetime | Ahead, *, at: datetime, tz: tzinfo) -> datetime:
    return on_the_day(when, at=at, tz=tz) if isinstance(when, Ahead) else aware(when, tz=tz)
