"""A person's circumstances at random, as plans and walks meet them."""

from datetime import UTC, date, datetime, time, timedelta

import holidays
from hypothesis import strategies as st

from core.cadence.packs import SHIPPED, LetterPack, Phase
from core.cadence.planning import Bounds, Rest
from core.days import DaysOff, SendingHours
from tests.people import TOKYO

HOLIDAYS = frozenset(holidays.country_holidays("JP", years=range(2025, 2036)))
GAP = timedelta(hours=72)
starts = st.dates(date(2026, 1, 1), date(2029, 12, 31))
moments = st.datetimes(
    min_value=datetime(2026, 1, 1), max_value=datetime(2031, 12, 31), timezones=st.just(UTC)
)
own_packs = st.builds(
    LetterPack,
    key=st.just("own"),
    name=st.just("わが町のたより"),
    days=st.lists(st.integers(1, 40), max_size=4, unique=True).map(tuple),
    months=st.lists(st.integers(1, 24), min_size=1, max_size=8, unique=True).map(tuple),
    phases=st.lists(
        st.builds(Phase, for_months=st.integers(1, 6), times=st.integers(1, 3)), max_size=2
    ).map(tuple),
    birthday=st.booleans(),
    jitter_days=st.integers(0, 7),
)
packs = st.sampled_from(SHIPPED) | own_packs
rhythms = st.sampled_from(
    [(time(10), time(20)), (time(21), time(3)), (time(9, 30), time(12)), (time(22), time(2, 15))]
)


@st.composite
def days_off(draw: st.DrawFn) -> DaysOff:
    first = draw(starts)
    last = first + timedelta(days=draw(st.integers(0, 40)))
    return DaysOff(first=first, last=last, yearly=draw(st.booleans()))


@st.composite
def rests(draw: st.DrawFn) -> Rest:
    since = draw(moments)
    until = since + timedelta(days=draw(st.integers(1, 200)))
    return Rest(since=since, until=draw(st.sampled_from([until, None])))


@st.composite
def bounds(draw: st.DrawFn) -> Bounds:
    opens, closes = draw(rhythms)
    return Bounds(
        hours=SendingHours(
            opens=opens,
            closes=closes,
            closed_days=HOLIDAYS,
            rests_on_sundays=draw(st.booleans()),
            rests_on_saturdays=draw(st.booleans()),
            days_off=tuple(draw(st.lists(days_off(), max_size=3))),
        ),
        gap=GAP,
        most_in_30_days=draw(st.integers(1, 4)),
        others=tuple(draw(st.lists(moments, max_size=6))),
        rests=tuple(draw(st.lists(rests(), max_size=2))),
        take_every=draw(st.integers(1, 4)),
    )


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=TOKYO)
