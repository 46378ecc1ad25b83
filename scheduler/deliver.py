"""The outbox loop: claim, send, record.

Claiming and recording are transactions; sending lies between them, outside of any. A crash at
any point leaves a lease that runs out, and the next claim sends the same bytes under the same
retry key, which LINE takes once.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from core.outbox import LEASE, Outcome, TryLater
from core.ports import Claim, Clock, PersonMessenger, UnitOfWork
from core.recording import Answer
from core.usecases.delivery.record_deliveries import record_deliveries
from core.usecases.delivery.take_turn import take_turn

BATCH: Final = 1000
AT_ONCE: Final = 64
NOT_BEGUN: Final = TryLater(detail="not begun within the lease", maybe_taken=False)


@dataclass(kw_only=True)
class _Belt:
    """What lies between the database and LINE during one run.

    Attributes:
        waiting: claims not yet begun, each with the moment from which it is not begun any more.
        pushing: how many tasks work them off.
        answers: what LINE said and the database does not know yet.
        low: set while no more than one batch waits.
    """

    answers: list[Answer]
    waiting: deque[tuple[Claim, datetime]] = field(default_factory=deque)
    low: asyncio.Event = field(default_factory=asyncio.Event)
    pushing: int = 0
    handled: int = 0


class Delivering:
    """One delivery loop; any number may run on one database.

    Args:
        batch: most letters claimed by one transaction; twice as many may wait for their push.
        at_once: pushes under way at a time.
        excusable: codes of the wording check that may stand with a reason, as the town has them
            now; None where nobody asks.
        lease: how long a claimed letter stays with this loop.
        one_writer: the database lets one transaction write at a time, so recording and claiming
            share one; else they run side by side.
    """

    def __init__(
        self,
        uow: UnitOfWork,
        messenger: PersonMessenger,
        *,
        clock: Clock,
        tz: tzinfo,
        new_lease: Callable[[], str],
        closed_days: frozenset[date] = frozenset(),
        batch: int = BATCH,
        at_once: int = AT_ONCE,
        lease: timedelta = LEASE,
        one_writer: bool = True,
        excusable: frozenset[str] | None = None,
    ) -> None:
        self._uow = uow
        self._messenger = messenger
        self._clock = clock
        self._tz = tz
        self._new_lease = new_lease
        self._closed_days = closed_days
        self._batch = batch
        self._at_once = at_once
        self._lease = lease
        self._one_writer = one_writer
        self._excusable = excusable
        self._left: list[Answer] = []

    async def run(self) -> int:
        """Deliver everything that is due now; how many requests LINE answered or missed.

        Pushes never wait for the database: while they go out, one transaction after another
        records what was answered and claims what comes next.
        """
        belt, self._left = _Belt(answers=self._left), []
        try:
            await self._record(belt)
            async with asyncio.TaskGroup() as pushes:
                full = True
                while full:
                    full = await self._turn(belt, pushes)
                    await belt.low.wait()
            await self._record(belt)
        finally:
            # Answers that a failure kept from being recorded are the next run's first business.
            self._left += belt.answers
        return belt.handled

    async def _turn(self, belt: _Belt, pushes: asyncio.TaskGroup) -> bool:
        """Record what was answered, claim a batch and see to it that it is sent; whether the
        batch was a full one, so that there may be more."""
        at, count = self._clock.now(), len(belt.answers)
        answers = belt.answers[:count]
        if self._one_writer:
            claims = await self._claim(answers, at=at)
        else:
            async with asyncio.TaskGroup() as both:
                both.create_task(record_deliveries(self._uow, answers, at=at))
                claiming = both.create_task(self._claim((), at=at))
            claims = claiming.result()
        self._recorded(belt, count)
        # A push may take ten seconds; one that could outlive its lease is not begun. The lease
        # runs from the claim on, also while those before it are still being sent.
        begin_before = at + self._lease / 2
        belt.waiting.extend((claim, begin_before) for claim in claims)
        if len(belt.waiting) > self._batch:
            belt.low.clear()
        else:
            belt.low.set()
        while belt.pushing < min(self._at_once, len(belt.waiting)):
            belt.pushing += 1
            pushes.create_task(self._push(belt))
        return len(claims) == self._batch

    async def _claim(self, answers: Sequence[Answer], *, at: datetime) -> tuple[Claim, ...]:
        return await take_turn(
            self._uow,
            answers,
            lease=self._new_lease(),
            limit=self._batch,
            at=at,
            tz=self._tz,
            closed_days=self._closed_days,
            lasts=self._lease,
            excusable=self._excusable,
        )

    async def _push(self, belt: _Belt) -> None:
        now, push, waiting = self._clock.now, self._messenger.push, belt.waiting
        while waiting:
            claim, begin_before = waiting.popleft()
            if len(waiting) == self._batch:
                belt.low.set()
            outcome: Outcome = NOT_BEGUN
            if now() < begin_before:
                outcome = await push(claim.request, retry_key=claim.retry_key)
            belt.answers.append((claim, outcome))
        belt.pushing -= 1

    async def _record(self, belt: _Belt) -> None:
        count = len(belt.answers)
        await record_deliveries(self._uow, belt.answers[:count], at=self._clock.now())
        self._recorded(belt, count)

    def _recorded(self, belt: _Belt, count: int) -> None:
        del belt.answers[:count]
        belt.handled += count
