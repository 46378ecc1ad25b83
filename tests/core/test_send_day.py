"""The question of the day, moment by moment."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.letters import Letter, LetterState, Reason, WindowClosed
from core.municipal_profiles.duties import USUAL_HOURS
from core.send_day import (
    ASKED_AHEAD,
    ApproverAnswers,
    NotAskedNow,
    asked_from,
    asked_until,
    reason_of_closing,
    require_answerable,
    still_fits,
)
from tests.people import LETTER, MONDAY, SATO, SUZUKI, TANAKA, TOKYO

LASTS = timedelta(days=14)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FRIDAY = date(2026, 12, 4)


def tokyo(on: date, hour: int, minute: int = 0) -> datetime:
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=TOKYO)


OPENS = tokyo(FRIDAY, 10)
CLOSES = tokyo(FRIDAY, 20)


def series_letter(**changes: Any) -> Letter:
    """A letter of Friday 10:00 to 20:00, approved on Monday; 鈴木 wrote it."""
    letter = replace(
        LETTER,
        state=LetterState.SCHEDULED,
        opens_at=OPENS,
        closes_at=CLOSES,
        approved_by=SATO.id,
        approved_at=MONDAY,
        asks_again=True,
    )
    return replace(letter, **changes)


def fits(letter: Letter, at: datetime = OPENS) -> bool:
    return still_fits(letter, at=at, lasts=LASTS)


@pytest.mark.rule("G-27")
def test_silence_means_that_it_does_not_go() -> None:
    assert not fits(series_letter())


@pytest.mark.rule("G-27")
def test_somebody_who_says_so_in_the_morning_lets_it_go_that_day() -> None:
    said = series_letter(confirmed_at=tokyo(FRIDAY, 8, 40), confirmed_by=SUZUKI.id)
    assert fits(said, OPENS)
    assert fits(said, CLOSES - HOUR)


@pytest.mark.rule("G-27")
def test_an_answer_is_good_for_a_day_and_no_longer() -> None:
    long_open = series_letter(closes_at=CLOSES + 3 * DAY, confirmed_by=SATO.id)
    early = replace(long_open, confirmed_at=OPENS - 20 * HOUR)
    assert fits(early, OPENS + DAY - HOUR)
    assert not fits(early, OPENS + DAY)
    late = replace(long_open, confirmed_at=OPENS + 2 * DAY)
    assert fits(late, OPENS + 3 * DAY - HOUR)


@pytest.mark.rule("G-27")
def test_an_answer_of_long_before_is_none() -> None:
    said = series_letter(confirmed_at=OPENS - ASKED_AHEAD - HOUR, confirmed_by=SATO.id)
    assert not fits(said)


@pytest.mark.rule("S2")
def test_an_approval_of_the_day_before_is_an_answer_and_an_older_one_is_not() -> None:
    assert fits(series_letter(approved_at=OPENS - DAY))
    assert not fits(series_letter(approved_at=OPENS - DAY - timedelta(seconds=1)))


@pytest.mark.rule("S2")
def test_an_old_approval_is_renewed_by_an_approver_only() -> None:
    old = series_letter(approved_at=OPENS - LASTS, confirmed_at=OPENS - HOUR)
    assert not fits(replace(old, confirmed_by=SUZUKI.id)), "the author alone is not enough"
    assert fits(replace(old, confirmed_by=SATO.id))
    assert fits(replace(old, confirmed_by=TANAKA.id)), "another approver will do"


def test_letters_of_other_kinds_are_not_asked_about() -> None:
    assert fits(series_letter(asks_again=False))


@pytest.mark.rule("S6")
def test_why_it_did_not_go() -> None:
    unanswered = series_letter()
    said = series_letter(confirmed_at=OPENS, confirmed_by=SATO.id)
    for letter, scheduled, why in (
        (unanswered, True, Reason.NOT_CONFIRMED),
        (unanswered, False, Reason.WINDOW_CLOSED),
        (said, True, Reason.WINDOW_CLOSED),
        (replace(unanswered, asks_again=False), True, Reason.WINDOW_CLOSED),
    ):
        assert reason_of_closing(letter, scheduled=scheduled, lasts=LASTS) is why


@pytest.mark.parametrize(
    ("opens", "from_"),
    [
        (tokyo(FRIDAY, 10), tokyo(FRIDAY, 8, 30)),
        (tokyo(FRIDAY, 8, 30), tokyo(FRIDAY, 8, 30)),
        (tokyo(FRIDAY, 7), tokyo(FRIDAY - DAY, 8, 30)),
        (tokyo(FRIDAY + DAY, 10), tokyo(FRIDAY, 8, 30)),
        (tokyo(FRIDAY + 3 * DAY, 1), tokyo(FRIDAY, 8, 30)),
    ],
)
def test_it_is_asked_when_the_office_opens_for_the_last_time_before(
    opens: datetime, from_: datetime
) -> None:
    town: dict[str, Any] = {"tz": TOKYO, "hours": USUAL_HOURS, "closed_days": frozenset()}
    assert asked_from(opens, **town) == from_


@given(
    opens=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(TOKYO)),
    minutes=st.integers(-20_000, 20_000),
    closed=st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=40),
)
def test_from_when_and_until_when_are_one_rule(
    opens: datetime, minutes: int, closed: frozenset[date]
) -> None:
    """Whatever the holidays: a letter is asked about exactly from its moment on."""
    town: dict[str, Any] = {"tz": TOKYO, "hours": USUAL_HOURS, "closed_days": closed}
    at = opens + timedelta(minutes=minutes)
    assert (opens < asked_until(at, **town)) == (asked_from(opens, **town) <= at)


def answer(letter: Letter, at: datetime = OPENS, *, by: Any = SATO.id) -> None:
    until = asked_until(at, tz=TOKYO, hours=USUAL_HOURS, closed_days=frozenset())
    require_answerable(letter, by=by, at=at, until=until, lasts=LASTS)


@pytest.mark.rule("G-27")
def test_nobody_answers_before_the_day_nor_after_the_window() -> None:
    with pytest.raises(NotAskedNow):
        answer(series_letter(), tokyo(FRIDAY, 8, 29))
    answer(series_letter(), tokyo(FRIDAY, 8, 30))
    with pytest.raises(WindowClosed):
        answer(series_letter(), CLOSES)
    with pytest.raises(NotAskedNow):
        answer(series_letter(asks_again=False))


@pytest.mark.rule("S2")
def test_the_author_does_not_answer_for_a_letter_approved_long_ago() -> None:
    old = series_letter(approved_at=OPENS - LASTS)
    with pytest.raises(ApproverAnswers):
        answer(old, by=SUZUKI.id)
    answer(old, by=TANAKA.id)
    answer(series_letter(), by=SUZUKI.id)
