"""A workspace on loopback, and a small Bolt app that lives in it."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Mount

from bots.practice.clock import PracticeClock
from bots.practice.faults import Faults
from bots.practice.slack import SlackEmulator

SECRET = "practice-signing-secret"
BOT_TOKEN = "xoxb-practice"
APP_TOKEN = "xapp-practice"
SCOPES = [
    "app_mentions:read",
    "bookmarks:write",
    "channels:history",
    "channels:manage",
    "channels:read",
    "chat:write",
    "commands",
    "dnd:read",
    "files:write",
    "groups:history",
    "groups:read",
    "groups:write",
    "im:history",
    "im:read",
    "im:write",
    "mpim:read",
    "mpim:write",
    "pins:write",
    "reactions:write",
    "usergroups:read",
    "users:read",
    "users:read.email",
]
SHORTCUTS = [
    {"name": "おたよりを書く", "type": "global", "callback_id": "write_letter"},
    {"name": "この投稿を接触記録に", "type": "message", "callback_id": "log_from_message"},
]


@asynccontextmanager
async def served(app: Any) -> AsyncIterator[str]:
    """Serve an ASGI app on a free port; gives its base URL."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="error", lifespan="off", timeout_graceful_shutdown=1)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup([listener])
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        # Not server.shutdown(): that sleeps a tenth of a second for every test.
        for one in server.servers:
            one.close()
        for connection in list(server.server_state.connections):
            connection.shutdown()
        await asyncio.sleep(0)
        listener.close()


@dataclass
class House:
    """The emulator, its clock and faults, an SDK client and the app's listeners."""

    slack: SlackEmulator
    clock: PracticeClock
    faults: Faults
    client: AsyncWebClient = field(init=False)
    bolt: AsyncApp = field(init=False)
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def screen(self, user: str) -> dict[str, Any]:
        """The user's screen as JSON."""
        return self.slack.screen(user).as_json()

    def dm(self, user: str) -> list[dict[str, Any]]:
        """The messages between a user and the app."""
        found: list[dict[str, Any]] = self.screen(user)["dms"][0]["messages"]
        return found


@asynccontextmanager
async def workspace(
    *,
    scopes: Sequence[str] = tuple(SCOPES),
    events: Sequence[str] = (),
    home_tab: bool = True,
    socket_mode: bool = False,
    request_url: str | None = None,
) -> AsyncIterator[House]:
    """A workspace with 佐藤, 鈴木 and 田中, and a Bolt app behind real HTTP."""
    clock, faults = PracticeClock(datetime.now(UTC)), Faults()
    slack = SlackEmulator(
        clock=clock,
        faults=faults,
        signing_secret=SECRET,
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        request_url=None,
        signed_at=time.time,
    )
    for name in ("佐藤", "鈴木", "田中"):
        slack.people.add(name)
    slack.install(
        scopes=scopes,
        events=events,
        commands=["/otayori", "/case"],
        shortcuts=SHORTCUTS,
        home_tab=home_tab,
    )
    house = House(slack, clock, faults)
    routes = [Mount("/practice/slack", slack.app), Mount("/", _front(house))]
    async with served(Starlette(routes=routes)) as origin:
        slack.public_url = f"{origin}/practice/slack"
        house.client = AsyncWebClient(token=BOT_TOKEN, base_url=f"{slack.public_url}/api/")
        house.bolt = AsyncApp(client=house.client, signing_secret=SECRET)
        if not socket_mode:
            slack.request_url = request_url or f"{origin}/slack/events"
        try:
            yield house
        finally:
            await slack.aclose()


def _front(house: House) -> FastAPI:
    front = FastAPI()

    @front.post("/slack/events")
    async def events(request: Request) -> Response:
        house.received.append((dict(request.headers), await request.body()))
        return await AsyncSlackRequestHandler(house.bolt).handle(request)

    return front


def plain(text: str) -> dict[str, Any]:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> dict[str, Any]:
    """A section block with mrkdwn text."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(text: str, action_id: str, **more: Any) -> dict[str, Any]:
    """A button element."""
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def actions(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An actions block."""
    return {"type": "actions", "elements": list(elements), **more}


def field_block(label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An input block."""
    return {"type": "input", "label": plain(label), "element": element, **more}


def text_field(label: str, block_id: str, **more: Any) -> dict[str, Any]:
    """An input block with a plain text field."""
    element = {"type": "plain_text_input", "action_id": "text", **more}
    return field_block(label, element, block_id=block_id)


def modal(title: str, *blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A modal view with a 送る button."""
    return {
        "type": "modal",
        "title": plain(title),
        "submit": plain("送る"),
        "blocks": list(blocks),
        **more,
    }


def option(text: str, value: str) -> dict[str, Any]:
    """An option of a menu."""
    return {"text": plain(text), "value": value}


async def until(holds: Callable[[], Any]) -> None:
    """Wait, at most ten seconds, until it holds: the app acts also after its ack."""
    for _ in range(2000):
        if holds():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it never came to be")


async def until_modal(house: House, user: str, title: str | None = None) -> None:
    """Wait until a modal (of that title) is in front of the user."""

    def there() -> bool:
        shown = house.screen(user)["modal"]
        return shown is not None and (title is None or shown["title"] == title)

    await until(there)
