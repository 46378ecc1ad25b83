"""A served practice LINE with a friend (花子), a stranger (太郎) and a product's webhook.

Both hang on one server as in practice mode: the emulator below /practice/line.
"""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from bots.practice.clock import PracticeClock
from bots.practice.faults import Faults
from bots.practice.line import LineEmulator, Phone

from .served import served
from .town import SECRET, START, TOKEN, Inbox, Town


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    clock, faults, inbox = PracticeClock(START), Faults(), Inbox()
    line = LineEmulator(
        clock=clock,
        faults=faults,
        channel_secret=SECRET,
        access_token=TOKEN,
        webhook_url=None,
        bot_name="よりそい",
    )
    line.phones.add("花子", friend=True)
    line.phones.add("太郎")
    both = Starlette(routes=[Mount("/practice/line", line.app), Mount("/line/webhook", inbox)])
    async with served(both) as origin:
        line.webhooks.url = f"{origin}/line/webhook/"
        async with aiohttp.ClientSession() as session:
            yield Town(line, clock, faults, inbox, f"{origin}/practice/line", session)
        await line.aclose()


@pytest.fixture
def hanako(town: Town) -> Phone:
    return town.line.phones.get("花子")


@pytest.fixture
def taro(town: Town) -> Phone:
    return town.line.phones.get("太郎")
