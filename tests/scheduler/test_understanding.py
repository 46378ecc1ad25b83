"""The inbox loop: an event that cannot be taken in holds up no other."""

from datetime import timedelta

import pytest

from bots.line.bubbles import LinePress
from bots.line.reader import LineEventReader
from core.inbound import LineEvent
from core.ports import RawEvent
from scheduler.understand import Understanding
from storage.unit_of_work import SqlUnitOfWork
from tests.bots.web.browser import Clock
from tests.midori import found_midori
from tests.pagers import PAGER
from tests.people import MONDAY, TOKYO


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is tried again does not depend on the kind of database."""
    return sqlite_url


class Stumbling(LineEventReader):
    """A reader with a fault of ours in it, until it is mended."""

    mended = False

    def read(self, raw: bytes) -> LineEvent:
        if b"stone" in raw and not self.mended:
            raise ZeroDivisionError
        return super().read(raw)


async def test_one_that_fails_is_tried_again_and_the_others_go_on(
    unit_of_work: SqlUnitOfWork,
) -> None:
    await found_midori(unit_of_work)
    events = [
        RawEvent(event_key=name, message_id=None, raw=f'{{"type":"{name}"}}'.encode())
        for name in ("novelty", "stone", "beacon")
    ]
    async with unit_of_work.write() as work:
        await work.inbox.split("w", events, received_at=MONDAY)
        await work.commit()
    clock, reader = Clock(), Stumbling()
    inbox = Understanding(
        unit_of_work, reader=reader, press=LinePress(), pager=PAGER, clock=clock, tz=TOKYO
    )
    assert await inbox.run() == 3
    async with unit_of_work.read() as work:
        assert {kept.kind for kept in await work.inbox.tray()} == {"novelty", "beacon"}
        (failed,) = await work.inbox.waiting(at=MONDAY + timedelta(hours=1), limit=5)
        assert (failed.event_key, failed.attempts) == ("stone", 1)
    reader.mended = True
    clock.move(timedelta(hours=1))
    assert await inbox.run() == 1
    async with unit_of_work.read() as work:
        assert {kept.kind for kept in await work.inbox.tray()} == {"novelty", "beacon", "stone"}
