"""The delivery loop: no push outlives the lease under which it was claimed."""

import asyncio
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bots.line.bubbles import LinePress
from core.letters import LetterState
from core.outbox import LEASE, ChannelClosed, Outcome
from core.ports import Work
from core.quota import Allowance
from core.usecases.delivery.note_quota import note_quota
from scheduler.deliver import Delivering
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import new_id
from tests.fakes import FakeLine, SetClock
from tests.midori import add_neighbour, approved, found_midori, letter_now
from tests.people import MONDAY, TOKYO

DUE = MONDAY + timedelta(minutes=6)


@dataclass(kw_only=True)
class SlowLine:
    """A LINE that takes its time over every push."""

    line: FakeLine
    clock: SetClock
    takes: timedelta

    async def push(self, request: bytes, *, retry_key: str) -> Outcome:
        self.clock.at += self.takes
        return await self.line.push(request, retry_key=retry_key)

    async def reply(self, request: bytes, *, reply_token: str) -> Outcome:
        self.clock.at += self.takes
        return await self.line.reply(request, reply_token=reply_token)


@pytest.mark.rule("S4")
async def test_a_push_is_begun_only_while_its_own_lease_has_time_left(
    unit_of_work: SqlUnitOfWork,
) -> None:
    """The second batch is claimed while the first is being sent: its lease runs meanwhile."""
    await found_midori(unit_of_work)
    press, clock = LinePress(), SetClock(at=DUE)
    letters = [await approved(unit_of_work, press)]
    for number in range(3):
        case_id, _ = await add_neighbour(unit_of_work, number)
        letters.append(await approved(unit_of_work, press, case_id=case_id))
    line = FakeLine(clock=clock)
    slow = SlowLine(line=line, clock=clock, takes=LEASE / 2 - timedelta(seconds=1))
    loop = Delivering(
        unit_of_work, slow, clock=clock, tz=TOKYO, new_lease=new_id, batch=2, at_once=1
    )
    await loop.run()
    begun = [took.at - slow.takes - DUE for took in line.took]
    assert begun == [timedelta(), slow.takes], "the others' lease had run while these were sent"
    for _ in range(20):
        clock.at += timedelta(minutes=1)
        await loop.run()
    assert len(line.took) == 4
    for letter in letters:
        assert (await letter_now(unit_of_work, letter.id)).state is LetterState.SENT


@pytest.mark.rule("S4")
@pytest.mark.parametrize("one_writer", [True, False], ids=["together", "side by side"])
async def test_letters_of_several_batches_are_each_sent_and_recorded_once(
    unit_of_work: SqlUnitOfWork, one_writer: bool
) -> None:
    await found_midori(unit_of_work)
    press, clock = LinePress(), SetClock(at=DUE)
    letters = [await approved(unit_of_work, press)]
    for number in range(6):
        case_id, _ = await add_neighbour(unit_of_work, number)
        letters.append(await approved(unit_of_work, press, case_id=case_id))
    line = FakeLine(clock=clock)
    loop = Delivering(
        unit_of_work,
        line,
        clock=clock,
        tz=TOKYO,
        new_lease=new_id,
        batch=2,
        at_once=2,
        one_writer=one_writer,
    )
    assert await loop.run() == 7
    assert line.calls == len(line.took) == 7
    for letter in letters:
        assert (await letter_now(unit_of_work, letter.id)).state is LetterState.SENT


@dataclass(kw_only=True)
class ClosingLine:
    """A LINE that took one push just before its doors closed, and answers it last."""

    line: FakeLine
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    pushes: int = 0

    async def push(self, request: bytes, *, retry_key: str) -> Outcome:
        self.pushes += 1
        if self.pushes == 1:
            await self.closed.wait()
            return await self.line.push(request, retry_key=retry_key)
        self.closed.set()
        return ChannelClosed(cause="TOKEN", detail="401")

    async def reply(self, request: bytes, *, reply_token: str) -> Outcome:
        raise AssertionError("nobody spoke")


@pytest.mark.rule("S4")
@pytest.mark.parametrize("one_writer", [True, False], ids=["together", "side by side"])
async def test_what_line_took_before_it_closed_opens_nothing_again(
    unit_of_work: SqlUnitOfWork, one_writer: bool
) -> None:
    await found_midori(unit_of_work)
    press, clock = LinePress(), SetClock(at=DUE)
    await approved(unit_of_work, press)
    for number in range(6):
        case_id, _ = await add_neighbour(unit_of_work, number)
        await approved(unit_of_work, press, case_id=case_id)
    line = ClosingLine(line=FakeLine(clock=clock))
    loop = Delivering(
        unit_of_work,
        line,
        clock=clock,
        tz=TOKYO,
        new_lease=new_id,
        batch=4,
        at_once=2,
        one_writer=one_writer,
    )
    await loop.run()
    assert line.pushes == 2


async def test_what_is_on_its_way_counts_before_it_is_recorded(
    unit_of_work: SqlUnitOfWork,
) -> None:
    """Side by side, batches are claimed while nothing of the first is recorded yet."""
    await found_midori(unit_of_work)
    press, clock = LinePress(), SetClock(at=DUE)
    await approved(unit_of_work, press)
    for number in range(6):
        case_id, _ = await add_neighbour(unit_of_work, number)
        await approved(unit_of_work, press, case_id=case_id)
    await note_quota(unit_of_work, Allowance(most=200, used=197), counted=0, at=DUE)
    line = FakeLine(clock=clock)
    loop = Delivering(
        unit_of_work,
        line,
        clock=clock,
        tz=TOKYO,
        new_lease=new_id,
        batch=8,
        at_once=2,
        one_writer=False,
    )
    for _ in range(3):
        await loop.run()
    assert line.calls == 3


class FailingOnce:
    """Transactions of which the so-maniest to write does not come about."""

    def __init__(self, unit_of_work: SqlUnitOfWork, *, fails_at: int) -> None:
        self._unit_of_work = unit_of_work
        self._left = fails_at
        self.read = unit_of_work.read

    def write(self) -> AbstractAsyncContextManager[Work]:
        self._left -= 1
        if self._left == 0:
            raise ConnectionError("the database is away")
        return self._unit_of_work.write()


@pytest.mark.rule("S4")
async def test_what_a_failure_kept_from_being_recorded_is_the_next_runs_first_business(
    unit_of_work: SqlUnitOfWork,
) -> None:
    await found_midori(unit_of_work)
    press, clock = LinePress(), SetClock(at=DUE)
    letters = [await approved(unit_of_work, press)]
    for number in range(2):
        case_id, _ = await add_neighbour(unit_of_work, number)
        letters.append(await approved(unit_of_work, press, case_id=case_id))
    line = FakeLine(clock=clock)
    # Two turns claim three letters; what LINE says to them is to be recorded by the third.
    failing = FailingOnce(unit_of_work, fails_at=3)
    loop = Delivering(failing, line, clock=clock, tz=TOKYO, new_lease=new_id, batch=2)
    with pytest.raises(ConnectionError):
        await loop.run()
    assert line.calls == 3
    for letter in letters:
        assert (await letter_now(unit_of_work, letter.id)).state is LetterState.SCHEDULED
    assert await loop.run() == 3
    assert line.calls == 3, "nothing is asked for again that LINE has answered"
    for letter in letters:
        assert (await letter_now(unit_of_work, letter.id)).state is LetterState.SENT
