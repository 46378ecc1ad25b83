"""Each letter exactly once: through crashes at every point, two loops, and dropped answers."""

import asyncio
import contextlib
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bots.line.bubbles import LinePress
from bots.line.messenger import LineMessenger
from bots.practice.clock import PracticeClock
from bots.practice.faults import Fault
from core.letters import Letter, LetterState
from core.outbox import LEASE, Outcome
from core.usecases.trail.check_sent import check_sent
from core.usecases.trail.verify_trail import verify_trail
from scheduler.deliver import Delivering
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import new_id
from tests.journeys.outside import Outside, ShiftedClock, outside
from tests.midori import add_neighbour, approved, found_midori, letter_now, states
from tests.people import MONDAY, TOKYO

PRESS = LinePress()
DUE = MONDAY + timedelta(minutes=6)


class Killed(BaseException):
    """What a kill looks like from inside: nothing after it runs."""


class DyingMessenger:
    """The real messenger, until the power fails: before or after LINE has taken the letter."""

    def __init__(self, messenger: LineMessenger, *, dies_at: int, taken: bool) -> None:
        self._messenger = messenger
        self._left = dies_at
        self._taken = taken

    async def push(self, request: bytes, *, retry_key: str) -> Outcome:
        if self._left == 0 and not self._taken:
            raise Killed
        outcome = await self._messenger.push(request, retry_key=retry_key)
        if self._left == 0:
            raise Killed
        self._left -= 1
        return outcome

    async def reply(self, request: bytes, *, reply_token: str) -> Outcome:
        raise AssertionError("nobody has just spoken in these journeys")


@pytest.fixture
def clock() -> PracticeClock:
    return PracticeClock(DUE)


@pytest.fixture
async def world(clock: PracticeClock) -> AsyncIterator[Outside]:
    async with outside(clock) as opened:
        yield opened


@pytest.fixture
async def messenger(world: Outside) -> AsyncIterator[LineMessenger]:
    async with LineMessenger(base_url=f"{world.url}/line", access_token="line-token") as opened:
        yield opened


def delivering(uow: SqlUnitOfWork, messenger: Any, clock: PracticeClock, **more: Any) -> Delivering:
    return Delivering(uow, messenger, clock=clock, tz=TOKYO, new_lease=new_id, **more)


async def a_street(uow: SqlUnitOfWork, world: Outside, count: int) -> list[Letter]:
    """As many people, each with one approved letter that is due."""
    await found_midori(uow)
    letters = []
    for number in range(count):
        case_id, user_id = await add_neighbour(uow, number)
        world.line.phones.add(f"P{number}", user_id=user_id, friend=True)
        letters.append(await approved(uow, PRESS, case_id=case_id))
    return letters


def received(world: Outside) -> Counter[str]:
    return Counter(accepted.to for accepted in world.line.record)


@pytest.mark.rule("S4")
@pytest.mark.parametrize("taken", [False, True], ids=["before LINE took it", "after LINE took it"])
async def test_killed_between_claim_and_record(
    unit_of_work: SqlUnitOfWork,
    world: Outside,
    messenger: LineMessenger,
    clock: PracticeClock,
    taken: bool,
) -> None:
    letters = await a_street(unit_of_work, world, 6)
    dying = DyingMessenger(messenger, dies_at=3, taken=taken)
    with pytest.raises(BaseExceptionGroup):
        await delivering(unit_of_work, dying, clock, at_once=1).run()
    assert await states(unit_of_work, letters) == {LetterState.SCHEDULED: 6}
    restarted = delivering(unit_of_work, messenger, clock)
    assert await restarted.run() == 0, "nobody else takes a letter while its lease lasts"
    clock.move_to(clock.now() + LEASE)
    assert await restarted.run() == 6
    assert await states(unit_of_work, letters) == {LetterState.SENT: 6}
    assert set(received(world).values()) == {1}
    assert len(received(world)) == 6


