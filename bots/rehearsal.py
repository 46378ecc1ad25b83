"""Practice mode: the real product between an emulated LINE and an emulated Slack.

The product is wired exactly as in service; only its clock, and the two addresses that it speaks
to, are others. All traffic goes over loopback HTTP, signed as on the real platforms.
"""

import asyncio
import base64
import hashlib
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import structlog
from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount

from bots.app import build_app
from bots.loading import load_whole
from bots.practice.clock import PracticeClock
from bots.practice.faults import Faults
from bots.practice.guide import GuideStep
from bots.practice.line import LineEmulator
from bots.practice.pages import Pages, WayIn
from bots.practice.player import Player
from bots.practice.script import Script
from bots.practice.slack import SlackEmulator
from bots.practice.stage import Stage
from bots.practice.story import StoryRun
from bots.profiles.reader import profile_of
from bots.settings import Settings
from bots.slack.manifest import manifest
from bots.wiring import House
from core.towns import Town

log = structlog.get_logger("house")
A_MOMENT: Final = timedelta(milliseconds=1)
# Rounds in which the product and both platforms may answer each other before we say stop.
MOST_ROUNDS: Final = 200
TEAM: Final = "T0PRACTICE"
DATA: Final = Path("data")
TO_A_CASE: Final = WayIn(command="/case", labels=("案件を開く", "Open case"))


def _made_up(name: str) -> str:
    """A secret for practice: the same in every run, and good for nothing else."""
    return hashlib.sha256(f"practice {name}".encode()).hexdigest()[:32]


def practice_settings(*, port: int, database: Path, town: Town) -> Settings:
    """Settings that let the product speak to the emulators on this port, and to nobody else."""
    here = f"http://127.0.0.1:{port}"
    return Settings.model_validate(
        {
            "YORISOI_DATABASE_URL": f"sqlite:///{database}",
            "YORISOI_PUBLIC_URL": here,
            "YORISOI_SECRET_KEYS": base64.b64encode(_made_up("records").encode()).decode(),
            "YORISOI_MUNICIPALITY": town.code,
            "LINE_CHANNEL_SECRET": _made_up("line secret"),
            "LINE_CHANNEL_ACCESS_TOKEN": _made_up("line token"),
            "LINE_API_BASE": f"{here}/practice/line",
            "SLACK_BOT_TOKEN": f"xoxb-{_made_up('slack token')}",
            "SLACK_SIGNING_SECRET": _made_up("slack secret"),
            "SLACK_APP_TOKEN": "",
            "SLACK_API_BASE": f"{here}/practice/slack/api/",
            "SLACK_FREE_TEXT": "SHORT",
        }
    )


