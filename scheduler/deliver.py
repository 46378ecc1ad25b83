"""The outbox loop: claim, send, record.

Claiming and recording are transactions; sending lies between them, outside of any. A crash at
any point leaves a lease that runs out, and the next claim sends the same bytes under the same
retry key, which LINE takes once.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from core.outbox import LEASE, Outcome, TryLater
from core.ports import Claim, Clock, PersonMessenger, UnitOfWork
from core.usecases.delivery.claim_letters import claim_letters
from core.usecases.delivery.record_deliveries import record_deliveries

BATCH: Final = 400
AT_ONCE: Final = 64
NOT_BEGUN: Final = TryLater(detail="not begun within the lease", maybe_taken=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Batch:
    """Claims of one lease, and the moment from which none of them is begun any more."""

    claims: tuple[Claim, ...]
    begin_before: datetime


NOTHING: Final = _Batch(claims=(), begin_before=datetime.min.replace(tzinfo=UTC))


class Delivering:
    """One delivery loop; any number may run on one database."""

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

    async def run(self) -> int:
        """Deliver everything that is due now; how many requests LINE answered or missed.

        The next batch is claimed and the former one recorded while one is being sent.
        """
        handled = 0
        recording: asyncio.Task[None] | None = None
        batch = await self._claim()
        while batch.claims:
            sending = asyncio.create_task(self._send(batch))
            full = len(batch.claims) == self._batch
            following = await self._claim() if full else NOTHING
            answers = await sending
            if recording is not None:
                await recording
            recording = asyncio.create_task(self._record(answers))
            handled += len(answers)
            batch = following
        if recording is not None:
            await recording
        return handled

    async def _claim(self) -> _Batch:
        at = self._clock.now()
        claims = await claim_letters(
            self._uow,
            lease=self._new_lease(),
            limit=self._batch,
            at=at,
            tz=self._tz,
            closed_days=self._closed_days,
            lasts=self._lease,
        )
        # A push may take ten seconds; one that could outlive its lease is not begun. The lease
        # runs from the claim on, also while the batch before is still being sent.
        return _Batch(claims=claims, begin_before=at + self._lease / 2)

    async def _send(self, batch: _Batch) -> list[tuple[Claim, Outcome]]:
        waiting = iter(batch.claims)
        answers: list[tuple[Claim, Outcome]] = []
        push, begin_before = self._messenger.push, batch.begin_before

        async def work_off() -> None:
            for claim in waiting:
                outcome: Outcome = NOT_BEGUN
                if self._clock.now() < begin_before:
                    outcome = await push(claim.request, retry_key=claim.retry_key)
                answers.append((claim, outcome))

        async with asyncio.TaskGroup() as group:
            for _ in range(min(self._at_once, len(batch.claims))):
                group.create_task(work_off())
        return answers

    async def _record(self, answers: list[tuple[Claim, Outcome]]) -> None:
        lease = answers[0][0].lease
        await record_deliveries(self._uow, answers, lease=lease, at=self._clock.now())
