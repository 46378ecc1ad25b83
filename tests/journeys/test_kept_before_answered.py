"""What LINE was answered 200 for is there after a kill -9, and understood after a restart."""

import asyncio
import os
import socket
import sys
from datetime import timedelta

import aiohttp
import pytest

from bots.line.bubbles import LinePress
from bots.line.reader import LineEventReader
from scheduler.understand import Understanding
from storage.unit_of_work import SqlUnitOfWork
from tests.journeys.outside import ShiftedClock, outside
from tests.midori import found_midori
from tests.pagers import PAGER
from tests.people import A12, LINK_A, TOKYO

WORDS = [f"{number}ばんめの言葉" for number in range(12)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def answering(url: str) -> None:
    async with aiohttp.ClientSession(trust_env=False) as session:
        for _ in range(300):
            try:
                async with session.get(url) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
    raise AssertionError(f"{url} did not answer")


@pytest.mark.slow
async def test_kill_9_after_the_answer(database_url: str, unit_of_work: SqlUnitOfWork) -> None:
    await found_midori(unit_of_work)
    # The product runs by the machine's own clock in the other process.
    clock = ShiftedClock(timedelta())
    async with outside(clock) as world:
        port = free_port()
        environment = os.environ | world.environment(
            database_url, product_url=f"http://127.0.0.1:{port}"
        )
        # Without ticks, so that nothing but the intake has seen the words when it dies.
        serving = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bots.cli", "serve", "--no-work", "--port", str(port)),
            env=environment,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            await answering(f"http://127.0.0.1:{port}/healthz")
            phone = world.line.phones.add("A", user_id=LINK_A.line_user_id, friend=True)
            world.line.webhooks.url = f"http://127.0.0.1:{port}/line/webhook"
            await asyncio.gather(*(phone.say(word) for word in WORDS))
            await world.line.settle()
            assert [delivery.status for delivery in world.line.webhooks.log] == [200] * len(WORDS)
        finally:
            serving.kill()
            await serving.wait()
    inbox = Understanding(
        unit_of_work,
        reader=LineEventReader(),
        press=LinePress(),
        pager=PAGER,
        clock=clock,
        tz=TOKYO,
    )
    assert await inbox.run() == len(WORDS)
    assert await inbox.run() == 0
    async with unit_of_work.read() as work:
        replies = await work.replies.of_case(A12.id)
    assert sorted(reply.text for reply in replies) == sorted(WORDS)
    assert all(clock.now() - reply.received_at < timedelta(minutes=5) for reply in replies)
