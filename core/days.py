"""Local days and the hours in which a letter may arrive. The zone is always an argument."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

YEAR_END: Final = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})
SATURDAY: Final = 5
SUNDAY: Final = 6


def local_day(at: datetime, *, tz: tzinfo) -> date:
    """The calendar day on which `at` falls for people in `tz`."""
    return at.astimezone(tz).date()


def fiscal_year(day: date) -> int:
    """The Japanese fiscal year of `day` (1 April to 31 March)."""
    return day.year if day.month >= 4 else day.year - 1


def day_months_later(day: date, months: int) -> date:
    """The same day some months on; the month's last day where it has no such day.

    Counted from `day` each time: two months after 31 January are 31 March, not 28.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_later(at: datetime, months: int, *, tz: tzinfo) -> datetime:
    """The same local day and time some months on; the month's last day where it has no such day."""
    local = at.astimezone(tz)
    return datetime.combine(day_months_later(local.date(), months), local.timetz())


def yearly(month: int, day: int, *, year: int) -> date:
    """The day of a year that comes once a year; 28 February stands for the 29th where there is
    none."""
    return date(year, month, min(day, monthrange(year, month)[1]))


# So far ahead an opening is looked for.
DAYS_AHEAD: Final = timedelta(days=60)


class NeverOpen(ValueError):
    """The sending hours contradict themselves: they hold no moment at all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DaysOff:
    """Days on which the person wants no letter, such as the day of a death (G-22).

    Attributes:
        first, last: both ends included.
        yearly: each year again, by month and day; it may run over the turn of the year.
    """

    first: date
    last: date
    yearly: bool = False

    def cover(self, day: date) -> bool:
        """Whether `day` is one of them."""
        if not self.yearly:
            return self.first <= day <= self.last
        first = yearly(self.first.month, self.first.day, year=day.year)
        last = yearly(self.last.month, self.last.day, year=day.year)
        if first <= last:
            return first <= day <= last
        return day >= first or day <= last


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
        rests_on_saturdays: nor on Saturdays; the town settles that.
        days_off: days on which this person wants no letter, whatever else is settled.
    """

    opens: time = time(10, 0)
    closes: time = time(20, 0)
    closed_days: frozenset[date] = frozenset()
    rests_on_sundays: bool = True
    rests_on_saturdays: bool = False
    days_off: tuple[DaysOff, ...] = ()

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
        for ahead in range(DAYS_AHEAD.days):
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
        return self.wants_none(day) or self.shut(day)

    def shut(self, day: date) -> bool:
        """Whether letters rest on this day for everybody who keeps the same week."""
        if not self.rests_on_sundays:
            return False
        weekend = day.weekday() == SUNDAY or (self.rests_on_saturdays and day.weekday() == SATURDAY)
        return weekend or day in self.closed_days or (day.month, day.day) in YEAR_END

    def wants_none(self, day: date) -> bool:
        """Whether the person wants no letter on this day."""
        return any(days.cover(day) for days in self.days_off)
