"""The outbox loop: claim, send, record.

Claiming and recording are transactions; sending lies between them, outside of any. A crash at
any point leaves a lease that runs out, and the next claim sends the same bytes under the same
retry key, which LINE takes once.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from core.line_modes import LineMode
from core.outbox import LEASE, ChannelClosed, Outcome, TryLater
from core.ports import Claim, Clock, PersonMessenger, UnitOfWork
from core.recording import Answer
from core.usecases.delivery.record_deliveries import record_deliveries
from core.usecases.delivery.take_turn import take_turn

BATCH: Final = 1000
AT_ONCE: Final = 64
# The part of a batch that is worth a transaction of its own while nothing waits for a larger one.
FEW: Final = 4
NOT_BEGUN: Final = TryLater(detail="not begun within the lease", maybe_taken=False)


@dataclass(kw_only=True)
class _Belt:
    """What lies between the database and LINE during one run.

    Attributes:
        waiting: claims not yet begun, each with the moment from which it is not begun any more.
        pushing: how many tasks work them off.
        answers: what LINE said and the database does not know yet.
        low: set while no more than one batch waits.
        some: set while there are answers enough for a transaction, or no more will come.
        ended: whether everything that was due has been claimed.
        closed: LINE takes nothing any more; what has not begun is not begun.
    """

    answers: list[Answer]
    waiting: deque[tuple[Claim, datetime]] = field(default_factory=deque)
    low: asyncio.Event = field(default_factory=asyncio.Event)
    some: asyncio.Event = field(default_factory=asyncio.Event)
    pushing: int = 0
    ended: bool = False
    handled: int = 0
    closed: bool = False


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
        mode: what the town lets into a push.
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
        mode: LineMode = LineMode.ENTRANCE_LINK,
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
        self._mode = mode
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
            async with asyncio.TaskGroup() as tasks:
                if self._one_writer:
                    await self._take_turns(belt, tasks)
                else:
                    tasks.create_task(self._keep_recording(belt))
                    await self._keep_claiming(belt, tasks)
            await self._record(belt)
        finally:
            # Answers that a failure kept from being recorded are the next run's first business.
            self._left += belt.answers
        return belt.handled

    async def _take_turns(self, belt: _Belt, tasks: asyncio.TaskGroup) -> None:
        """Record what was answered and claim the next batch in one transaction, until a batch is
        not full."""
        full = True
        while full:
            at, count = self._clock.now(), len(belt.answers)
            claims = await self._claim(belt.answers[:count], self._batch, at=at)
            self._recorded(belt, count)
            self._begin(belt, claims, tasks, at=at)
            full = len(claims) == self._batch
            await belt.low.wait()

    async def _keep_claiming(self, belt: _Belt, tasks: asyncio.TaskGroup) -> None:
        """Claim until a batch is not full. The first batches are small: until one is there,
        nothing can be pushed."""
        size, full = max(1, self._batch // FEW), True
        # That LINE has closed is known here before it is recorded, side by side.
        while full and not belt.closed:
            at = self._clock.now()
            claims = await self._claim((), size, at=at)
            self._begin(belt, claims, tasks, at=at)
            full = len(claims) == size
            size = min(2 * size, self._batch)
            await belt.low.wait()
        belt.ended = True
        self._see_whether_some(belt)

    async def _keep_recording(self, belt: _Belt) -> None:
        """Record what is answered until nothing more will be."""
        while belt.pushing or not belt.ended:
            await belt.some.wait()
            await self._record(belt)
            self._see_whether_some(belt)

    async def _claim(
        self, answers: Sequence[Answer], size: int, *, at: datetime
    ) -> tuple[Claim, ...]:
        return await take_turn(
            self._uow,
            answers,
            lease=self._new_lease(),
            limit=size,
            at=at,
            tz=self._tz,
            closed_days=self._closed_days,
            lasts=self._lease,
            mode=self._mode,
            excusable=self._excusable,
        )

    def _begin(
        self, belt: _Belt, claims: Sequence[Claim], tasks: asyncio.TaskGroup, *, at: datetime
    ) -> None:
        """See to it that what was claimed is sent."""
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
            tasks.create_task(self._push(belt))

    async def _push(self, belt: _Belt) -> None:
        now, waiting = self._clock.now, belt.waiting
        while waiting:
            claim, begin_before = waiting.popleft()
            if len(waiting) == self._batch:
                belt.low.set()
            outcome: Outcome = NOT_BEGUN
            if now() < begin_before and not belt.closed:
                outcome = await self._send(claim)
                # One that LINE took just before may be answered after it: that opens nothing.
                belt.closed = belt.closed or isinstance(outcome, ChannelClosed)
            belt.answers.append((claim, outcome))
            self._see_whether_some(belt)
        belt.pushing -= 1
        self._see_whether_some(belt)

    def _see_whether_some(self, belt: _Belt) -> None:
        enough = len(belt.answers) >= max(1, self._batch // FEW)
        if enough or (belt.ended and not belt.pushing):
            belt.some.set()
        else:
            belt.some.clear()

    def _send(self, claim: Claim) -> Awaitable[Outcome]:
        if claim.reply_token is not None:
            return self._messenger.reply(claim.request, reply_token=claim.reply_token)
        return self._messenger.push(claim.request, retry_key=claim.retry_key)

    async def _record(self, belt: _Belt) -> None:
        count = len(belt.answers)
        await record_deliveries(self._uow, belt.answers[:count], at=self._clock.now())
        self._recorded(belt, count)

    def _recorded(self, belt: _Belt, count: int) -> None:
        del belt.answers[:count]
        belt.handled += count
