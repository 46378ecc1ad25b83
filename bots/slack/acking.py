"""Slack gives three seconds to answer; the database may need longer.

A piece of work gets an allowance. Done within it, its outcome is the answer. Otherwise Slack is
answered at once, the work goes on, and its outcome is delivered afterwards. Tasks are held here,
since nobody else holds them, and are waited for when the house closes.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import structlog

from core.errors import CaseworkError

ALLOWANCE_S: Final = 2.2
GRACE_S: Final = 10.0

T = TypeVar("T")
log = structlog.get_logger("slack")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """It worked."""

    value: T


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule forbids it."""

    error: CaseworkError


@dataclass(frozen=True, slots=True)
class Broken:
    """A bug or an outage; it was logged."""


Outcome = Done[T] | Refused | Broken
Deliver = Callable[[Outcome[T]], Awaitable[None]]


class Acking:
    """Runs work against the three seconds.

    Attributes:
        allowance_s: how long an answer may wait for its outcome.
    """

    def __init__(self, *, allowance_s: float = ALLOWANCE_S) -> None:
        self.allowance_s = allowance_s
        self._tasks: set[asyncio.Task[Any]] = set()

    def keep(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Run it in a task that is held until it ends."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def answer(
        self,
        work: Coroutine[Any, Any, T],
        *,
        what: str,
        in_time: Deliver[T],
        not_yet: Callable[[], Awaitable[Any]],
        late: Deliver[T],
    ) -> None:
        """Answer with the outcome if there is one in time; if not, answer and deliver it later.

        Args:
            what: name of the interaction, for the log.
            in_time: acks with the outcome.
            not_yet: acks without it.
            late: brings the outcome to the person afterwards.
        """
        await asyncio.shield(
            self.keep(self._answer(work, what=what, in_time=in_time, not_yet=not_yet, late=late))
        )

    async def _answer(
        self,
        work: Coroutine[Any, Any, T],
        *,
        what: str,
        in_time: Deliver[T],
        not_yet: Callable[[], Awaitable[Any]],
        late: Deliver[T],
    ) -> None:
        task = self.keep(outcome_of(work, what=what))
        done, _ = await asyncio.wait({task}, timeout=self.allowance_s)
        if done:
            await in_time(task.result())
            return
        log.info("slack.late", what=what)
        await not_yet()
        await late(await task)

    async def settle(self) -> None:
        """Return when nothing is under way."""
        while waiting := [t for t in self._tasks if t is not asyncio.current_task()]:
            await asyncio.wait(waiting)

    async def aclose(self) -> None:
        """Let what is under way end, for a while; then stop it."""
        if self._tasks:
            _, slow = await asyncio.wait(set(self._tasks), timeout=GRACE_S)
            for task in slow:
                log.warning("slack.cut_off")
                task.cancel()


async def outcome_of(work: Coroutine[Any, Any, T], *, what: str) -> Outcome[T]:
    """The outcome of a piece of work; this is the edge at which bugs are logged, once."""
    try:
        return Done(await work)
    except CaseworkError as error:
        log.info("slack.refused", what=what, refusal=error.code, rule=error.rule)
        return Refused(error)
    except Exception:  # the edge: the person is told, the log has the rest
        log.exception("slack.broken", what=what)
        return Broken()
