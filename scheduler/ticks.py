"""The one table of ticks: what is looked at, and how often.

A tick may come late, twice or not at all, and the answer is the same: the rows are the
schedule. Every tick is safe on any number of machines at once.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from typing import Final

from core.municipal_profiles.duties import USUAL_HOURS
from core.municipal_profiles.profile import ReadingHours
from core.ports import Clock, UnitOfWork
from core.usecases.delivery.drop_late_letters import drop_late_letters
from core.usecases.plans.note_evaluations_due import note_evaluations_due
from core.usecases.referrals.note_news_owed import note_news_owed
from core.usecases.replies.note_hours_passed import note_hours_passed
from core.usecases.series.unfold_series import unfold_series
from scheduler.allowance import Counting
from scheduler.asking import Asking
from scheduler.calling import Calling
from scheduler.closing import Closing
from scheduler.contracts import Ending
from scheduler.deliver import Delivering
from scheduler.draw import Drawing
from scheduler.errands import Errands
from scheduler.fetch import Fetching
from scheduler.release import Releasing
from scheduler.touch import Touching
from scheduler.understand import Understanding

SECOND: Final = timedelta(seconds=1)
MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """One entry of the table.

    Attributes:
        name: `noun.verb`, also the name of its heartbeat.
        every: how long between two looks.
        run: looks, does what is due, and says how much that was.
        wakes: also looked at as soon as something is written for it.
    """

    name: str
    every: timedelta
    run: Callable[[], Awaitable[int]]
    wakes: bool = False


def ticks(
    uow: UnitOfWork,
    *,
    clock: Clock,
    tz: tzinfo,
    hours: ReadingHours = USUAL_HOURS,
    closed_days: frozenset[date] = frozenset(),
    understanding: Understanding,
    fetching: Fetching,
    delivering: Delivering,
    drawing: Drawing,
    errands: Errands,
    counting: Counting,
) -> tuple[Tick, ...]:
    """The table, in the order in which one round goes through it.

    Args:
        hours: when the town reads; letters of the day are asked about from their beginning on.
    """
    asking = Asking(uow, clock=clock, tz=tz, hours=hours, closed_days=closed_days)
    calling = Calling(
        uow, pager=understanding.pager, clock=clock, tz=tz, hours=hours, closed_days=closed_days
    )

    async def drop_late() -> int:
        return await drop_late_letters(uow, at=clock.now())

    async def series_unfold() -> int:
        return await unfold_series(uow, at=clock.now(), tz=tz, closed_days=closed_days)

    async def plans_due() -> int:
        return await note_evaluations_due(uow, at=clock.now(), tz=tz)

    async def news_owed() -> int:
        return await note_news_owed(uow, at=clock.now(), tz=tz)

    async def hours_passed() -> int:
        return await note_hours_passed(uow, at=clock.now(), tz=tz)

    return (
        Tick(name="inbox.understand", every=SECOND, run=understanding.run, wakes=True),
        Tick(name="media.fetch", every=SECOND, run=fetching.run, wakes=True),
        Tick(name="crisis.pass_on", every=10 * SECOND, run=calling.run),
        Tick(name="letters.drop_late", every=MINUTE, run=drop_late),
        Tick(name="series.unfold", every=MINUTE, run=series_unfold),
        Tick(name="letters.approvals_end", every=MINUTE, run=asking.approvals_end),
        Tick(name="letters.ask_again", every=MINUTE, run=asking.still_fits),
        Tick(name="letters.deliver", every=SECOND, run=delivering.run, wakes=True),
        Tick(name="menus.keep", every=MINUTE, run=errands.keep_menus),
        Tick(name="errands.run", every=SECOND, run=errands.run, wakes=True),
        Tick(name="quota.read", every=MINUTE, run=counting.run),
        Tick(name="replies.hours_pass", every=MINUTE, run=hours_passed),
        Tick(name="plans.fall_due", every=MINUTE, run=plans_due),
        Tick(name="referrals.news_owed", every=MINUTE, run=news_owed),
        Tick(name="courses.keep_in_touch", every=MINUTE, run=Touching(uow, clock=clock, tz=tz).run),
        Tick(name="consents.end", every=MINUTE, run=Releasing(uow, clock=clock, tz=tz).run),
        Tick(name="staff.contracts_end", every=MINUTE, run=Ending(uow, clock=clock, tz=tz).run),
        Tick(name="months.close", every=MINUTE, run=Closing(uow, clock=clock, tz=tz).run),
        Tick(name="cards.draw", every=SECOND, run=drawing.run, wakes=True),
    )