@pytest.mark.rule("S4")
async def test_two_loops_and_doubled_ticks(
    unit_of_work: SqlUnitOfWork, world: Outside, messenger: LineMessenger, clock: PracticeClock
) -> None:
    letters = await a_street(unit_of_work, world, 12)
    loops = [delivering(unit_of_work, messenger, clock, batch=4) for _ in range(2)]
    await asyncio.gather(*(loop.run() for loop in (*loops, *loops)))
    assert await states(unit_of_work, letters) == {LetterState.SENT: 12}
    assert set(received(world).values()) == {1}


@pytest.mark.rule("S7")
async def test_an_answer_lost_on_the_way_is_asked_for_again_with_the_same_key(
    unit_of_work: SqlUnitOfWork, world: Outside, messenger: LineMessenger, clock: PracticeClock
) -> None:
    letters = await a_street(unit_of_work, world, 1)
    world.faults.plan(Fault(service="line", operation="push", drop="after"))
    await delivering(unit_of_work, messenger, clock).run()
    assert await states(unit_of_work, letters) == {LetterState.SCHEDULED: 1}
    clock.move_to(clock.now() + timedelta(minutes=1))
    await delivering(unit_of_work, messenger, clock).run()
    sent = await letter_now(unit_of_work, letters[0].id)
    assert sent.state is LetterState.SENT
    assert sent.line_request_id == world.line.record[0].request_id
    assert set(received(world).values()) == {1}


@pytest.mark.rule("S7")
async def test_after_a_day_of_doubt_a_person_is_asked_instead_of_line(
    unit_of_work: SqlUnitOfWork, world: Outside, messenger: LineMessenger, clock: PracticeClock
) -> None:
    letters = await a_street(unit_of_work, world, 1)
    world.faults.plan(Fault(service="line", operation="push", drop="after"))
    await delivering(unit_of_work, messenger, clock).run()
    clock.move_to(clock.now() + timedelta(hours=25))
    await delivering(unit_of_work, messenger, clock).run()
    given_up = await letter_now(unit_of_work, letters[0].id)
    assert given_up.state is LetterState.UNREACHABLE
    assert set(received(world).values()) == {1}


@contextlib.asynccontextmanager
async def working(environment: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """A worker process, gone at the end of the block."""
    worker = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.journeys.worker",
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert worker.stdout is not None
        started = await worker.stdout.readline()
        assert started == b"working\n", await worker.stderr.read() if worker.stderr else b""
        yield worker
    finally:
        with contextlib.suppress(ProcessLookupError):
            worker.kill()
        await worker.wait()


@pytest.mark.slow
@pytest.mark.rule("S4")
async def test_kill_9_again_and_again(database_url: str, unit_of_work: SqlUnitOfWork) -> None:
    clock = ShiftedClock()
    async with outside(clock) as world:
        letters = await a_street(unit_of_work, world, 80)
        await asyncio.sleep(0)
        shift = clock.shift + timedelta(minutes=6)
        environment = (
            os.environ
            | world.environment(database_url)
            | {"YORISOI_TEST_SHIFT": str(shift.total_seconds())}
        )
        # Slow answers, so that every kill finds letters on their way.
        world.faults.plan(Fault(service="line", operation="push", delay_s=0.2, count=10_000))
        killed = 0
        while len(world.line.record) < 80:
            had = len(world.line.record)
            async with working(environment) as worker:
                for _ in range(400):
                    await asyncio.sleep(0.02)
                    if len(world.line.record) >= min(had + 15, 80):
                        break
                worker.send_signal(signal.SIGKILL)
                killed += 1
        async with working(environment):
            for _ in range(600):
                if await states(unit_of_work, letters) == {LetterState.SENT: 80}:
                    break
                await asyncio.sleep(0.1)
        assert killed
        assert await states(unit_of_work, letters) == {LetterState.SENT: 80}
        assert set(received(world).values()) == {1}
        assert len(received(world)) == 80
    assert (await verify_trail(unit_of_work)).broken is None
    assert await check_sent(unit_of_work) == ()
