"""The distance of letters, worked out in one place."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.pace import PACE_WINDOW, TooSoon, earliest_fit, require_pace

GAP = timedelta(hours=72)
moments = st.datetimes(
    min_value=datetime(2026, 1, 1), max_value=datetime(2026, 6, 1), timezones=st.just(UTC)
)


def day(number: int) -> datetime:
    return datetime(2026, 1, 1, 10, tzinfo=UTC) + timedelta(days=number)


def fits(moment: datetime, others: list[datetime], most: int) -> bool:
    """The rule as one reads it, without the way of working it out."""
    if any(abs(moment - other) < GAP for other in others):
        return False
    every = sorted([*others, moment])
    stretches = zip(every, every[most:], strict=False)
    return not any(
        last - first < PACE_WINDOW and first <= moment <= last for first, last in stretches
    )


@pytest.mark.rule("G-03")
def test_a_letter_keeps_its_distance_to_those_after_it_too() -> None:
    assert earliest_fit(day(0), others=[day(2)], gap=GAP, most_in_30_days=3) == day(5)


@pytest.mark.rule("G-03")
def test_three_that_are_still_to_come_leave_no_room_before_them() -> None:
    to_come = [day(4), day(14), day(24)]
    found = earliest_fit(day(0), others=to_come, gap=GAP, most_in_30_days=3)
    assert found == day(34)
    with pytest.raises(TooSoon) as refused:
        require_pace(day(0), others=tuple(to_come), gap=GAP, most_in_30_days=3)
    assert refused.value.facts["next"] == day(34).isoformat()


@pytest.mark.rule("G-03")
@settings(deadline=None)
@given(
    moment=moments,
    others=st.lists(moments, max_size=14),
    most=st.integers(1, 5),
)
def test_the_first_moment_that_fits_fits_and_is_the_first(
    moment: datetime, others: list[datetime], most: int
) -> None:
    found = earliest_fit(moment, others=others, gap=GAP, most_in_30_days=most)
    assert found >= moment
    assert fits(found, others, most)
    for part in range(40):
        earlier = moment + (found - moment) * part / 40
        assert earlier == found or not fits(earlier, others, most)
