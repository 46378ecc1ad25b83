"""Which days a pack means: exact months, month ends, leap days, birthdays."""

from calendar import isleap, monthrange
from datetime import date, timedelta

import pytest

from core.cadence.calendar import Nominal, next_birthday, nominal_days
from core.cadence.packs import (
    CC_TEXT,
    SHIPPED,
    Anchor,
    LetterPack,
    PackUnknown,
    offsets,
    pack_named,
)
from core.days import day_months_later

FOUR_YEARS = [date(2027, 1, 1) + timedelta(days=n) for n in range(1461)]


def days(pack: LetterPack, anchored_on: date, birth_date: date | None = None) -> dict[str, date]:
    found = nominal_days(pack, anchored_on=anchored_on, birth_date=birth_date)
    return {step.key: step.day for step in found if not step.replaced}


def by_hand(day: date, months: int) -> date:
    """So many months on, one month at a time, the day of the month kept in mind."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    lengths = [31, 29 if isleap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return date(year, month, min(day.day, lengths[month - 1]))


@pytest.mark.rule("G-03")
def test_month_ends_stay_month_ends_and_are_counted_from_the_anchor_each_time() -> None:
    found = days(CC_TEXT, date(2027, 1, 31))
    assert found["m1"] == date(2027, 2, 28)
    assert found["m2"] == date(2027, 3, 31)
    assert found["m3"] == date(2027, 4, 30)
    assert days(CC_TEXT, date(2028, 1, 31))["m1"] == date(2028, 2, 29)
    assert days(CC_TEXT, date(2028, 2, 29))["m12"] == date(2029, 2, 28)


@pytest.mark.rule("G-03")
@pytest.mark.parametrize("pack", SHIPPED, ids=lambda pack: pack.key)
def test_every_start_day_of_four_years_in_every_pack(pack: LetterPack) -> None:
    for anchored_on in FOUR_YEARS:
        found = days(pack, anchored_on)
        assert len(found) == len(offsets(pack))
        for offset in offsets(pack):
            expected = by_hand(anchored_on, offset.months) + timedelta(days=offset.days)
            assert found[offset.key] == expected
            if offset.months and not offset.days:
                last = monthrange(expected.year, expected.month)[1]
                assert expected.day == min(anchored_on.day, last)
        assert list(found.values()) == sorted(found.values())
        assert min(found.values()) > anchored_on


@pytest.mark.rule("G-03")
def test_a_birthday_on_every_day_of_the_year_replaces_the_nearest_and_adds_none() -> None:
    anchored_on = date(2027, 3, 15)
    plain = nominal_days(CC_TEXT, anchored_on=anchored_on, birth_date=None)
    first, *between, last = (step.day for step in plain)
    for number in range(366):
        born = date(1972, 1, 1) + timedelta(days=number)
        found = nominal_days(CC_TEXT, anchored_on=anchored_on, birth_date=born)
        birthdays = [step for step in found if step.birthday]
        replaced = [step for step in found if step.replaced]
        assert len(birthdays) == len(replaced)
        assert len([step for step in found if not step.replaced]) == len(plain)
        for birthday, gone in zip(birthdays, replaced, strict=True):
            assert (birthday.day.month, birthday.day.day) in {
                (born.month, born.day),
                *([(2, 28)] if (born.month, born.day) == (2, 29) else []),
            }
            assert first <= birthday.day <= last
            nearest = min(abs(day - birthday.day) for day in between)
            assert abs(gone.day - birthday.day) == nearest


def test_somebody_born_on_a_leap_day_has_a_birthday_each_year() -> None:
    born = date(1976, 2, 29)
    assert next_birthday(born, on=date(2027, 1, 1)) == date(2027, 2, 28)
    assert next_birthday(born, on=date(2028, 1, 1)) == date(2028, 2, 29)
    assert next_birthday(born, on=date(2027, 3, 1)) == date(2028, 2, 29)


def test_the_first_and_the_last_letter_give_way_to_no_birthday() -> None:
    found = nominal_days(CC_TEXT, anchored_on=date(2027, 3, 1), birth_date=date(1980, 3, 2))
    assert [step for step in found if step.replaced] == [
        Nominal(key="d7", day=date(2027, 3, 8), replaced=True)
    ]


def test_without_a_birth_date_there_are_ten_letters() -> None:
    assert list(days(CC_TEXT, date(2026, 12, 1))) == [
        *("d1", "d7", "m1", "m2", "m3", "m4", "m6", "m8", "m10", "m12")
    ]


def test_two_months_on_is_never_one_month_on_twice_at_a_months_end() -> None:
    assert day_months_later(date(2027, 1, 31), 2) == date(2027, 3, 31)
    assert day_months_later(date(2027, 3, 31), -1) == date(2027, 2, 28)
    assert day_months_later(date(2027, 1, 15), -13) == date(2025, 12, 15)


def test_a_pack_counts_only_from_its_own_anchors() -> None:
    assert pack_named("hagaki", own=(), anchor=Anchor.VISIT).key == "hagaki"
    with pytest.raises(PackUnknown) as refused:
        pack_named("after-closing", own=(), anchor=Anchor.LINKING)
    assert refused.value.facts == {"allowed": "closing"}
    with pytest.raises(PackUnknown):
        pack_named("nowhere", own=(), anchor=Anchor.LINKING)
