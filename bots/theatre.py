"""Practice mode behind one address: one rehearsal at a time, which a story replaces by its own."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo
from typing import Any, Final

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Receive, Scope, Send

from bots.calendar import public_holidays
from bots.practice.asking import Wrong
from bots.practice.guarding import guarded
from bots.practice.guide import GuideStep
from bots.practice.script import Script, read_script, shipped_stories
from bots.rehearsal import Rehearsal, scratch_database
from bots.town.reader import read_town
from bots.wiring import SystemClock
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Play:
    """What is put on: a town from a moment on, freely or along a script."""

    town: Town
    at: datetime
    script: Script | None = None


def practice_start(tz: tzinfo) -> datetime:
    """The next Monday morning that is no holiday."""
    day = SystemClock().now().astimezone(tz).date() + timedelta(days=1)
    closed = public_holidays(day.year)
    while day.weekday() != MONDAY or day in closed:
        day += timedelta(days=1)
    return datetime.combine(day, OPENING, tzinfo=tz)


def play_of(script: Script, *, tz: tzinfo) -> Play:
    """The play that a script asks for.

    Raises:
        TownFileWrong: its town cannot be read.
    """
    at = script.start or practice_start(tz)
    town = read_town(script.town, at=at, tz=tz, closed_days=public_holidays(at.year))
    return Play(town=town, at=at, script=script)


def stories_on_offer() -> list[dict[str, Any]]:
    """What the menu 「物語」 holds: `[{"name", "title", "summary", "steps"}]`."""
    return [
        {
            "name": script.name,
            "title": script.title,
            "summary": script.summary,
            "steps": len(script.steps),
        }
        for script in map(read_script, shipped_stories())
    ]


@dataclass(kw_only=True)
class Staging:
    """A play that is on: its rehearsal runs in a task of its own until `end` is set.

    Attributes:
        front: the routes that people and scripts use; all others are the product's own traffic.
        guests: how many of them are being answered; `empty` is set while there is none.
    """

    rehearsal: Rehearsal
    app: FastAPI
    front: tuple[BaseRoute, ...]
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    end: asyncio.Event = field(default_factory=asyncio.Event)
    empty: asyncio.Event = field(default_factory=asyncio.Event)
    guests: int = 0
    running: "asyncio.Task[None] | None" = None

    def is_front(self, scope: Scope) -> bool:
        """Whether this asks the stage itself."""
        return any(route.matches(scope)[0] is Match.FULL for route in self.front)

    @contextlib.contextmanager
    def guest(self) -> Iterator[None]:
        """Counts who is being answered."""
        self.guests += 1
        self.empty.clear()
        try:
            yield
        finally:
            self.guests -= 1
            if not self.guests:
                self.empty.set()

    async def run(self, clean_up: Callable[[], None]) -> None:
        """Open the house, keep it until the end, close it, and let its record go."""
        try:
            async with self.app.router.lifespan_context(self.app):
                self.ready.set()
                await self.end.wait()
        finally:
            clean_up()


class Theatre:
    """Serves the play that is on, and changes it.

    While it changes, whoever asks waits; what the old house still has to say to its emulators is
    answered by them until it is closed.

    Attributes:
        app: the ASGI application.
    """

    def __init__(self, opening: Play, *, port: int, tz: tzinfo) -> None:
        self._opening = opening
        self._port = port
        self._tz = tz
        self._stories = stories_on_offer()
        self._on: Staging | None = None
        self._open = asyncio.Event()
        self._changing = asyncio.Lock()
        self.app = Starlette(
            lifespan=self._lifespan,
            routes=[
                Route("/practice/stories", guarded(self._listed), methods=["GET"]),
                Route("/practice/stories", guarded(self._left), methods=["DELETE"]),
                Route("/practice/stories/{name}", guarded(self._chosen), methods=["POST"]),
                Mount("/", app=self._forward),
            ],
        )

    async def put_on(self, play: Play) -> None:
        """End the play that is on, and begin this one at its start."""
        async with self._changing:
            self._open.clear()
            await self._finish()
            try:
                await self._begin(play)
            finally:
                # Whatever kept the new town from opening: nobody is left before a closed door.
                if self._on is None:
                    await self._begin(self._opening)
                self._open.set()

    @property
    def rehearsal(self) -> Rehearsal | None:
        """The rehearsal that is on; none before the first and between two."""
        return None if self._on is None else self._on.rehearsal

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        await self._begin(self._opening)
        self._open.set()
        try:
            yield
        finally:
            await self._finish(hurry=True)

    async def _begin(self, play: Play) -> None:
        staging, clean_up = self._set_up(play)
        self._on = staging
        running = staging.running = asyncio.create_task(staging.run(clean_up))
        ready = asyncio.create_task(staging.ready.wait())
        await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            ready.cancel()
            self._on = None
            await running

    def _set_up(self, play: Play) -> tuple[Staging, Callable[[], None]]:
        with contextlib.ExitStack() as record:
            database, clean_up = scratch_database()
            record.callback(clean_up)
            rehearsal = Rehearsal(
                town=play.town,
                at=play.at,
                port=self._port,
                database=database,
                guide=() if play.script else FIRST_STEPS,
                script=play.script,
                stories=self._stories,
            )
            front = tuple(rehearsal.stage.routes())
            staging = Staging(rehearsal=rehearsal, app=rehearsal.app(), front=front)
            staging.empty.set()
            return staging, record.pop_all().close

    async def _finish(self, *, hurry: bool = False) -> None:
        """Close the play that is on, once its guests are served (unless in a hurry)."""
        staging = self._on
        if staging is None or staging.running is None:
            return
        if not hurry:
            await staging.empty.wait()
            await staging.rehearsal.settle()
        staging.end.set()
        await staging.running
        self._on = None

    async def _forward(self, scope: Scope, receive: Receive, send: Send) -> None:
        while (staging := self._on) is None or self._waits(staging, scope):
            await self._open.wait()
        if not staging.is_front(scope):
            await staging.app(scope, receive, send)
            return
        with staging.guest():
            await staging.app(scope, receive, send)

    def _waits(self, staging: Staging, scope: Scope) -> bool:
        return not self._open.is_set() and staging.is_front(scope)

    async def _listed(self, request: Request) -> Response:
        return JSONResponse({"stories": self._stories})

    async def _chosen(self, request: Request) -> Response:
        """Begin a story: its town starts anew."""
        name = request.path_params["name"]
        if name not in (names := [story["name"] for story in self._stories]):
            raise Wrong(404, f"「{name}」という物語はありません。", labels=names)
        play = play_of(read_script(name), tz=self._tz)
        await self.put_on(play)
        return JSONResponse({"name": name, "town": play.town.code})

    async def _left(self, request: Request) -> Response:
        """Begin the town of the start anew, without a story."""
        await self.put_on(self._opening)
        return JSONResponse({"town": self._opening.town.code})
