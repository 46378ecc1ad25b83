"""A button that decides: answered in time, the card changes by itself, why not is told."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck

from bots.slack.acking import Done, Outcome
from bots.slack.means import Means
from core.agencies import Staff

Decide = Callable[[Staff], Awaitable[str]]
"""Does it for this colleague; a sentence for them, "" where the card says enough."""


async def decide(
    means: Means, ack: AsyncAck, body: dict[str, Any], deciding: Decide, *, what: str
) -> None:
    """Decide for whoever pressed the button; the core says no where they may not."""

    async def work() -> str:
        return await deciding(await means.staff(body))

    async def in_time(outcome: Outcome[str]) -> None:
        await ack()
        await _tell(means, body, outcome)

    async def late(outcome: Outcome[str]) -> None:
        await _tell(means, body, outcome)

    await means.acking.answer(work(), what=what, in_time=in_time, not_yet=ack, late=late)


async def _tell(means: Means, body: dict[str, Any], outcome: Outcome[str]) -> None:
    means.wake()
    if not isinstance(outcome, Done):
        await means.telling.quietly(body, means.why(outcome, locale=means.locale(body)))
    elif outcome.value:
        await means.telling.quietly(body, outcome.value)
