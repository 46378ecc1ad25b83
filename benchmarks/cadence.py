"""A thousand people over two years of letters, through the pure core (`--only cadence`)."""

import random
import time
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import Final, NamedTuple

import holidays

from benchmarks.years import TZ, Happening, Happens, Life, live
from core.cadence.packs import SHIPPED
from core.days import DaysOff, SendingHours

PEOPLE: Final = 1000
DAYS: Final = 730
GOAL_S: Final = 60.0
_BEGINS: Final = date(2027, 1, 1)
_HOLIDAYS: Final = frozenset(holidays.country_holidays("JP", years=range(2026, 2033)))
# How many times in two years, at most.
_OFTEN: Final = {
    Happens.REPLY: 12,
    Happens.VISIT: 10,
    Happens.REST: 2,
    Happens.CRASH: 4,
    Happens.OTHER_LETTER: 8,
}


class Years(NamedTuple):
    """What came of them."""

    people: int
    seconds: float
    planned: int
    sent: int
    left_out: int
    looks: int


def two_years(people: int = PEOPLE, *, seed: int = 2026) -> Years:
    """Let so many people live two years, one after the other."""
    chance = random.Random(seed)
    began = time.perf_counter()
    lives = [a_life(chance, number) for number in range(people)]
    return Years(
        people=people,
        seconds=time.perf_counter() - began,
        planned=sum(len(life.plan) for life in lives),
        sent=sum(len(life.sent) for life in lives),
        left_out=sum(len(life.why_not) for life in lives),
        looks=sum(life.looks for life in lives),
    )


def a_life(chance: random.Random, number: int) -> Life:
    """One person, everything about them drawn by chance."""
    anchored_on = _BEGINS + timedelta(days=chance.randrange(365))
    at = datetime.combine(anchored_on, clock(9), tzinfo=TZ)
    night = chance.random() < 0.2
    return live(
        chance.choice(SHIPPED),
        anchored_on=anchored_on,
        at=at,
        hours=SendingHours(
            opens=clock(21) if night else clock(10),
            closes=clock(3) if night else clock(20),
            closed_days=_HOLIDAYS,
            rests_on_saturdays=chance.random() < 0.3,
            days_off=_days_off(chance),
        ),
        happenings=_happenings(chance, at),
        seed=f"person-{number}",
        birth_date=date(1950, 1, 1) + timedelta(days=chance.randrange(18000)),
        until=at + timedelta(days=DAYS),
    )


def _days_off(chance: random.Random) -> tuple[DaysOff, ...]:
    if chance.random() < 0.8:
        return ()
    first = _BEGINS + timedelta(days=chance.randrange(365))
    return (DaysOff(first=first, last=first + timedelta(days=chance.randrange(10)), yearly=True),)


def _happenings(chance: random.Random, begins: datetime) -> list[Happening]:
    found = [
        Happening(at=_some_time(chance, begins), what=what, read_after=_reads(chance))
        for what, most in _OFTEN.items()
        for _ in range(chance.randint(0, most))
    ]
    if chance.random() < 0.1:
        what = chance.choice((Happens.STOP, Happens.BLOCK))
        found.append(Happening(at=_some_time(chance, begins), what=what))
    return found


def _some_time(chance: random.Random, begins: datetime) -> datetime:
    return begins + timedelta(minutes=chance.randrange(DAYS * 1440))


def _reads(chance: random.Random) -> timedelta | None:
    return None if chance.random() < 0.15 else timedelta(hours=chance.randint(1, 96))
