"""The delivery loop: no push outlives the lease under which it was claimed."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from bots.line.bubbles import LinePress
from core.letters import LetterState
from core.outbox import LEASE, Outcome
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
