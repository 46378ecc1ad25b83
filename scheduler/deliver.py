"""The outbox loop: claim, send, record.

Claiming and recording are transactions; sending lies between them, outside of any. A crash at
any point leaves a lease that runs out, and the next claim sends the same bytes under the same
retry key, which LINE takes once.
"""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta, tzinfo
from typing import Final

from core.outbox import LEASE, Outcome, TryLater
from core.ports import Claim, Clock, PersonMessenger, UnitOfWork
from core.usecases.delivery.claim_letters import claim_letters
from core.usecases.delivery.record_deliveries import record_deliveries

BATCH: Final = 400
AT_ONCE: Final = 64
NOT_BEGUN: Final = TryLater(detail="not begun within the lease", maybe_taken=False)


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
        claims = await self._claim()
        while claims:
            sending = asyncio.create_task(self._send(claims))
            full = len(claims) == self._batch
            following = await self._claim() if full else ()
            answers = await sending
            if recording is not None:
                await recording
            recording = asyncio.create_task(self._record(answers))
            handled += len(answers)
            claims = following
        if recording is not None:
            await recording
        return handled

    async def _claim(self) -> tuple[Claim, ...]:
        return await claim_letters(
            self._uow,
            lease=self._new_lease(),
            limit=self._batch,
            at=self._clock.now(),
            tz=self._tz,
            closed_days=self._closed_days,
            lasts=self._lease,
        )

    async def _send(self, claims: tuple[Claim, ...]) -> list[tuple[Claim, Outcome]]:
        waiting = iter(claims)
        answers: list[tuple[Claim, Outcome]] = []
        # A push may take ten seconds; one that could outlive its lease is not begun.
        push, begin_before = self._messenger.push, self._clock.now() + self._lease / 2

        async def work_off() -> None:
            for claim in waiting:
                outcome: Outcome = NOT_BEGUN
                if self._clock.now() < begin_before:
                    outcome = await push(claim.request, retry_key=claim.retry_key)
                answers.append((claim, outcome))

        async with asyncio.TaskGroup() as group:
            for _ in range(min(self._at_once, len(claims))):
                group.create_task(work_off())
        return answers

    async def _record(self, answers: list[tuple[Claim, Outcome]]) -> None:
        lease = answers[0][0].lease
        await record_deliveries(self._uow, answers, lease=lease, at=self._clock.now())
