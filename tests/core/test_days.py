"""Local days and sending hours."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.days import SendingHours, fiscal_year, local_day, months_later
from tests.people import TOKYO

moments = st.datetimes(
    min_value=datetime(2025, 1, 1), max_value=datetime(2032, 1, 1), timezones=st.just(UTC)
)
clocks = st.times().map(lambda t: t.replace(second=0, microsecond=0))


def tokyo(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=TOKYO)  # type: ignore[arg-type,misc]


def test_a_day_is_the_local_one() -> None:
    assert local_day(datetime(2026, 3, 31, 15, 0, tzinfo=UTC), tz=TOKYO) == date(2026, 4, 1)


def test_the_fiscal_year_begins_in_april() -> None:
    assert fiscal_year(date(2026, 3, 31)) == 2025
    assert fiscal_year(date(2026, 4, 1)) == 2026


@pytest.mark.parametrize(
    ("at", "months", "then"),
    [
        (tokyo(2026, 1, 31, 10), 1, tokyo(2026, 2, 28, 10)),
        (tokyo(2028, 1, 31, 10), 1, tokyo(2028, 2, 29, 10)),
        (tokyo(2026, 11, 30, 10), 3, tokyo(2027, 2, 28, 10)),
        (tokyo(2026, 12, 15, 23), 1, tokyo(2027, 1, 15, 23)),
    ],
)
def test_months_are_calendar_months(at: datetime, months: int, then: datetime) -> None:
    assert months_later(at, months, tz=TOKYO) == then


@pytest.mark.rule("G-05")
@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        (tokyo(2026, 11, 30, 9, 59), False),
        (tokyo(2026, 11, 30, 10, 0), True),
        (tokyo(2026, 11, 30, 19, 59), True),
        (tokyo(2026, 11, 30, 20, 0), False),
        (tokyo(2026, 11, 29, 12, 0), False),  # a Sunday
        (tokyo(2026, 12, 29, 12, 0), False),
        (tokyo(2027, 1, 3, 12, 0), False),
        (tokyo(2026, 11, 23, 12, 0), False),  # a public holiday
    ],
)
def test_quiet_hours_and_days_of_rest(at: datetime, allowed: bool) -> None:
    hours = SendingHours(closed_days=frozenset({date(2026, 11, 23)}))
    assert hours.allow(at, tz=TOKYO) is allowed


@pytest.mark.rule("G-05")
def test_the_own_rhythm_of_somebody_awake_at_night() -> None:
    night = SendingHours(opens=time(21, 0), closes=time(3, 0))
    assert night.allow(tokyo(2026, 12, 1, 1, 0), tz=TOKYO)
    assert not night.allow(tokyo(2026, 12, 1, 12, 0), tz=TOKYO)
    assert night.closing_after(tokyo(2026, 12, 1, 22, 0), tz=TOKYO) == tokyo(2026, 12, 2, 3, 0)


@pytest.mark.rule("G-05")
@given(at=moments, opens=clocks, closes=clocks)
def test_the_next_opening_is_open_and_none_lies_before_it(
    at: datetime, opens: time, closes: time
) -> None:
    hours = SendingHours(opens=opens, closes=closes)
    if opens == closes:
        return
    opening = hours.next_opening(at, tz=TOKYO)
    assert opening >= at
    assert hours.allow(opening, tz=TOKYO)
    step = at
    while step < min(opening, at + timedelta(days=3)):
        assert not hours.allow(step, tz=TOKYO)
        step += timedelta(minutes=37)


def test_hours_that_never_open_say_so() -> None:
    with pytest.raises(ValueError, match="never open"):
        SendingHours(opens=time(10), closes=time(10)).next_opening(tokyo(2026, 11, 30, 1), tz=TOKYO)
