"""Events API: what the app subscribed to, delivered, retried, doubled and disordered."""

import asyncio
import heapq
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bots.practice.slack.door import Answer
from bots.practice.slack.installation import Installation
from bots.practice.slack.model import Json
from bots.practice.slack.workspace import Workspace

log = logging.getLogger(__name__)

RETRY_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
"""Slack tries again at once, after one minute, after five (SLACK.md §1.3)."""

_GATHER_S = 0.05


@dataclass(slots=True)
class EventPlan:
    """How events shall misbehave: each one twice, or a burst in another order."""

    duplicate: bool = False
    shuffle_seed: int | None = None


@dataclass(frozen=True, slots=True)
class EventDelivery:
    """One try to deliver an event: `failure` is None, or Slack's reason."""

    at: datetime
    event_id: str
    kind: str
    attempt: int
    failure: str | None


@dataclass(order=True, slots=True)
class _Waiting:
    due: datetime
    order: int
    envelope: Json = field(compare=False)
    attempt: int = field(compare=False)
    reason: str = field(compare=False)


Deliver = Callable[[Json, tuple[int, str] | None], Awaitable[Answer]]


class Events:
    """The queue of events to one app."""

    def __init__(
        self, *, workspace: Workspace, installation: Installation, deliver: Deliver
    ) -> None:
        self._workspace = workspace
        self._installation = installation
        self._deliver = deliver
        self._queue: list[_Waiting] = []
        self._retries: list[_Waiting] = []
        self._worker: asyncio.Task[None] | None = None
        self._made = 0
        self.plan = EventPlan()
        self.deliveries: list[EventDelivery] = []

    def emit(self, event: Json, *, subscription: str | None = None, shared: bool = False) -> None:
        """Queue an event for the app, if it subscribed to it.

        `subscription` is the name in the manifest where it differs from the event's type
        (`message.im` for a `message`); `shared` marks a channel shared with other organisations.
        """
        if (subscription or event["type"]) not in self._installation.events:
            return
        envelope = self._envelope(event, shared=shared)
        for _ in range(2 if self.plan.duplicate else 1):
            self._put(envelope, attempt=0, reason="")
        self._wake()

    def next_due(self) -> datetime | None:
        """When the next planned retry is due."""
        return self._retries[0].due if self._retries else None

    def run_due(self) -> None:
        """Queue the retries that are due by the practice clock."""
        now = self._workspace.clock.now()
        while self._retries and self._retries[0].due <= now:
            waiting = heapq.heappop(self._retries)
            self._put(waiting.envelope, attempt=waiting.attempt, reason=waiting.reason)
        self._wake()

    async def settle(self) -> None:
        """Wait until nothing is queued or in flight; planned retries do not count."""
        while self._worker is not None and not self._worker.done():
            await asyncio.shield(self._worker)

    async def aclose(self) -> None:
        """Stop delivering."""
        self._queue.clear()
        self._retries.clear()
        if self._worker is not None and not self._worker.done():
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)

    def _put(self, envelope: Json, *, attempt: int, reason: str) -> None:
        self._made += 1
        now = self._workspace.clock.now()
        self._queue.append(_Waiting(now, self._made, envelope, attempt, reason))

    def _wake(self) -> None:
        if self._queue and (self._worker is None or self._worker.done()):
            self._worker = asyncio.get_running_loop().create_task(self._work())

    async def _work(self) -> None:
        while self._queue:
            if self.plan.shuffle_seed is not None:
                await asyncio.sleep(_GATHER_S)
                random.Random(self.plan.shuffle_seed).shuffle(self._queue)
                burst, self._queue = self._queue, []
            else:
                burst = [self._queue.pop(0)]
            for waiting in burst:
                await self._try(waiting)

    async def _try(self, waiting: _Waiting) -> None:
        retry = (waiting.attempt, waiting.reason) if waiting.attempt else None
        answer = await self._deliver(waiting.envelope, retry)
        now = self._workspace.clock.now()
        kind = waiting.envelope["event"]["type"]
        event_id = waiting.envelope["event_id"]
        self.deliveries.append(EventDelivery(now, event_id, kind, waiting.attempt, answer.failure))
        if answer.failure is None or answer.no_retry or waiting.attempt >= len(RETRY_AFTER):
            return
        log.warning("event %s (%s) failed: %s", event_id, kind, answer.failure)
        due = now + RETRY_AFTER[waiting.attempt]
        if due <= now:
            self._put(waiting.envelope, attempt=waiting.attempt + 1, reason=answer.failure)
            return
        self._made += 1
        again = _Waiting(due, self._made, waiting.envelope, waiting.attempt + 1, answer.failure)
        heapq.heappush(self._retries, again)

    def _envelope(self, event: Json, *, shared: bool) -> Json:
        workspace = self._workspace
        return {
            "token": workspace.verification_token,
            "team_id": workspace.team_id,
            "context_team_id": workspace.team_id,
            "context_enterprise_id": None,
            "api_app_id": workspace.app_id,
            "event": {**event, "event_ts": event.get("event_ts") or workspace.make_ts()},
            "type": "event_callback",
            "event_id": workspace.make_id("Ev"),
            "event_time": int(workspace.clock.now().timestamp()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": workspace.team_id,
                    "user_id": workspace.bot.id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": shared,
            "event_context": f"4-{workspace.make_id('E')}",
        }
