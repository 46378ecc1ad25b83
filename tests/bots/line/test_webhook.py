"""LINE's webhook: kept before it is answered, and never a 500 for what a sender sends."""

import asyncio
import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from io import BytesIO

import aiohttp
import pytest
from starlette.applications import Starlette
from structlog.testing import capture_logs

from bots.line.webhook import LARGEST_BODY, PATH, webhook_route
from tests.practice.line.served import served

SECRET = "yorisoi-practice-channel-secret"
SAID = json.dumps(
    {
        "destination": "U" + "0" * 32,
        "events": [{"type": "message", "message": {"type": "text", "id": "1", "text": "眠れた"}}],
    },
    ensure_ascii=False,
).encode()


@dataclass
class Drawer:
    """Keeps bodies, or breaks with what the test wants."""

    kept: list[bytes] = field(default_factory=list)
    breaks: Exception | None = None
    slow: asyncio.Event | None = None
    woken: int = 0

    async def keep(self, body: bytes) -> None:
        if self.slow is not None:
            await self.slow.wait()
        if self.breaks is not None:
            raise self.breaks
        self.kept.append(body)

    def wake(self) -> None:
        self.woken += 1


@dataclass
class Sender:
    """Posts to the route like LINE does, or not like LINE at all."""

    session: aiohttp.ClientSession
    origin: str

    async def post(self, body: bytes, *, headers: dict[str, str] | None = None) -> int:
        given = {"X-Line-Signature": signed(body)} if headers is None else headers
        url = self.origin + PATH
        async with self.session.post(url, data=BytesIO(body), headers=given) as response:
            await response.read()
            return response.status


def signed(body: bytes, *, secret: str = SECRET) -> str:
    return b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
async def line(drawer: Drawer) -> AsyncIterator[Sender]:
    route = webhook_route(drawer, channel_secret=SECRET, on_kept=drawer.wake)
    app = Starlette(routes=[route])
    async with served(app) as origin, aiohttp.ClientSession() as session:
        yield Sender(session, origin)


async def test_a_signed_body_is_kept_as_it_came(line: Sender, drawer: Drawer) -> None:
    assert await line.post(SAID) == 200
    assert drawer.kept == [SAID]
    assert drawer.woken == 1


async def test_it_is_kept_before_it_is_answered(line: Sender, drawer: Drawer) -> None:
    drawer.slow = asyncio.Event()
    answer = asyncio.create_task(line.post(SAID))
    await asyncio.wait({answer}, timeout=0.05)
    assert not answer.done()
    drawer.slow.set()
    assert await answer == 200


async def test_line_s_verify_call_is_answered_and_not_kept(line: Sender, drawer: Drawer) -> None:
    assert await line.post(b'{"destination":"U00","events":[]}') == 200
    assert await line.post(b'{"events": [ ]}') == 200
    assert (drawer.kept, drawer.woken) == ([], 0)


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"destination":"xxxxxxxxxx","events":[{"type":"novel"}]}',
        b'{"destination":"Uother","events":"none"}',
        b'{"events":null}',
        b'{"events":[1,null,[]]}',
        b'{"events":[{"message":{"text":"\\ud83c\\u0000"}}]}',
    ],
)
async def test_odd_objects_are_kept_too(line: Sender, drawer: Drawer, body: bytes) -> None:
    assert await line.post(body) == 200
    assert drawer.kept == [body]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-line-signature": ""},
        {"x-line-signature": signed(SAID, secret="another secret")},
        {"x-line-signature": signed(SAID + b" ")},
        {"x-line-signature": "署名"},
        {"x-line-signature": "12345"},
        {"x-line-signature": "%%%not-base64%%%"},
        {"x-hub-signature": signed(SAID)},
    ],
)
async def test_a_wrong_signature_is_401(
    line: Sender, drawer: Drawer, headers: dict[str, str]
) -> None:
    assert await line.post(SAID, headers=headers) == 401
    assert drawer.kept == []


async def test_the_signature_of_an_earlier_body_is_401(line: Sender, drawer: Drawer) -> None:
    assert await line.post(SAID) == 200
    late = SAID.replace("眠れた".encode(), "元気だ".encode())
    assert await line.post(late, headers={"x-line-signature": signed(SAID)}) == 401
    assert drawer.kept == [SAID]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"events"',
        b"null",
        b"\xff\xfe{\x00}\x00",
        b'{"events":[{"text":"\xff"}]}',
        '{"events":[]}'.encode("utf-16"),
        b"[" * 100_000,
    ],
)
async def test_what_is_no_json_object_is_400(line: Sender, drawer: Drawer, body: bytes) -> None:
    assert await line.post(body) == 400
    assert drawer.kept == []


@pytest.mark.parametrize(
    "body",
    [
        b'{"events":[{"a":' + b"[" * 50_000 + b"]" * 50_000 + b"}]}",
        b'{"events":[{"timestamp":' + b"9" * 10_000 + b"}]}",
        b'{"events":[{"timestamp":1e400}]}',
        b'{"events":[{"type":"novel"}],"events":[]}',
    ],
)
async def test_what_is_signed_and_beyond_our_reading_is_kept(
    line: Sender, drawer: Drawer, body: bytes
) -> None:
    assert await line.post(body) == 200
    assert drawer.kept == [body]


async def test_the_signature_counts_before_the_json(line: Sender) -> None:
    assert await line.post(b"{", headers={"x-line-signature": "x"}) == 401


@pytest.mark.parametrize("extra", [1, 3 * LARGEST_BODY])
async def test_an_oversize_body_is_413(line: Sender, drawer: Drawer, extra: int) -> None:
    assert await line.post(b" " * (LARGEST_BODY + extra)) == 413
    assert drawer.kept == []


async def test_the_largest_body_is_taken(line: Sender, drawer: Drawer) -> None:
    body = SAID + b" " * (LARGEST_BODY - len(SAID))
    assert await line.post(body) == 200
    assert drawer.kept == [body]


async def test_what_could_not_be_kept_is_503_so_that_it_comes_again(
    line: Sender, drawer: Drawer
) -> None:
    drawer.breaks = RuntimeError("disk full while writing 眠れた")
    with capture_logs() as logged:
        assert await line.post(SAID) == 503
    assert drawer.woken == 0
    assert [entry["event"] for entry in logged] == ["webhook.unkept"]
    assert "眠れた" not in str(logged)
    drawer.breaks = None
    assert await line.post(SAID) == 200


async def test_only_post_is_served(line: Sender) -> None:
    async with line.session.get(line.origin + PATH) as response:
        assert response.status == 405


async def test_a_sender_that_hangs_up_halfway_disturbs_nobody(line: Sender, drawer: Drawer) -> None:
    host, port = line.origin.removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"POST {PATH} HTTP/1.1\r\nhost: h\r\ncontent-length: 100\r\n\r\nhalf".encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert await line.post(SAID) == 200
    assert drawer.kept == [SAID]
