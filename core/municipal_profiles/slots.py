"""The town's regular days as times that can be offered (M3, R-049)."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from core.meetings.sittings import Slot, SlotKind
from core.municipal_profiles.cadence import Offer

# The profile names days, not hours; the secretariat changes these where they do not fit [D].
BEGINS: Final = time(10, 0)
LASTS: Final = timedelta(minutes=90)


def slots_of(
    offers: Iterable[Offer], *, tz: tzinfo, begins: time = BEGINS, lasts: timedelta = LASTS
) -> tuple[Slot, ...]:
    """A time for each offer that names one day; stretches and ad hoc offers name none."""
    starts = (datetime.combine(o.earliest, begins, tzinfo=tz) for o in offers if o.fixed)
    return tuple(
        Slot(begins_at=start, ends_at=start + lasts, kind=SlotKind.REGULAR) for start in starts
    )
