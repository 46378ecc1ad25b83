"""LINE's quota by LINE's months, with what was sent since it was read (LINE.md §3.3, §3.6)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.quota import READ_EVERY, QuotaState, month_ends, month_of

# 23:59 in Tokyo on the last of November; a minute later it is December there.
LAST_MINUTE = datetime(2026, 11, 30, 14, 59, tzinfo=UTC)
DECEMBER = LAST_MINUTE + timedelta(minutes=1)
STATE = QuotaState(month="2026-11", most=200, used=190, read_at=LAST_MINUTE, sent=4)


def test_a_month_of_line_ends_at_midnight_in_tokyo() -> None:
    assert (month_of(LAST_MINUTE), month_of(DECEMBER)) == ("2026-11", "2026-12")
    assert month_ends(LAST_MINUTE) == DECEMBER
    assert month_ends(DECEMBER) == datetime(2026, 12, 31, 15, 0, tzinfo=UTC)


def test_what_was_sent_since_the_reading_counts_and_a_new_month_is_unused() -> None:
    assert (STATE.used_at(LAST_MINUTE), STATE.left(LAST_MINUTE)) == (194, 6)
    assert (STATE.used_at(DECEMBER), STATE.left(DECEMBER)) == (0, 200)
    assert replace(STATE, sent=50).left(LAST_MINUTE) == 0
    assert replace(STATE, most=None).left(LAST_MINUTE) is None


def test_line_is_asked_every_ten_minutes_and_with_each_new_month() -> None:
    assert not STATE.old(LAST_MINUTE)
    assert STATE.old(LAST_MINUTE + READ_EVERY)
    assert STATE.old(DECEMBER)
