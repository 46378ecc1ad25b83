"""Local days and the hours in which a letter may arrive. The zone is always an argument."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

YEAR_END: Final = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})
SUNDAY: Final = 6


def local_day(at: datetime, *, tz: tzinfo) -> date:
    """The calendar day on which `at` falls for people in `tz`."""
    return at.astimezone(tz).date()


def fiscal_year(day: date) -> int:
    """The Japanese fiscal year of `day` (1 April to 31 March)."""
    return day.year if day.month >= 4 else day.year - 1


def months_later(at: datetime, months: int, *, tz: tzinfo) -> datetime:
    """The same local day and time some months on; the month's last day where it has no such day."""
    local = at.astimezone(tz)
    count = local.year * 12 + local.month - 1 + months
    year, month = divmod(count, 12)
    day = min(local.day, monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day)


class NeverOpen(ValueError):
    """The sending hours contradict themselves: they hold no moment at all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SendingHours:
    """When a letter may arrive (G-05).

    Attributes:
        opens: local time from which letters may arrive.
        closes: local time from which they may not; smaller than `opens` means past midnight,
            as for a person whose day and night are reversed.
        closed_days: public holidays, as data.
        rests_on_sundays: no letters on Sundays, holidays and at the year's end; False only when
            the person chose otherwise.
    """

    opens: time = time(10, 0)
    closes: time = time(20, 0)
    closed_days: frozenset[date] = frozenset()
    rests_on_sundays: bool = True

    def allow(self, at: datetime, *, tz: tzinfo) -> bool:
        """Whether a letter may arrive at `at`."""
        local = at.astimezone(tz)
        clock = local.time()
        if self.opens <= self.closes:
            awake = self.opens <= clock < self.closes
        else:
            awake = clock >= self.opens or clock < self.closes
        return awake and not self._rests(local.date())

    def next_opening(self, at: datetime, *, tz: tzinfo) -> datetime:
        """The first moment from `at` on at which a letter may arrive (aware, zone `tz`).

        Raises:
            NeverOpen: there is none within 60 days, so the settings contradict themselves.
        """
        if self.allow(at, tz=tz):
            return at
        day = local_day(at, tz=tz)
        for ahead in range(60):
            opening = datetime.combine(day + timedelta(days=ahead), self.opens, tzinfo=tz)
            midnight = datetime.combine(day + timedelta(days=ahead), time(), tzinfo=tz)
            for candidate in (midnight, opening):
                if candidate >= at and self.allow(candidate, tz=tz):
                    return candidate
        raise NeverOpen("these sending hours never open")

    def closing_after(self, at: datetime, *, tz: tzinfo) -> datetime:
        """The end of the sending hours in which `at` lies (aware, zone `tz`)."""
        local = at.astimezone(tz)
        same_day = datetime.combine(local.date(), self.closes, tzinfo=tz)
        return same_day if same_day > at else same_day + timedelta(days=1)

    def _rests(self, day: date) -> bool:
        if not self.rests_on_sundays:
            return False
        year_end = (day.month, day.day) in YEAR_END
        return day.weekday() == SUNDAY or day in self.closed_days or year_end
