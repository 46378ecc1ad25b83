"""Which days a pack means, counted from its anchor, before anybody's hours and wishes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.cadence.packs import LetterPack, offsets
from core.days import day_months_later, yearly


@dataclass(frozen=True, kw_only=True, slots=True)
class Nominal:
    """A day that a pack means.

    Attributes:
        key: names the step within its series; `b2027` is the birthday in 2027.
        replaced: a birthday stands in its place.
    """

    key: str
    day: date
    birthday: bool = False
    replaced: bool = False


def nominal_days(
    pack: LetterPack, *, anchored_on: date, birth_date: date | None
) -> tuple[Nominal, ...]:
    """The days of a pack, in order.

    A birthday stands in for the letter nearest to it (of two as near, the earlier) and is not
    one more. The first letter says who writes, and the last one says good-bye: these two stay.

    Args:
        birth_date: where it is known, and the pack has a birthday.
    """
    days = sorted(
        (
            Nominal(
                key=one.key,
                day=day_months_later(anchored_on, one.months) + timedelta(days=one.days),
            )
            for one in offsets(pack)
        ),
        key=lambda step: (step.day, step.key),
    )
    if not (pack.birthday and birth_date is not None and days):
        return tuple(days)
    for day in _birthdays(birth_date, days[0].day, days[-1].day):
        nearest = _nearest(days, day)
        days = [replace(one, replaced=True) if one.key == nearest else one for one in days]
        days.append(Nominal(key=f"b{day.year}", day=day, birthday=True))
    return tuple(sorted(days, key=lambda step: (step.day, step.key)))


def next_birthday(birth_date: date, *, on: date) -> date:
    """The first birthday on or after a day; 28 February for one born on the 29th [D]."""
    this_year = yearly(birth_date.month, birth_date.day, year=on.year)
    if this_year >= on:
        return this_year
    return yearly(birth_date.month, birth_date.day, year=on.year + 1)


def _birthdays(birth_date: date, first: date, last: date) -> Iterator[date]:
    day = next_birthday(birth_date, on=first)
    while day <= last:
        yield day
        day = next_birthday(birth_date, on=day + timedelta(days=1))


def _nearest(days: Sequence[Nominal], day: date) -> str | None:
    regular = [one for one in days if not one.birthday]
    open_to = [one for one in regular[1:-1] if not one.replaced]
    if not open_to:
        return None
    return min(open_to, key=lambda one: (abs(one.day - day), one.day)).key
