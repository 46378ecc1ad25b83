"""Years of letters with whatever may happen in them: replies, rests, stops, blocks, crashes.

No cap is broken and no quiet hour, nothing comes in a rest or while something new is unread, and
of every letter that did not come the reason is on record.
"""

import random
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.cadence import a_life, two_years
from benchmarks.years import TZ, Happening, Happens, Life, live
from core.cadence.packs import LetterPack
from core.days import SendingHours
from core.profiles import LetterRules
from tests.core.cadence.world import HOLIDAYS, days_off, packs, rhythms, starts

DAYS = 900
NEWS = frozenset({Happens.REPLY, Happens.VISIT})


@st.composite
def happenings(draw: st.DrawFn, begins: datetime) -> list[Happening]:
    found = draw(
        st.lists(
            st.tuples(
                st.integers(0, DAYS * 24 * 60),
                st.sampled_from([*Happens, *([Happens.REPLY, Happens.VISIT] * 2)]),
                st.none() | st.integers(1, 200),
            ),
            max_size=25,
        )
    )
    return [
        Happening(
            at=begins + timedelta(minutes=minute),
            what=what,
            read_after=None if hours is None else timedelta(hours=hours),
        )
        for minute, what, hours in found
    ]


@pytest.mark.rule("G-03", "G-05", "G-13", "G-27")
@settings(max_examples=150, deadline=None)
@given(data=st.data(), pack=packs, anchored_on=starts)
def test_nothing_that_may_happen_in_years_breaks_a_bound(
    data: st.DataObject, pack: LetterPack, anchored_on: date
) -> None:
    begins = datetime.combine(anchored_on, time(9), tzinfo=TZ)
    what_happened = data.draw(happenings(begins))
    opens, closes = data.draw(rhythms)
    hours = SendingHours(
        opens=opens,
        closes=closes,
        closed_days=HOLIDAYS,
        days_off=tuple(data.draw(st.lists(days_off(), max_size=2))),
    )
    life = live(
        pack,
        anchored_on=anchored_on,
        at=begins,
        hours=hours,
        happenings=what_happened,
        seed="a",
        birth_date=date(1975, 2, 20),
        until=begins + timedelta(days=DAYS),
    )
    moments = sorted(sent.at for sent in life.sent)
    rules = LetterRules()
    assert all(other - one >= rules.gap for one, other in pairwise(moments))
    stretches = zip(moments, moments[rules.most_in_30_days :], strict=False)
    assert all(last - first >= timedelta(days=30) for first, last in stretches)
    news = sorted(one.at for one in what_happened if one.what in NEWS)
    for sent in life.sent:
        assert hours.allow(sent.at, tz=TZ)
        assert not any(since <= sent.at < until for since, until in life.rests)
        assert not any(sent.approved_at < one <= sent.at for one in news), "unread news"
    _every_letter_is_accounted_for(life, until=begins + timedelta(days=DAYS))


def _every_letter_is_accounted_for(life: Life, *, until: datetime) -> None:
    sent = [one.key for one in life.sent]
    assert len(sent) == len(set(sent)), "no letter comes twice"
    for step in life.plan:
        told = step.key in sent or step.key in life.why_not
        assert told or (step.closes_at is not None and step.closes_at > until)


@pytest.mark.rule("G-03")
def test_the_same_chance_is_the_same_life() -> None:
    first, again = (a_life(random.Random(7), 1) for _ in range(2))
    assert [(s.key, s.at) for s in first.sent] == [(s.key, s.at) for s in again.sent]


@pytest.mark.rule("G-03")
@settings(max_examples=60, deadline=None)
@given(data=st.data(), pack=packs, anchored_on=starts)
def test_silence_never_quickens_the_pace(
    data: st.DataObject, pack: LetterPack, anchored_on: date
) -> None:
    """Whoever says nothing gets what was planned and no letter more."""
    begins = datetime.combine(anchored_on, time(9), tzinfo=TZ)
    until = begins + timedelta(days=DAYS)
    hours = SendingHours(closed_days=HOLIDAYS)
    told = data.draw(happenings(begins))
    silent, spoken = (
        live(
            pack,
            anchored_on=anchored_on,
            at=begins,
            hours=hours,
            happenings=said,
            seed="a",
            until=until,
        )
        for said in ([], [one for one in told if one.what in NEWS])
    )
    assert {one.key for one in silent.sent} <= {step.key for step in silent.plan if step.taken}
    assert silent.plan == spoken.plan
    opens = {step.key: step.opens_at for step in silent.plan}
    assert all(one.at == opens[one.key] for one in silent.sent)


@pytest.mark.slow
def test_a_thousand_people_over_two_years_take_less_than_a_minute() -> None:
    years = two_years()
    assert years.people == 1000
    assert years.sent > 5000
    assert years.seconds < 60
