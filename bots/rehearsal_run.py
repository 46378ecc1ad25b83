"""Starts a practice run: as a page that stays, or as a script that is played and ends."""

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from datetime import datetime

import uvicorn
from rich.console import Console

from bots.practice.durations import TOKYO
from bots.practice.player import Played
from bots.practice.script import Script
from bots.rehearsal import Rehearsal, scratch_database
from bots.theatre import Play, Theatre
from core.towns import Town


def serve_practice(town: Town, *, at: datetime, port: int) -> None:
    """Serve the practice page until stopped; the record goes away afterwards."""
    console = Console()
    # Listening comes first: what the house says to its emulators while it opens waits for them.
    listening = socket.create_server(("127.0.0.1", port))
    theatre = Theatre(Play(town=town, at=at), port=port, tz=TOKYO)
    # uvicorn ends by raising the signal again; the record shall go away before the process does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    console.print(f"練習のページ: http://127.0.0.1:{port}/practice  (終わるときは Ctrl+C)")
    server = uvicorn.Server(
        uvicorn.Config(
            theatre.app, log_level="warning", access_log=False, timeout_graceful_shutdown=3
        )
    )
    with listening, contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    if not server.started:
        sys.exit(1)


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
    listening = socket.create_server(("127.0.0.1", port or 0))
    try:
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
