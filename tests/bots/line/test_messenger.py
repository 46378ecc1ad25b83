"""Pushing frozen requests, against a small LINE that does what the test says."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from bots.line import messenger as module
from bots.line.account import BotInfo, LineUnanswered, Quota, WebhookEndpoint, WebhookTest
from bots.line.messenger import LineMessenger
from core.outbox import Accepted, TryLater

KEY = "123e4567-e89b-12d3-a456-426614174000"
FROZEN = '{"to":"U1","messages":[{"type":"text","text":"庭の話"}]}'.encode()
OK = b"HTTP/1.1 200 OK\r\nx-line-request-id: r-1\r\ncontent-length: 2\r\n\r\n{}"


@dataclass
class RawLine:
    """Answers each request with the next prepared bytes; b"" hangs up, None says nothing."""

    answers: list[bytes | None] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    connections: int = 0
    most_at_once: int = 0
    origin: str = ""
    _at_once: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while await self._one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        lengths = [line for line in head.lower().split(b"\r\n") if b"content-length" in line]
        body = await reader.readexactly(int(lengths[0].split(b":")[1])) if lengths else b""
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        self.heads.append(head)
        self.bodies.append(body)
        await asyncio.sleep(0)
        self._at_once -= 1
        answer = self.answers.pop(0) if self.answers else OK
        if answer is None:
            await reader.read()
            return False
        writer.write(answer)
        await writer.drain()
        return answer.endswith(b"}")

    def head(self) -> dict[str, str]:
        lines = self.heads[-1].decode().split("\r\n")[1:]
        return dict(line.lower().split(": ", 1) for line in lines if line)


@pytest.fixture
async def line() -> AsyncIterator[RawLine]:
    raw = RawLine()
    server = await asyncio.start_server(raw.serve, "127.0.0.1", 0)
    raw.origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield raw
    server.close()
    await server.wait_closed()


@pytest.fixture
async def messenger(line: RawLine) -> AsyncIterator[LineMessenger]:
    async with LineMessenger(base_url=line.origin, access_token="t-1") as started:
        yield started


def answer(status: str, body: bytes = b"{}", headers: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\n{headers}\r\n"
    return head.encode() + body


async def test_exactly_the_frozen_bytes_go_out(line: RawLine, messenger: LineMessenger) -> None:
    assert await messenger.push(FROZEN, retry_key=KEY) == Accepted(request_id="r-1")
    assert line.bodies == [FROZEN]
    assert line.heads[0].startswith(b"POST /v2/bot/message/push HTTP/1.1\r\n")
    head = line.head()
    assert head["authorization"] == "bearer t-1"
    assert head["content-type"] == "application/json"
    assert head["x-line-retry-key"] == KEY


async def test_each_push_has_its_own_key_on_the_same_connection(
    line: RawLine, messenger: LineMessenger
) -> None:
    for number in range(3):
        await messenger.push(FROZEN, retry_key=f"key-{number}")
        assert line.head()["x-line-retry-key"] == f"key-{number}"
    assert line.connections == 1


async def test_a_base_with_a_path_and_a_slash_is_fine(line: RawLine) -> None:
    base = f"{line.origin}/practice/line/"
    async with LineMessenger(base_url=base, access_token="t-1") as messenger:
        await messenger.push(FROZEN, retry_key=KEY)
    assert line.heads[0].startswith(b"POST /practice/line/v2/bot/message/push HTTP/1.1\r\n")


async def test_no_more_connections_than_allowed(line: RawLine) -> None:
    async with LineMessenger(base_url=line.origin, access_token="t-1", connections=3) as messenger:
        outcomes = await asyncio.gather(*(messenger.push(FROZEN, retry_key=KEY) for _ in range(20)))
    assert all(isinstance(outcome, Accepted) for outcome in outcomes)
    assert (line.connections, len(line.bodies)) == (3, 20)
    assert line.most_at_once <= 3


async def test_a_redirect_is_not_followed(line: RawLine, messenger: LineMessenger) -> None:
    line.answers = [answer("302 Found", headers="location: /elsewhere\r\n")]
    assert await messenger.push(FROZEN, retry_key=KEY) == TryLater(
        detail="HTTP 302", maybe_taken=True
    )
    assert len(line.heads) == 1


async def test_an_accepted_push_whose_answer_breaks_off_is_accepted(
    line: RawLine, messenger: LineMessenger
) -> None:
    line.answers = [b"HTTP/1.1 200 OK\r\nx-line-request-id: r-9\r\ncontent-length: 90\r\n\r\n{"]
    assert await messenger.push(FROZEN, retry_key=KEY) == Accepted(request_id="r-9")
    assert await messenger.push(FROZEN, retry_key=KEY) == Accepted(request_id="r-1")


@pytest.mark.parametrize("bytes_back", [b"", b"HTTP/1.1 200", b"SSH-2.0-what\r\n\r\n"])
async def test_a_connection_that_breaks_leaves_doubt(
    line: RawLine, messenger: LineMessenger, bytes_back: bytes
) -> None:
    line.answers = [bytes_back]
    outcome = await messenger.push(FROZEN, retry_key=KEY)
    assert isinstance(outcome, TryLater)
    assert outcome.maybe_taken
    assert len(line.heads) == 1


async def test_silence_leaves_doubt(line: RawLine) -> None:
    line.answers = [None]
    async with LineMessenger(base_url=line.origin, access_token="t-1", timeout_s=0.05) as messenger:
        outcome = await messenger.push(FROZEN, retry_key=KEY)
    assert isinstance(outcome, TryLater)
    assert outcome.maybe_taken


@pytest.mark.parametrize("host", ["127.0.0.1", "no-such-host.invalid"])
async def test_without_a_connection_line_surely_has_nothing(host: str) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    async with LineMessenger(base_url=f"http://{host}:{port}", access_token="t-1") as messenger:
        outcome = await messenger.push(FROZEN, retry_key=KEY)
    assert isinstance(outcome, TryLater)
    assert not outcome.maybe_taken


async def test_it_has_to_be_started_and_can_be_closed_twice(line: RawLine) -> None:
    messenger = LineMessenger(base_url=line.origin, access_token="t-1")
    with pytest.raises(RuntimeError, match="not started"):
        await messenger.push(FROZEN, retry_key=KEY)
    await messenger.start()
    await messenger.start()
    assert await messenger.push(FROZEN, retry_key=KEY) == Accepted(request_id="r-1")
    await messenger.aclose()
    await messenger.aclose()


async def test_ten_seconds_are_the_longest_wait() -> None:
    assert (module.TIMEOUT_S, module.CONNECT_TIMEOUT_S) == (10.0, 5.0)


async def test_the_account_is_read(line: RawLine, messenger: LineMessenger) -> None:
    line.answers = [
        answer(
            "200 OK",
            b'{"userId":"U9","basicId":"@9","displayName":"9","chatMode":"chat",'
            b'"markAsReadMode":"manual","new":{}}',
        ),
        answer("200 OK", b'{"type":"limited","value":500}'),
        answer("200 OK", b'{"type":"none"}'),
        answer("200 OK", b'{"totalUsage":12}'),
        answer("200 OK", b'{"endpoint":"https://example.org/line/webhook","active":true}'),
        answer("404 Not Found", b'{"message":"Webhook endpoint not found"}'),
        answer(
            "200 OK",
            b'{"success":false,"timestamp":"2026-04-06T01:00:00Z","statusCode":0,'
            b'"reason":"COULD_NOT_CONNECT","detail":"refused"}',
        ),
    ]
    assert await messenger.bot_info() == BotInfo(
        user_id="U9",
        basic_id="@9",
        display_name="9",
        chat_mode="chat",
        mark_as_read_mode="manual",
    )
    assert await messenger.quota() == Quota(limit=500)
    assert await messenger.quota() == Quota(limit=None)
    assert await messenger.consumption() == 12
    assert await messenger.webhook_endpoint() == WebhookEndpoint(
        url="https://example.org/line/webhook", active=True
    )
    assert await messenger.webhook_endpoint() is None
    assert await messenger.test_webhook() == WebhookTest(
        success=False, status=None, reason="COULD_NOT_CONNECT", detail="refused"
    )


@pytest.mark.parametrize(
    ("bytes_back", "status"),
    [
        (answer("401 Unauthorized", b'{"message":"no"}'), 401),
        (answer("200 OK", b"[1]"), 200),
        (answer("200 OK", b'{"totalUsage":true}'), 200),
        (answer("200 OK", b'<html>{"a":1}'), 200),
        (b"", None),
    ],
)
async def test_the_doctor_hears_plainly_that_line_did_not_say(
    line: RawLine, messenger: LineMessenger, bytes_back: bytes, status: int | None
) -> None:
    # A broken GET is tried once more by the client itself.
    line.answers = [bytes_back, bytes_back]
    with pytest.raises(LineUnanswered) as failure:
        await messenger.consumption()
    assert failure.value.status == status
    assert failure.value.detail


async def test_line_can_be_asked_whether_it_would_take_a_letter(
    line: RawLine, messenger: LineMessenger
) -> None:
    line.answers = [
        answer("200 OK"),
        answer("400 Bad Request", b'{"message":"The request body has 1 error(s)"}'),
        answer("500 Oops"),
    ]
    assert await messenger.validate(FROZEN) is None
    assert b'"to"' not in line.bodies[0]
    assert await messenger.validate(FROZEN) == "HTTP 400 · The request body has 1 error(s)"
    with pytest.raises(LineUnanswered):
        await messenger.validate(FROZEN)