class Rehearsal:
    """One practice run: a town, its phones, its Slack, and a clock to move.

    Attributes:
        house: the product itself.
        line, slack: the emulated platforms.
        pages: the staff pages that are open beside Slack.
        player: plays the steps of a script here.
        clock: moved by `walk`.
    """

    def __init__(
        self,
        *,
        town: Town,
        at: datetime,
        port: int,
        database: Path,
        guide: tuple[GuideStep, ...] = (),
        script: Script | None = None,
        stories: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """`script` is played step by step on the page; `stories` are what its menu offers."""
        self.town = town
        self.clock = PracticeClock(at)
        self.faults = Faults()
        settings = practice_settings(port=port, database=database, town=town)
        self.settings = settings
        self.line = self._emulated_line()
        self.slack = self._emulated_slack()
        self.house = House(
            settings,
            clock=self.clock,
            profile=profile_of(town),
            slack_gap_s=0.0,
            lasting=False,
        )
        self.pages = Pages(
            slack=self.slack,
            clock=self.clock,
            settle=self.settle,
            origin=settings.public_url,
            way_in=TO_A_CASE,
        )
        self.player = Player(
            line=self.line,
            slack=self.slack,
            pages=self.pages,
            clock=self.clock,
            settle=self.settle,
        )
        self.stage = Stage(
            line=self.line,
            slack=self.slack,
            clock=self.clock,
            faults=self.faults,
            settle=self.settle,
            pages=self.pages,
            guide=guide,
            story=None if script is None else StoryRun(script, player=self.player),
            stories=stories,
        )
        self._walking = asyncio.Lock()
        self._install()

    def _emulated_line(self) -> LineEmulator:
        settings = self.settings
        return LineEmulator(
            clock=self.clock,
            faults=self.faults,
            channel_secret=settings.line_channel_secret.get_secret_value(),
            access_token=settings.line_access_token.get_secret_value(),
            webhook_url=f"{settings.public_url}/line/webhook",
            bot_name=self.town.account_name,
        )

    def _emulated_slack(self) -> SlackEmulator:
        settings = self.settings
        return SlackEmulator(
            clock=self.clock,
            faults=self.faults,
            signing_secret=settings.slack_signing_secret.get_secret_value(),
            bot_token=settings.slack_bot_token.get_secret_value(),
            request_url=f"{settings.public_url}/slack/events",
            team_id=TEAM,
            public_url=f"{settings.public_url}/practice/slack",
        )

    def app(self) -> FastAPI:
        """The product, the emulators and the practice page behind one address."""
        routes: list[BaseRoute] = [
            *self.stage.routes(),
            Mount("/practice/line", self.line.app),
            Mount("/practice/slack", self.slack.app),
        ]
        return build_app(
            self.house, work=False, more_routes=routes, on_start=self._load, on_stop=self._close
        )

    async def settle(self, until: datetime | None = None) -> None:
        """Let everything come to rest now; with `until`, walk the clock there.

        The walk goes from one due row to the next, so that everything happens at its own time
        and a month takes seconds.
        """
        async with self._walking:
            await self._rest()
            if until is None:
                return
            while (moment := await self._next_due(until)) is not None:
                self._move(moment)
                await self._rest()
            self._move(until)
            await self._rest()

    async def _rest(self) -> None:
        for _ in range(MOST_ROUNDS):
            await self.line.run_due()
            await self.slack.run_due()
            await self.line.settle()
            await self.slack.settle()
            await self.house.slack.settle()
            if not await self.house.runner.settle():
                await self.line.settle()
                await self.slack.settle()
                return
        log.warning("practice.restless", at=self.clock.now().isoformat())

    async def _next_due(self, until: datetime) -> datetime | None:
        now = self.clock.now()
        known = [
            await self.house.next_due(now),
            self.line.next_due(),
            self.slack.next_due(),
        ]
        ahead = [moment for moment in known if moment is not None and now < moment <= until]
        return min(ahead, default=None)

    def _move(self, to: datetime) -> None:
        target = to + A_MOMENT
        if target > self.clock.now():
            self.clock.move_to(target)

    def _install(self) -> None:
        """Put the town's people on their phones, its staff into Slack, and our app into both."""
        for person in (one for one in self.town.people if one.phone):
            user_id = None if person.line is None else person.line.user_id
            self.line.phones.add(person.code, user_id=user_id, friend=person.line is not None)
        for member in self.town.staff:
            if member.slack_user_id is not None:
                self.slack.people.add(
                    member.code,
                    user_id=member.slack_user_id,
                    real_name=member.name,
                    locale="en-US" if member.locale == "en" else "ja-JP",
                )
        declared = manifest(self.settings.public_url)
        settings, features = declared["settings"], declared["features"]
        self.slack.install(
            scopes=declared["oauth_config"]["scopes"]["bot"],
            events=settings["event_subscriptions"]["bot_events"],
            commands=features.get("slash_commands", []),
            shortcuts=features.get("shortcuts", []),
        )

    async def _load(self) -> None:
        await load_whole(
            self.house.uow,
            self.town,
            at=self.clock.now(),
            tz=self.settings.tz,
            closed_days=self.house.closed_days,
        )
        # The ticks begin when the town is there.
        self.house.begin_work()

    async def _close(self) -> None:
        await self.pages.aclose()
        await self.line.aclose()
        await self.slack.aclose()


def scratch_database() -> tuple[Path, Callable[[], None]]:
    """A database file that goes away after practice, and what removes it."""
    DATA.mkdir(exist_ok=True)
    folder = tempfile.TemporaryDirectory(prefix="practice-", dir=DATA)
    return Path(folder.name) / "practice.db", folder.cleanup
