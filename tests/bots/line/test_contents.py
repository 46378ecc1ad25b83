"""What people sent, fetched from the practice LINE: there, not yet, gone, too large, broken off."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bots.line.contents import LineContents
from bots.line.hosts import data_base
from bots.practice.clock import PracticeClock
from bots.practice.faults import Fault, Faults
from bots.practice.line import LineEmulator, Phone
from core.media import MediaState
from core.ports import Fetched, NotThere, NotYet
from tests.practice.line.served import served

LARGEST = 10_000


@dataclass
class House:
    """Our way to the practice LINE's contents."""

    line: LineEmulator
    clock: PracticeClock
    faults: Faults
    contents: LineContents
    hanako: Phone

    def sent(self) -> str:
        """The id of the last message."""
        return self.hanako.person.thread.entries[-1].message_id

    async def fetch(self, message_id: str | None = None) -> Fetched | NotThere | NotYet:
        return await self.contents.fetch(message_id or self.sent(), largest=LARGEST)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    faults, clock = Faults(), PracticeClock(datetime(2026, 4, 6, 1, 0, tzinfo=UTC))
    line = LineEmulator(
        clock=clock,
        faults=faults,
        channel_secret="s",
        access_token="t-1",
        webhook_url=None,
        bot_name="よりそい",
    )
    hanako = line.phones.add("花子", friend=True)
    async with (
        served(line.app) as origin,
        LineContents(base_url=f"{origin}/", access_token="t-1", largest=LARGEST) as contents,
    ):
        yield House(line, clock, faults, contents, hanako)
    await line.aclose()


@pytest.mark.parametrize(
    ("base", "data"),
    [
        ("https://api.line.me", "https://api-data.line.me"),
        ("https://api.line.me/", "https://api-data.line.me"),
        ("https://api.line.me:443", "https://api-data.line.me:443"),
        ("http://127.0.0.1:8010/practice/line/", "http://127.0.0.1:8010/practice/line"),
        ("https://line.example.jp", "https://line.example.jp"),
        ("https://not-api.line.me.example.jp", "https://not-api.line.me.example.jp"),
    ],
)
def test_only_line_itself_keeps_contents_on_another_host(base: str, data: str) -> None:
    assert data_base(base) == data


async def test_a_photo_comes_to_the_byte(house: House) -> None:
    photo = b"\xff\xd8\xff" + bytes(range(256)) * 20
    await house.hanako.photo(photo)
    assert await house.fetch() == Fetched(data=photo)


async def test_a_film_that_is_being_prepared_is_not_there_yet(house: House) -> None:
    await house.hanako.media("video", b"film", ready_after=timedelta(seconds=30))
    assert isinstance(await house.fetch(), NotYet)
    house.clock.move_to(house.clock.now() + timedelta(seconds=31))
    assert await house.fetch() == Fetched(data=b"film")


async def test_what_was_taken_back_or_has_expired_is_gone(house: House) -> None:
    await house.hanako.photo()
    await house.hanako.unsend()
    brought = await house.fetch()
    assert isinstance(brought, NotThere)
    assert (brought.state, brought.detail) == (
        MediaState.GONE,
        "HTTP 410 · The content is gone",
    )
    await house.hanako.photo()
    house.line.contents.expire(house.sent())
    assert isinstance(await house.fetch(), NotThere)


@pytest.mark.parametrize("odd", ["../../../info", "1?x=2", "a/b", "1 2", "。"])
async def test_an_id_that_no_message_has_is_asked_of_nobody(house: House, odd: str) -> None:
    brought = await house.fetch(odd)
    assert brought == NotThere(state=MediaState.GONE, detail="no message has such an id")


async def test_what_is_too_large_is_broken_off(house: House) -> None:
    await house.hanako.photo(bytes(LARGEST))
    assert isinstance(await house.fetch(), Fetched)
    await house.hanako.photo(bytes(LARGEST + 1))
    brought = await house.fetch()
    assert isinstance(brought, NotThere)
    assert brought.state is MediaState.TOO_LARGE


@pytest.mark.parametrize(
    "fault",
    [
        Fault(service="line", operation="content", status=500),
        Fault(service="line", operation="content", status=429),
        Fault(service="line", operation="content", status=401),
        Fault(service="line", operation="content", drop="before"),
        Fault(service="line", operation="content", drop="after"),
    ],
)
async def test_after_a_passing_fault_it_can_be_fetched(house: House, fault: Fault) -> None:
    await house.hanako.photo(b"photo")
    house.faults.plan(fault)
    assert isinstance(await house.fetch(), NotYet)
    assert await house.fetch() == Fetched(data=b"photo")


async def answering(answer: bytes) -> tuple[asyncio.Server, str]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    return server, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", NotYet),
        (b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * 20_000, NotThere),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n", NotThere),
        (
            b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n",
            NotYet,
        ),
        (b"nonsense\r\n\r\n", NotYet),
    ],
)
async def test_half_an_answer_is_none_and_a_flood_is_stopped(answer: bytes, expected: type) -> None:
    server, url = await answering(answer)
    try:
        async with LineContents(base_url=url, access_token="t", largest=LARGEST) as contents:
            assert isinstance(await contents.fetch("1", largest=LARGEST), expected)
    finally:
        server.close()
        await server.wait_closed()
