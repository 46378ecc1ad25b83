"""Plans: no cap broken, no quiet hour broken, nothing in a rest, each letter left out explained."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cadence.packs import CC_TEXT, HAGAKI, SHIPPED, LetterPack
from core.cadence.planning import Bounds, Part, Planned, Rest, Untaken, plan_letters
from core.days import DaysOff, SendingHours, local_day
from core.pace import PACE_WINDOW
from tests.core.cadence.world import GAP, HOLIDAYS, bounds, noon, packs, starts
from tests.people import TOKYO

USUAL = Bounds(hours=SendingHours(closed_days=HOLIDAYS), gap=GAP, most_in_30_days=3)
BORN = date(1975, 2, 20)


def plan(
    pack: LetterPack = CC_TEXT,
    *,
    anchored_on: date = date(2026, 11, 30),
    at: datetime | None = None,
    kept_to: Bounds = USUAL,
    birth_date: date | None = None,
    seed: str = "series-1",
) -> tuple[Planned, ...]:
    return plan_letters(
        pack,
        anchored_on=anchored_on,
        seed=seed,
        at=noon(anchored_on) if at is None else at,
        tz=TOKYO,
        bounds=kept_to,
        birth_date=birth_date,
    )


def opening(steps: Iterable[Planned]) -> list[datetime]:
    return sorted(step.opens_at for step in steps if step.opens_at is not None)


def why(steps: Iterable[Planned]) -> dict[str, Untaken]:
    return {step.key: step.untaken for step in steps if step.untaken is not None}


@pytest.mark.rule("G-03", "G-05", "G-21")
@settings(deadline=None)
@given(
    pack=packs,
    anchored_on=starts,
    drafted=st.integers(-40, 400),
    kept_to=bounds(),
    birth_date=st.none() | st.dates(date(1930, 1, 1), date(2008, 12, 31)),
)
def test_whatever_the_circumstances_a_plan_keeps_every_bound(
    pack: LetterPack,
    anchored_on: date,
    drafted: int,
    kept_to: Bounds,
    birth_date: date | None,
) -> None:
    at = noon(anchored_on + timedelta(days=drafted))
    steps = plan(pack, anchored_on=anchored_on, at=at, kept_to=kept_to, birth_date=birth_date)
    assert steps == plan(
        pack, anchored_on=anchored_on, at=at, kept_to=kept_to, birth_date=birth_date
    )
    for step in steps:
        assert step.taken != (step.untaken is not None), "each letter left out has its reason"
        if step.opens_at is None or step.closes_at is None:
            continue
        assert at <= step.opens_at < step.closes_at
        assert kept_to.hours.allow(step.opens_at, tz=TOKYO)
        assert not kept_to.hours.wants_none(local_day(step.opens_at, tz=TOKYO))
        assert not any(rest.covers(step.opens_at) for rest in kept_to.rests)
        assert abs(local_day(step.opens_at, tz=TOKYO) - step.day) <= timedelta(days=20)
    _keep_their_distance(opening(steps), kept_to)
    going = [step.part for step in steps if step.taken]
    assert going[-2:] in ([Part.PRE_LAST, Part.LAST], [Part.LAST], [])
    assert set(going[:-2]) <= {Part.ONE_OF_MANY}


def _keep_their_distance(ours: list[datetime], kept_to: Bounds) -> None:
    every = sorted([*ours, *kept_to.others])
    for one, other in pairwise(every):
        assert other - one >= kept_to.gap or not {one, other} & set(ours)
    for first, last in zip(every, every[kept_to.most_in_30_days :], strict=False):
        within = [moment for moment in ours if first <= moment <= last]
        assert last - first >= PACE_WINDOW or not within


@pytest.mark.rule("G-03")
@pytest.mark.parametrize("pack", SHIPPED, ids=lambda pack: pack.key)
def test_every_start_day_of_four_years_leaves_no_letter_out(pack: LetterPack) -> None:
    for number in range(1461):
        anchored_on = date(2027, 1, 1) + timedelta(days=number)
        steps = plan(pack, anchored_on=anchored_on)
        assert why(steps) == {}
        assert all(USUAL.hours.allow(moment, tz=TOKYO) for moment in opening(steps))
        _keep_their_distance(opening(steps), USUAL)


@pytest.mark.rule("G-03")
@settings(deadline=None)
@given(anchored_on=starts, kept_to=bounds(), pack=packs, slower=st.integers(2, 6))
def test_a_slower_pace_never_brings_more_letters(
    anchored_on: date, kept_to: Bounds, pack: LetterPack, slower: int
) -> None:
    usual = replace(kept_to, take_every=1, rests=(), others=())
    fewer = opening(plan(pack, anchored_on=anchored_on, kept_to=replace(usual, take_every=slower)))
    meant = len(plan(pack, anchored_on=anchored_on, kept_to=usual))
    assert len(fewer) <= -(-meant // slower)


@pytest.mark.rule("G-03")
def test_less_often_halves_the_letters_and_keeps_the_last() -> None:
    steps = plan(kept_to=replace(USUAL, take_every=2))
    assert [step.key for step in steps if step.taken] == ["d7", "m2", "m4", "m8", "m12"]
    assert set(why(steps).values()) == {Untaken.LESS_OFTEN}


@pytest.mark.rule("G-03")
def test_a_rest_skips_letters_and_nothing_catches_up() -> None:
    undisturbed = {step.key: step for step in plan(HAGAKI)}
    rest = Rest(since=noon(date(2027, 2, 1)), until=noon(date(2027, 4, 1)))
    rested = plan(HAGAKI, kept_to=replace(USUAL, rests=(rest,)))
    assert {key for key, reason in why(rested).items() if reason is Untaken.RESTING} == {
        step.key for step in undisturbed.values() if step.opens_at and rest.covers(step.opens_at)
    }
    assert all(step == undisturbed[step.key] for step in rested if step.taken)


@pytest.mark.rule("G-22")
def test_days_on_which_the_person_wants_no_letter_are_passed_over_each_year() -> None:
    mourning = DaysOff(first=date(2020, 12, 28), last=date(2021, 1, 31), yearly=True)
    hours = replace(USUAL.hours, days_off=(mourning,))
    steps = plan(kept_to=replace(USUAL, hours=hours))
    assert why(steps) == {"m1": Untaken.DAYS_OFF}
    assert not any(mourning.cover(moment.date()) for moment in opening(steps))


@pytest.mark.rule("G-05")
def test_the_turn_of_the_year_is_quiet_and_the_letter_comes_after_it() -> None:
    (step,) = (step for step in plan() if step.key == "m1")
    assert step.day == date(2026, 12, 30)
    assert step.opens_at is not None
    assert step.opens_at.date() == date(2027, 1, 4)


@pytest.mark.rule("G-05")
def test_somebody_awake_at_night_is_written_to_at_night() -> None:
    night = replace(USUAL, hours=SendingHours(opens=time(22), closes=time(3)))
    for moment in opening(plan(kept_to=night)):
        assert moment.hour >= 22 or moment.hour < 3


def test_days_of_the_week_and_minutes_vary_and_the_same_series_is_the_same_again() -> None:
    moments = opening(plan(HAGAKI))
    assert len({moment.weekday() for moment in moments}) >= 4
    assert len({moment.time() for moment in moments}) >= 10
    assert moments == opening(plan(HAGAKI))
    assert moments != opening(plan(HAGAKI, seed="series-2"))


@pytest.mark.rule("G-22")
def test_good_wishes_come_on_the_birthday_or_shortly_before_never_after() -> None:
    for year in range(2027, 2037):
        steps = plan(anchored_on=date(year - 1, 11, 30), birth_date=date(1980, 5, 3))
        (birthday,) = (step for step in steps if step.birthday)
        assert birthday.opens_at is not None
        early = birthday.day - birthday.opens_at.date()
        assert timedelta() <= early <= timedelta(days=3) or birthday.untaken is not None


def test_what_is_over_when_the_series_is_written_is_not_made_up_for() -> None:
    steps = plan(at=noon(date(2027, 2, 10)), birth_date=BORN)
    assert {key for key, reason in why(steps).items() if reason is Untaken.PAST} == {
        *("d1", "d7", "m1", "m2")
    }
    assert steps[0].untaken is Untaken.PAST
    assert min(opening(steps)).date() == BORN.replace(year=2027)


@pytest.mark.rule("G-21")
def test_the_end_is_told_one_letter_ahead_also_when_the_one_before_falls_away() -> None:
    parts = {step.key: step.part for step in plan()}
    assert (parts["m10"], parts["m12"]) == (Part.PRE_LAST, Part.LAST)
    rest = Rest(since=noon(date(2027, 9, 1)), until=noon(date(2027, 10, 20)))
    rested = {step.key: step.part for step in plan(kept_to=replace(USUAL, rests=(rest,)))}
    assert (rested["m8"], rested["m12"]) == (Part.PRE_LAST, Part.LAST)


@pytest.mark.rule("G-03")
def test_letters_of_other_senders_count() -> None:
    others = tuple(noon(date(2026, 12, day)) for day in (2, 12, 22))
    steps = plan(kept_to=replace(USUAL, others=others))
    assert why(steps)["d1"] is Untaken.TOO_NEAR
    assert why(steps)["d7"] is Untaken.TOO_NEAR
