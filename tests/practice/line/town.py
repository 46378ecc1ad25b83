"""What the tests stand on: an emulator that is served, a product's webhook, a few people."""

import asyncio
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp

from bots.practice.clock import PracticeClock
from bots.practice.faults import Faults
from bots.practice.line import LineEmulator

SECRET = "practice-secret"
TOKEN = "practice-token"
START = datetime(2026, 4, 6, 1, 0, tzinfo=UTC)


@dataclass
class Inbox:
    """A product's webhook: keeps what comes, answers with what the test wants."""

    status: int = 200
    wait_s: float = 0.0
    got: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        headers = {k.decode(): v.decode() for k, v in scope["headers"]}
        self.got.append((headers, body))
        if self.wait_s:
            await asyncio.sleep(self.wait_s)
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    def events(self) -> list[dict[str, Any]]:
        """Every event received, in order of arrival."""
        return [event for _, body in self.got for event in json.loads(body)["events"]]


@dataclass
class Reply:
    """An HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body read as JSON."""
        return json.loads(self.body)

    @property
    def message(self) -> str:
        """The error message."""
        return str(self.json()["message"])


@dataclass
class Town:
    """The emulator with its surroundings."""

    line: LineEmulator
    clock: PracticeClock
    faults: Faults
    inbox: Inbox
    origin: str
    session: aiohttp.ClientSession

    async def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = TOKEN,
        retry_key: str | None = None,
        content_type: str = "application/json",
    ) -> Reply:
        """One raw request, so that a test can send what the SDK would not."""
        headers = {"content-type": content_type}
        if token is not None:
            headers["authorization"] = f"Bearer {token}"
        if retry_key is not None:
            headers["x-line-retry-key"] = retry_key
        raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        data = None if raw is None else io.BytesIO(raw)
        async with self.session.request(
            method, self.origin + path, data=data, headers=headers
        ) as response:
            return Reply(response.status, response.headers, await response.read())

    async def push(self, to: str, *messages: Any, retry_key: str | None = None) -> Reply:
        """A push of these messages, "こんにちは" when none are given."""
        body = {"to": to, "messages": list(messages) or [text("こんにちは")]}
        return await self.call("POST", "/v2/bot/message/push", body, retry_key=retry_key)

    async def refused(self, *messages: Any) -> list[dict[str, str]]:
        """The details of the 400 for these messages; fails when LINE would take them."""
        reply = await self.call("POST", "/v2/bot/message/validate/push", {"messages": messages})
        assert reply.status == 400, reply.body
        return list(reply.json().get("details", [{"message": reply.message}]))

    async def taken(self, *messages: Any) -> None:
        """LINE takes these messages."""
        reply = await self.call("POST", "/v2/bot/message/validate/push", {"messages": messages})
        assert (reply.status, reply.body) == (200, b"{}"), reply.body


def text(words: str) -> dict[str, Any]:
    """A text message."""
    return {"type": "text", "text": words}
