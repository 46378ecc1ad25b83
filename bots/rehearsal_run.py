"""Starts a practice run: as a page that stays, or as a script that is played and ends."""

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

import uvicorn
from rich.console import Console

from bots.practice.guide import GuideStep
from bots.practice.player import Played
from bots.practice.script import Script
from bots.rehearsal import Rehearsal, scratch_database
from bots.wiring import SystemClock, public_holidays
from core.towns import Town

MONDAY: Final = 0
OPENING: Final = time(9, 30)
FIRST_STEPS: Final = (
    GuideStep(
        text="佐藤さんとして、A-12 へのおたよりを承認してみる", user="佐藤", label="承認する"
    ),
    GuideStep(text="時計を明日の朝まで進めてみる", does="clock"),
    GuideStep(text="A さんのスマホで、スタンプを返してみる", phone="A", does="sticker"),
    GuideStep(text="佐藤さんに届いた知らせから、案件を開いてみる", user="佐藤", label="案件を開く"),
)


def practice_start(tz: tzinfo) -> datetime:
    """The next Monday morning that is no holiday."""
    day = SystemClock().now().astimezone(tz).date() + timedelta(days=1)
    closed = public_holidays(day.year)
    while day.weekday() != MONDAY or day in closed:
        day += timedelta(days=1)
    return datetime.combine(day, OPENING, tzinfo=tz)


def serve_practice(town: Town, *, at: datetime, port: int) -> None:
    """Serve the practice page until stopped; the record goes away afterwards."""
    database, clean_up = scratch_database()
    console = Console()
    # uvicorn ends by raising the signal again; it shall end the block below, not the process.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        rehearsal = Rehearsal(town=town, at=at, port=port, database=database, guide=FIRST_STEPS)
        console.print(f"練習のページ: http://127.0.0.1:{port}/practice  (終わるときは Ctrl+C)")
        uvicorn.run(
            rehearsal.app(),
            host="127.0.0.1",
            port=port,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=3,
        )
    finally:
        clean_up()


async def play(script: Script, town: Town, *, at: datetime, tell: Callable[[Played], None]) -> bool:
    """Play a script from its start; whether everything held."""
    async with rehearsing(town, at=at) as rehearsal:
        await rehearsal.settle()
        return await rehearsal.player.play(script, tell=tell)


@contextlib.asynccontextmanager
async def rehearsing(
    town: Town, *, at: datetime, port: int | None = None
) -> AsyncIterator[Rehearsal]:
    """A practice run that is served on loopback while the block lasts."""
    database, clean_up = scratch_database()
    listening = socket.socket()
    try:
        listening.bind(("127.0.0.1", port or 0))
        rehearsal = Rehearsal(town=town, at=at, port=listening.getsockname()[1], database=database)
        server = uvicorn.Server(
            uvicorn.Config(rehearsal.app(), log_level="warning", access_log=False)
        )
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            while not server.started:
                if serving.done():
                    await serving
                    raise RuntimeError("the practice server did not start")
                await asyncio.sleep(0.01)
            yield rehearsal
        finally:
            server.should_exit = True
            await serving
    finally:
        listening.close()
        clean_up()
