"""When a body meets next: fixed days, so many times a year or month, or whenever asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.municipal_profiles.cadence import Cadence, Offer, Rhythm, offers

TUESDAY = date(2026, 11, 3)
CULTURE_DAY = frozenset({date(2026, 11, 3)})


def days(cadence: Cadence, *, after: date, count: int = 4) -> list[date]:
    return [offer.earliest for offer in offers(cadence, after=after, count=count)]


@pytest.mark.rule("R-049")
def test_whenever_asked_offers_the_day_of_asking() -> None:
    assert offers(Cadence(rhythm=Rhythm.ANY_TIME), after=TUESDAY) == (
        Offer(earliest=TUESDAY, latest=TUESDAY, ad_hoc=True),
    )


@pytest.mark.rule("R-049")
def test_regular_dates_and_an_ad_hoc_one_are_offered_side_by_side() -> None:
    cadence = Cadence(rhythm=Rhythm.EVERY_MONTHS, any_time=True)
    *regular, ad_hoc = offers(cadence, after=TUESDAY, count=2)
    assert regular == [
        Offer(earliest=date(2026, 11, 4), latest=date(2026, 11, 30)),
        Offer(earliest=date(2026, 12, 1), latest=date(2026, 12, 31)),
    ]
    assert ad_hoc.ad_hoc
    assert not ad_hoc.fixed


def test_twice_a_month_on_fixed_days_moves_past_weekends_and_holidays() -> None:
    cadence = Cadence(rhythm=Rhythm.TIMES_A_MONTH, times=2, days=(10, 25))
    assert days(cadence, after=TUESDAY) == [
        date(2026, 11, 10),
        date(2026, 11, 25),
        date(2026, 12, 10),
        date(2026, 12, 25),
    ]
    january = days(cadence, after=date(2026, 12, 26), count=2)
    assert january == [date(2027, 1, 11), date(2027, 1, 25)]
    third = Cadence(rhythm=Rhythm.TIMES_A_MONTH, times=1, days=(3,))
    (moved,) = offers(third, after=date(2026, 11, 1), closed_days=CULTURE_DAY, count=1)
    assert moved.earliest == date(2026, 11, 4)


def test_the_last_day_of_a_short_month_stands_for_the_31st_and_may_move_into_the_next() -> None:
    cadence = Cadence(rhythm=Rhythm.TIMES_A_MONTH, times=1, days=(31,))
    assert days(cadence, after=date(2027, 1, 30), count=2) == [
        date(2027, 2, 1),
        date(2027, 3, 1),
    ]


def test_four_a_year_with_named_months_or_without() -> None:
    named = Cadence(rhythm=Rhythm.TIMES_A_YEAR, times=4, months=(5, 8, 11, 2), days=(16,))
    assert days(named, after=TUESDAY, count=3) == [
        date(2026, 11, 16),
        date(2027, 2, 16),
        date(2027, 5, 17),
    ]
    quarters = Cadence(rhythm=Rhythm.TIMES_A_YEAR, times=4)
    assert offers(quarters, after=TUESDAY, count=2) == (
        Offer(earliest=date(2026, 11, 4), latest=date(2026, 12, 31)),
        Offer(earliest=date(2027, 1, 1), latest=date(2027, 3, 31)),
    )
    fair = Cadence(rhythm=Rhythm.TIMES_A_YEAR, times=5, months=(6, 9, 11, 1, 3))
    assert [offer.latest.month for offer in offers(fair, after=TUESDAY, count=4)] == [11, 1, 3, 6]


def test_every_two_months_counts_from_april() -> None:
    cadence = Cadence(rhythm=Rhythm.EVERY_MONTHS, every_months=2)
    assert offers(cadence, after=TUESDAY, count=2) == (
        Offer(earliest=date(2026, 11, 4), latest=date(2026, 11, 30)),
        Offer(earliest=date(2026, 12, 1), latest=date(2027, 1, 31)),
    )
    on_days = Cadence(rhythm=Rhythm.EVERY_MONTHS, every_months=2, days=(15,))
    assert days(on_days, after=TUESDAY, count=2) == [date(2026, 12, 15), date(2027, 2, 15)]


def test_announced_days_end_with_the_last_one() -> None:
    cadence = Cadence(rhythm=Rhythm.FIXED_DATES, dates=(date(2027, 2, 1), date(2026, 11, 3)))
    assert offers(cadence, after=TUESDAY) == (
        Offer(earliest=date(2027, 2, 1), latest=date(2027, 2, 1)),
    )
    assert offers(cadence, after=date(2027, 2, 1)) == ()


def test_a_month_parted_in_two_without_days_named() -> None:
    halves = Cadence(rhythm=Rhythm.TIMES_A_MONTH, times=2)
    assert offers(halves, after=date(2026, 11, 16), count=2) == (
        Offer(earliest=date(2026, 11, 17), latest=date(2026, 11, 30)),
        Offer(earliest=date(2026, 12, 1), latest=date(2026, 12, 15)),
    )


CADENCES = st.one_of(
    st.builds(
        Cadence,
        rhythm=st.just(Rhythm.TIMES_A_MONTH),
        times=st.integers(1, 4),
        days=st.lists(st.integers(1, 31), max_size=4, unique=True).map(tuple),
        any_time=st.booleans(),
    ),
    st.builds(
        Cadence,
        rhythm=st.just(Rhythm.EVERY_MONTHS),
        every_months=st.integers(1, 12),
        days=st.lists(st.integers(1, 31), max_size=2, unique=True).map(tuple),
    ),
    st.builds(
        Cadence,
        rhythm=st.just(Rhythm.TIMES_A_YEAR),
        times=st.sampled_from([1, 2, 3, 4, 6, 12]),
        months=st.lists(st.integers(1, 12), max_size=6, unique=True).map(tuple),
        days=st.lists(st.integers(1, 31), max_size=2, unique=True).map(tuple),
    ),
)


@given(cadence=CADENCES, after=st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_offers_lie_ahead_in_order_and_on_working_days_where_a_day_is_named(
    cadence: Cadence, after: date
) -> None:
    regular = [offer for offer in offers(cadence, after=after, count=6) if not offer.ad_hoc]
    assert len(regular) == 6
    for offer in regular:
        assert after < offer.earliest <= offer.latest
        assert offer.latest - offer.earliest <= timedelta(days=366)
        if cadence.days:
            assert offer.fixed
            assert offer.earliest.weekday() < 5
    begins = [offer.earliest for offer in regular]
    assert begins == sorted(set(begins))
