"""When a body meets: on fixed days, so many times a year or month, or whenever asked (R-049)."""

import enum
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final

FIRST_MONTH: Final = 4
_SATURDAY: Final = 5


class Rhythm(enum.StrEnum):
    """How meetings follow one another."""

    ANY_TIME = "any_time"
    FIXED_DATES = "fixed_dates"
    TIMES_A_YEAR = "times_a_year"
    TIMES_A_MONTH = "times_a_month"
    EVERY_MONTHS = "every_months"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cadence:
    """How often, and as far as the town has said so, on which days.

    Attributes:
        times: how many a year, or a month.
        every_months: one in so many months, counted from April.
        any_time: beside the regular ones, whenever a case needs it.
        approximate: the town says "about" (概ね).
        months: in which months, for so many times a year.
        days: on which days of the month; without them a stretch of time is offered.
        dates: the days announced, for fixed dates.
    """

    rhythm: Rhythm
    times: int = 1
    every_months: int = 1
    any_time: bool = False
    approximate: bool = False
    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    dates: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A day to meet, or the stretch within which the secretariat sets one; both ends included.

    Attributes:
        ad_hoc: outside the regular dates, as soon as people can come.
    """

    earliest: date
    latest: date
    ad_hoc: bool = False

    @property
    def fixed(self) -> bool:
        """Whether it names one day."""
        return self.earliest == self.latest and not self.ad_hoc


def offers(
    cadence: Cadence, *, after: date, closed_days: frozenset[date] = frozenset(), count: int = 3
) -> tuple[Offer, ...]:
    """The next meetings after a day, the earliest first; last, where possible, an ad hoc one.

    A regular day on a weekend or holiday moves to the next working day [D].

    Args:
        after: the local day on which a meeting is asked for.
        closed_days: public holidays.
        count: how many regular ones at most.
    """
    found = tuple(islice(_regular(cadence, after=after, closed_days=closed_days), count))
    if cadence.any_time or cadence.rhythm is Rhythm.ANY_TIME:
        return (*found, Offer(earliest=after, latest=after, ad_hoc=True))
    return found


def _regular(cadence: Cadence, *, after: date, closed_days: frozenset[date]) -> Iterator[Offer]:
    match cadence.rhythm:
        case Rhythm.ANY_TIME:
            return
        case Rhythm.FIXED_DATES:
            for day in sorted(cadence.dates):
                if day > after:
                    yield Offer(earliest=day, latest=day)
        case _ if cadence.days:
            yield from _on_days(cadence, after=after, closed_days=closed_days)
        case _:
            for first, last in _stretches(cadence, after=after):
                if last > after:
                    yield Offer(earliest=max(first, after + timedelta(days=1)), latest=last)


def _on_days(cadence: Cadence, *, after: date, closed_days: frozenset[date]) -> Iterator[Offer]:
    # One month back: its last regular day may have moved past the end of the month.
    month = _month_later(after.replace(day=1), -1)
    while True:
        if _meets_in(cadence, month.month):
            for number in sorted(cadence.days):
                day = _working_day(_day_of(month, number), closed_days)
                if day > after:
                    after = day
                    yield Offer(earliest=day, latest=day)
        month = _month_later(month, 1)


def _meets_in(cadence: Cadence, month: int) -> bool:
    if cadence.rhythm is Rhythm.TIMES_A_YEAR:
        return not cadence.months or month in cadence.months
    if cadence.rhythm is Rhythm.EVERY_MONTHS:
        return (month - FIRST_MONTH) % 12 % cadence.every_months == 0
    return True


def _stretches(cadence: Cadence, *, after: date) -> Iterator[tuple[date, date]]:
    year = after.year if after.month >= FIRST_MONTH else after.year - 1
    start = date(year, FIRST_MONTH, 1)
    while True:
        if cadence.rhythm is Rhythm.TIMES_A_MONTH:
            yield from _parts_of_month(start, cadence.times)
            start = _month_later(start, 1)
        elif cadence.rhythm is Rhythm.TIMES_A_YEAR and cadence.months:
            if start.month in cadence.months:
                yield start, _end_of(start, months=1)
            start = _month_later(start, 1)
        else:
            step = cadence.every_months
            if cadence.rhythm is Rhythm.TIMES_A_YEAR:
                step = max(1, 12 // cadence.times)
            yield start, _end_of(start, months=step)
            start = _month_later(start, step)


def _parts_of_month(first: date, parts: int) -> Iterator[tuple[date, date]]:
    length = monthrange(first.year, first.month)[1]
    for part in range(parts):
        yield (
            first.replace(day=length * part // parts + 1),
            first.replace(day=length * (part + 1) // parts),
        )


def _end_of(first: date, *, months: int) -> date:
    return _month_later(first, months) - timedelta(days=1)


def _month_later(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _day_of(month: date, number: int) -> date:
    return month.replace(day=min(number, monthrange(month.year, month.month)[1]))


def _working_day(day: date, closed_days: frozenset[date]) -> date:
    while day.weekday() >= _SATURDAY or day in closed_days:
        day += timedelta(days=1)
    return day
