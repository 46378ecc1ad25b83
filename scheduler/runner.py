"""Runs the table of ticks: by the clock, and at once when something was written.

APScheduler holds one job per tick, in memory, and nothing else. A tick that fails is logged and
comes again; its heartbeat then stays behind, and readiness says so.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from core.ports import Clock, UnitOfWork
from core.usecases.pulse.beat import beat
from scheduler.ticks import Tick

log = structlog.get_logger("ticks")
BEAT_EVERY: Final = timedelta(seconds=15)


class Runner:
    """Runs ticks until closed."""

    def __init__(self, table: Sequence[Tick], *, uow: UnitOfWork, clock: Clock) -> None:
        self._table = tuple(table)
        self._uow = uow
        self._clock = clock
        self._one_at_a_time = {tick.name: asyncio.Lock() for tick in table}
        self._beaten: dict[str, datetime] = {}
        self._woken: set[asyncio.Task[int]] = set()
        self._scheduler: AsyncIOScheduler | None = None

    def start(self) -> None:
        """Begin; needs a running event loop."""
        scheduler = AsyncIOScheduler()
        for tick in self._table:
            scheduler.add_job(
                self.look,
                "interval",
                args=(tick,),
                seconds=tick.every.total_seconds(),
                id=tick.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        scheduler.start()
        self._scheduler = scheduler

    async def aclose(self) -> None:
        """Stop looking, and let what is under way come to its end."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
        if self._woken:
            await asyncio.gather(*self._woken, return_exceptions=True)
        for lock in self._one_at_a_time.values():
            async with lock:
                pass

    def wake(self) -> None:
        """Something was written that a tick is waiting for: look now."""
        for tick in self._table:
            if tick.wakes:
                task = asyncio.create_task(self.look(tick))
                self._woken.add(task)
                task.add_done_callback(self._woken.discard)

    async def settle(self) -> int:
        """Go round the table until a whole round finds nothing to do; how much was done."""
        done = 0
        while found := sum([await self.look(tick) for tick in self._table]):
            done += found
        return done

    async def look(self, tick: Tick) -> int:
        """One look of one tick, never two at a time in this process."""
        async with self._one_at_a_time[tick.name]:
            try:
                done = await tick.run()
            except Exception:
                log.exception("tick.failed", tick=tick.name)
                return 0
            await self._beat(tick)
            if done:
                log.info("tick.ran", tick=tick.name, done=done)
            return done

    async def _beat(self, tick: Tick) -> None:
        now = self._clock.now()
        last = self._beaten.get(tick.name)
        if last is None or not timedelta() <= now - last < BEAT_EVERY:
            self._beaten[tick.name] = now
            await beat(self._uow, tick=tick.name, at=now)
