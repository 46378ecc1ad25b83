"""The outside world of the journeys: emulated LINE and Slack on loopback, on real time."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from bots.practice.faults import Faults
from bots.practice.line import LineEmulator
from bots.practice.slack import SlackEmulator
from tests.databases import SECRET
from tests.people import MONDAY


class ShiftedClock:
    """The machine's clock, moved so that it stood at a Monday 10:30 when the test began.

    Two processes with the same shift tell the same time.
    """

    def __init__(self, shift: timedelta | None = None) -> None:
        self.shift = shift if shift is not None else MONDAY - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift


@dataclass(frozen=True, kw_only=True, slots=True)
class Outside:
    """LINE and Slack, the settings that reach them, and their fault switch."""

    line: LineEmulator
    slack: SlackEmulator
    faults: Faults
    url: str

    def environment(
        self, database_url: str, *, product_url: str = "http://127.0.0.1:9"
    ) -> dict[str, str]:
        """Settings of a product that speaks to this world."""
        return {
            "YORISOI_DATABASE_URL": database_url,
            "YORISOI_PUBLIC_URL": product_url,
            "YORISOI_SECRET_KEYS": SECRET,
            "YORISOI_MUNICIPALITY": "midori",
            "LINE_CHANNEL_SECRET": "line-secret",
            "LINE_CHANNEL_ACCESS_TOKEN": "line-token",
            "LINE_API_BASE": f"{self.url}/line",
            "SLACK_BOT_TOKEN": "xoxb-token",
            "SLACK_SIGNING_SECRET": "slack-secret",
            "SLACK_API_BASE": f"{self.url}/slack/api/",
        }


@contextlib.asynccontextmanager
async def served(app: Any, listening: socket.socket) -> AsyncIterator[None]:
    """Serve an ASGI application on this socket while the block lasts."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await serving


@contextlib.asynccontextmanager
async def outside(clock: Any = None) -> AsyncIterator[Outside]:
    """Both platforms, served on a free port."""
    clock = clock or ShiftedClock()
    faults = Faults()
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    line = LineEmulator(
        clock=clock,
        faults=faults,
        channel_secret="line-secret",
        access_token="line-token",
        webhook_url=None,
        bot_name="みどりのたより",
    )
    slack = SlackEmulator(
        clock=clock,
        faults=faults,
        signing_secret="slack-secret",
        bot_token="xoxb-token",
        public_url=f"{url}/slack",
    )
    from bots.slack.manifest import manifest

    declared = manifest("http://127.0.0.1:9")
    slack.install(
        scopes=declared["oauth_config"]["scopes"]["bot"],
        events=declared["settings"]["event_subscriptions"]["bot_events"],
        commands=declared["features"]["slash_commands"],
        shortcuts=declared["features"]["shortcuts"],
    )
    app = Starlette(routes=[Mount("/line", line.app), Mount("/slack", slack.app)])
    try:
        async with served(app, listening):
            yield Outside(line=line, slack=slack, faults=faults, url=url)
    finally:
        await line.aclose()
        await slack.aclose()
        listening.close()
