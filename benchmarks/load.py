"""Posts webhooks like LINE does, as fast as they are answered: a process of its own.

Each question names a port and how many posts; each post carries one event with an id of its own
and a true signature, made before the watch starts.
"""

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from base64 import b64encode
from collections import Counter
from typing import Final, cast

import uvloop

from benchmarks.children import Answer, answering

SECRET: Final = "benchmark-channel-secret"
AT_ONCE: Final = 64
_END: Final = b"\r\n\r\n"
_numbers = itertools.count(1)


def post() -> bytes:
    """One signed request."""
    number = next(_numbers)
    event = {
        "type": "message",
        "message": {
            "type": "text",
            "id": f"{460_000_000_000_000_000 + number}",
            "quoteToken": "yHAz4Ua2wx7xPqm0Yg7qyEQ7k0sZ3T",
            "text": "ありがとう。庭の写真、きれいですね。",
        },
        "webhookEventId": f"01JR{number:022d}",
        "deliveryContext": {"isRedelivery": False},
        "timestamp": 1_775_444_400_000 + number,
        "source": {"type": "user", "userId": f"U{number % 5000:032x}"},
        "replyToken": "38ef843bde154d9b91c21320ffd17a0f",
        "mode": "active",
    }
    whole = {"destination": "U" + "f" * 32, "events": [event]}
    body = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
    signature = b64encode(hmac.digest(SECRET.encode(), body, hashlib.sha256))
    return (
        b"POST /line/webhook HTTP/1.1\r\nhost: 127.0.0.1\r\n"
        b"content-type: application/json; charset=utf-8\r\nuser-agent: LineBotWebhook/2.0\r\n"
        b"x-line-signature: " + signature + b"\r\n"
        b"content-length: " + str(len(body)).encode() + _END + body
    )


class Line(asyncio.Protocol):
    """One connection: the next post goes out when the last one is answered."""

    def __init__(self, waiting: list[bytes], statuses: Counter[int], waits: list[float]) -> None:
        self._waiting = waiting
        self._statuses = statuses
        self._waits = waits
        self._rest = b""
        self._sent_at = 0.0
        self._transport: asyncio.Transport | None = None
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)

    def begin(self) -> None:
        """Send the first post."""
        self._next()

    def data_received(self, data: bytes) -> None:
        """Note the answer, send the next."""
        self._rest += data
        head = self._rest.find(_END)
        if head < 0:
            return
        at = self._rest.lower().find(b"content-length: ", 0, head) + len(b"content-length: ")
        length = int(self._rest[at : self._rest.index(b"\r\n", at)])
        if len(self._rest) < head + 4 + length:
            return
        self._statuses[int(self._rest[9:12])] += 1
        self._waits.append(time.perf_counter() - self._sent_at)
        self._rest = b""
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        """The server hung up."""
        if not self.done.done():
            self.done.set_result(None)

    def _next(self) -> None:
        if self._transport is None or not self._waiting:
            if not self.done.done():
                self.done.set_result(None)
            return
        self._sent_at = time.perf_counter()
        self._transport.write(self._waiting.pop())


async def run(question: Answer) -> Answer:
    """Post, and tell how it went."""
    posts = [post() for _ in range(question["posts"])]
    statuses: Counter[int] = Counter()
    waits: list[float] = []
    loop = asyncio.get_running_loop()
    lines = []
    for _ in range(AT_ONCE):
        _, line = await loop.create_connection(
            lambda: Line(posts, statuses, waits), "127.0.0.1", question["port"]
        )
        lines.append(line)
    started = time.perf_counter()
    for line in lines:
        line.begin()
    await asyncio.gather(*(line.done for line in lines))
    seconds = time.perf_counter() - started
    waits.sort()
    return {
        "seconds": seconds,
        "good": statuses[200],
        "p50_ms": 1000 * waits[len(waits) // 2],
        "p99_ms": 1000 * waits[len(waits) * 99 // 100],
    }


if __name__ == "__main__":
    uvloop.run(answering({"ready": True}, run))
