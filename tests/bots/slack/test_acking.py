"""Work against the clock: in time, late, refused, broken, and when the house closes."""

import asyncio
from typing import Any

from bots.slack.acking import Acking, Broken, Done, Outcome, Refused
from core.access import OwnLetter


class Told:
    """What became of the work, in order."""

    def __init__(self) -> None:
        self.steps: list[Any] = []

    async def in_time(self, outcome: Outcome[str]) -> None:
        self.steps.append(("in time", outcome))

    async def not_yet(self) -> None:
        self.steps.append("not yet")

    async def late(self, outcome: Outcome[str]) -> None:
        self.steps.append(("late", outcome))


async def answered(acking: Acking, work: Any) -> list[Any]:
    told = Told()
    await acking.answer(
        work, what="test", in_time=told.in_time, not_yet=told.not_yet, late=told.late
    )
    return told.steps


async def said() -> str:
    return "done"


async def slow(gate: asyncio.Event) -> str:
    await gate.wait()
    return "done"


async def test_what_is_done_in_time_is_the_answer() -> None:
    assert await answered(Acking(), said()) == [("in time", Done("done"))]


async def test_what_is_not_is_answered_at_once_and_told_afterwards() -> None:
    acking, gate, told = Acking(allowance_s=0.01), asyncio.Event(), Told()
    answering = asyncio.create_task(
        acking.answer(
            slow(gate), what="test", in_time=told.in_time, not_yet=told.not_yet, late=told.late
        )
    )
    while not told.steps:
        await asyncio.sleep(0)
    assert told.steps == ["not yet"]
    gate.set()
    await answering
    assert told.steps == ["not yet", ("late", Done("done"))]


async def test_a_refusal_is_an_outcome() -> None:
    async def refused() -> str:
        raise OwnLetter

    ((when, outcome),) = await answered(Acking(), refused())
    assert when == "in time"
    assert isinstance(outcome, Refused)
    assert isinstance(outcome.error, OwnLetter)


async def test_a_bug_is_an_outcome_too() -> None:
    async def broken() -> str:
        raise RuntimeError("a bug")

    assert await answered(Acking(), broken()) == [("in time", Broken())]


async def test_whoever_asked_may_go_the_work_goes_on() -> None:
    acking, gate, told = Acking(allowance_s=0.01), asyncio.Event(), Told()
    asking = asyncio.create_task(
        acking.answer(
            slow(gate), what="test", in_time=told.in_time, not_yet=told.not_yet, late=told.late
        )
    )
    while not told.steps:
        await asyncio.sleep(0)
    asking.cancel()
    gate.set()
    await acking.settle()
    assert told.steps == ["not yet", ("late", Done("done"))]


async def test_closing_waits_for_what_is_under_way() -> None:
    acking, gate, told = Acking(allowance_s=0.01), asyncio.Event(), Told()
    asking = asyncio.create_task(
        acking.answer(
            slow(gate), what="test", in_time=told.in_time, not_yet=told.not_yet, late=told.late
        )
    )
    while not told.steps:
        await asyncio.sleep(0)
    closing = asyncio.create_task(acking.aclose())
    gate.set()
    await closing
    await asking
    assert told.steps[-1] == ("late", Done("done"))
