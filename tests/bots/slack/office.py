"""The Slack front at work: the practice Slack, a real database, and hands on the screens."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Mount

from bots.practice.clock import PracticeClock
from bots.practice.faults import Faults
from bots.practice.slack import SlackEmulator
from bots.slack.acking import Acking
from bots.slack.front import SlackFront, SlackSettings
from bots.slack.manifest import manifest
from bots.wordbook import shipped_library
from core.agencies import Staff
from core.ids import CaseId, StaffId
from core.lint import Proofreader
from core.ports import Rendering, UnitOfWork, Work
from scheduler.draw import Drawing
from tests.people import MONDAY, SATO, SUZUKI, TANAKA, TOKYO
from tests.practice.slack.house import served
from tests.proofs import PROOF

SECRET = "practice-signing-secret"
TOKEN = "xoxb-practice"
APP_TOKEN = "xapp-practice"
Json = dict[str, Any]


class PlainPress:
    """Freezes a letter as the simplest request that LINE takes."""

    def freeze(
        self,
        *,
        to: str,
        body: str,
        alt_text: str,
        with_buttons: bool,
        leaflet: str = "",
        page: str = "",
    ) -> bytes:
        message = {"type": "text", "text": body, "alt": alt_text, "buttons": with_buttons}
        message |= {"leaflet": leaflet} if leaflet else {}
        message |= {"page": page} if page else {}
        return json.dumps({"to": to, "messages": [message]}, ensure_ascii=False).encode()

    def rendering(self, request: bytes) -> Rendering:
        (message,) = json.loads(request)["messages"]
        buttons = ("そのまま", "少し休む", "やめる", "人と話したい")
        return Rendering(
            bubbles=(message["text"],),
            links=(),
            buttons=buttons,
            lock_screen=message["alt"] or message["text"],
        )


class SlowUnitOfWork:
    """The same store, slow: each transaction begins after `wait_s`."""

    def __init__(self, uow: UnitOfWork, *, wait_s: float = 0.0) -> None:
        self._uow = uow
        self.wait_s = wait_s

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Work]:
        await asyncio.sleep(self.wait_s)
        async with self._uow.write() as work:
            yield work

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Work]:
        await asyncio.sleep(self.wait_s)
        async with self._uow.read() as work:
            yield work


@dataclass
class Office:
    """The served front with its practice Slack.

    Attributes:
        uow: the store as the front has it; `wait_s` makes it slow.
        origin: where front and Slack are served.
    """

    slack: SlackEmulator
    front: SlackFront
    uow: SlowUnitOfWork
    clock: PracticeClock
    faults: Faults
    acking: Acking
    origin: str = ""
    woken: list[datetime] = field(default_factory=list)

    async def rest(self) -> None:
        """Let interactions end, and draw every card that is due."""
        await self.slack.settle()
        await self.front.settle()
        await Drawing(self.uow, self.front.notifier, clock=self.clock).run()

    def screen(self, user: str) -> Json:
        """What this user's Slack shows."""
        return self.slack.screen(user).as_json()

    def dm(self, user: str) -> list[Json]:
        """The messages between a user and the app, oldest first."""
        found: list[Json] = self.screen(user)["dms"][0]["messages"]
        return found

    def said(self, user: str) -> str:
        """The latest message to this user, all texts in one."""
        return "\n".join(self.dm(user)[-1]["texts"])

    def modal(self, user: str) -> Json:
        """The modal in front of this user."""
        shown: Json | None = self.screen(user)["modal"]
        assert shown is not None, f"{user} has no modal: {self.screen(user)['banner']}"
        return shown

    async def act(self, doing: Any) -> None:
        """Do something on a screen, and let everything come to rest."""
        await doing
        await self.rest()


@asynccontextmanager
async def opened(
    uow: UnitOfWork,
    *,
    free_text: str = "SHORT",
    allowance_s: float = 2.2,
    post_gap_s: float = 0.0,
    socket_mode: bool = False,
    staff: tuple[Staff, ...] = (SATO, SUZUKI, TANAKA),
    start: datetime = MONDAY,
    proof: Proofreader = PROOF,
) -> AsyncIterator[Office]:
    """An office with 佐藤, 鈴木 and 田中 at their desks, and よその人, whom nobody knows."""
    clock, faults = PracticeClock(start), Faults()
    slack = SlackEmulator(
        clock=clock, faults=faults, signing_secret=SECRET, bot_token=TOKEN, app_token=APP_TOKEN
    )
    for member in staff:
        slack.people.add(member.name, user_id=member.slack_user_id, locale=_locale(member))
    slack.people.add("よその人")
    slow, acking = SlowUnitOfWork(uow), Acking(allowance_s=allowance_s)
    woken, inner = list[datetime](), list[SlackFront]()
    outside = Starlette(routes=[Mount("/practice/slack", slack.app), Mount("/", _Later(inner))])
    async with served(outside) as origin:
        slack.public_url = f"{origin}/practice/slack"
        slack.request_url = None if socket_mode else f"{origin}/slack/events"
        front = SlackFront(
            uow=slow,
            clock=clock,
            press=PlainPress(),
            proof=proof,
            tz=TOKYO,
            closed_days=frozenset(),
            settings=SlackSettings(
                bot_token=TOKEN,
                signing_secret=SECRET,
                app_token=APP_TOKEN if socket_mode else None,
                api_base=f"{slack.public_url}/api/",
                free_text=free_text,
                public_url=origin,
                post_gap_s=post_gap_s,
                library=shipped_library(),
            ),
            staff_link=_link(origin),
            wake=lambda: woken.append(clock.now()),
            acking=acking,
        )
        inner.append(front)
        declared = manifest(origin)
        slack.install(
            scopes=declared["oauth_config"]["scopes"]["bot"],
            events=declared["settings"]["event_subscriptions"]["bot_events"],
            commands=declared["features"]["slash_commands"],
            shortcuts=declared["features"]["shortcuts"],
        )
        await front.start()
        try:
            yield Office(slack, front, slow, clock, faults, acking, origin, woken)
        finally:
            await front.aclose()
            await slack.aclose()


def _locale(member: Staff) -> str:
    return "en-US" if member.locale == "en" else "ja-JP"


def _link(origin: str) -> Callable[[StaffId, CaseId | None], str]:
    return lambda staff_id, case_id: f"{origin}/s/{staff_id}/{case_id}"


class _Later:
    """An app whose front is made only once the address is known."""

    def __init__(self, inner: list[SlackFront]) -> None:
        self._inner = inner

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await Starlette(routes=self._inner[0].routes())(scope, receive, send)
