"""The contenders of delivery, each a process: `python -m benchmarks.senders NAME STUB`.

`bare` is one aiohttp session and 64 tasks, `sdk` the official SDK's asynchronous client as its
documentation uses it, with 64 tasks. Both remember nothing. `product` is the whole path on the
database that each question names.
"""

import asyncio
import importlib
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import uvloop
from yarl import URL

from benchmarks.children import Answer, answering
from benchmarks.letters import WORDS, line_user, requests, retry_keys

AT_ONCE = 64
TOKEN = "benchmark-token"


async def in_parallel(count: int, send: Callable[[int], Awaitable[None]]) -> None:
    """Send `count` letters with `AT_ONCE` tasks."""
    numbers = iter(range(count))

    async def work_off() -> None:
        for number in numbers:
            await send(number)

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(work_off())


async def bare(stub: str) -> None:
    """One session, frozen bytes, nothing kept."""
    url = URL(f"{stub}/v2/bot/message/push")
    frozen, keys = requests(10_000), retry_keys()
    connector = aiohttp.TCPConnector(limit=AT_ONCE)
    async with aiohttp.ClientSession(connector=connector, trust_env=False) as session:

        async def send(number: int) -> None:
            headers = {
                "Authorization": f"Bearer {TOKEN}",
                "Content-Type": "application/json",
                "X-Line-Retry-Key": next(keys),
            }
            data = frozen[number % len(frozen)]
            async with session.post(url, data=data, headers=headers) as response:
                await response.read()
                assert response.status == 200

        async def run(question: Answer) -> Answer:
            await in_parallel(question["letters"], send)
            return {}

        await answering({"ready": True}, run)


async def sdk(stub: str) -> None:
    """The official SDK: models built for each push, nothing kept."""
    line: Any = importlib.import_module("linebot.v3.messaging")

    keys = retry_keys()
    labels = (
        ("そのまま", "keep"),
        ("少し休む", "rest"),
        ("やめる", "stop"),
        ("人と話したい", "talk"),
    )
    async with line.AsyncApiClient(line.Configuration(host=stub, access_token=TOKEN)) as client:
        api = line.AsyncMessagingApi(client)

        async def send(number: int) -> None:
            items = [
                line.QuickReplyItem(
                    action=line.PostbackAction(label=label, data=f"press={name}", displayText=label)
                )
                for label, name in labels
            ]
            message = line.TextMessage(text=WORDS, quickReply=line.QuickReply(items=items))
            await api.push_message(
                line.PushMessageRequest(to=line_user(number), messages=[message]),
                x_line_retry_key=next(keys),
            )

        async def run(question: Answer) -> Answer:
            await in_parallel(question["letters"], send)
            return {}

        await answering({"ready": True}, run)


async def product(stub: str) -> None:
    """The whole path: claim, second look, push, record."""
    from benchmarks.house import delivered
    from bots.line.messenger import LineMessenger

    async with (
        LineMessenger(base_url=stub, access_token=TOKEN, connections=AT_ONCE) as line,
        aiohttp.ClientSession() as counter,
    ):

        async def taken() -> Answer:
            async with counter.get(stub) as response:
                counts: Answer = json.loads(await response.read())
                return counts

        async def run(question: Answer) -> Answer:
            await taken()
            answer = await delivered(question["database"], line)
            return {**answer, **await taken()}

        await answering({"ready": True}, run)


CONTENDERS = {"bare": bare, "sdk": sdk, "product": product}


if __name__ == "__main__":
    uvloop.run(CONTENDERS[sys.argv[1]](sys.argv[2]))
