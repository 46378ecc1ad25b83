"""The composition root: the one place that knows storage, scheduler and fronts at once.

It also holds the clock, the maker of ids and the entropy of the running product; everything
else takes them as arguments.
"""

import asyncio
import hmac
import secrets
from datetime import UTC, date, datetime, timedelta

import structlog
from starlette.routing import BaseRoute

from bots.calendar import public_holidays
from bots.chance import new_id
from bots.crisis_words import pager_of
from bots.leaflets.maker import PictureMaker
from bots.line.bubbles import LinePress
from bots.line.contents import LineContents
from bots.line.menus import LineMenus
from bots.line.messenger import LineMessenger
from bots.line.reader import LineEventReader
from bots.line.webhook import webhook_route
from bots.profiles.reader import resolve_profile
from bots.proofreading import proofreader
from bots.readiness import not_ready
from bots.records import open_records
from bots.settings import Settings
from bots.slack.front import SlackFront
from bots.slack_settings import slack_settings
from bots.web.desk.tools import Tools
from bots.web.desk.views import Pen
from bots.web.leaflets import leaflet_routes
from bots.web.passes import make_staff_link
from bots.web.person.pages import person_routes
from bots.web.staff import staff_routes
from bots.wordbook import shipped_library
from core.days import local_day
from core.ids import CaseId, MunicipalityId, StaffId
from core.line_modes import require_decided
from core.lint import Proofreader
from core.municipal_profiles.duties import reading_hours
from core.municipal_profiles.profile import MunicipalProfile
from core.outbox import LEASE
from core.page_steps import PageMeans
from core.ports import Clock
from core.usecases.passes.use_pass import use_pass
from core.usecases.pulse.next_due import next_due
from scheduler.allowance import Counting
from scheduler.deliver import Delivering
from scheduler.draw import Drawing
from scheduler.errands import Errands
from scheduler.fetch import Fetching
from scheduler.runner import Runner
from scheduler.ticks import Tick, ticks
from scheduler.understand import Understanding
from storage.intake import GroupCommitKeeper
from storage.keys import Keyring
from storage.migrate import migrate, pending

log = structlog.get_logger("house")


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Aware, UTC."""
        return datetime.now(UTC)


class House:
    """The whole product in one process.

    Attributes:
        routes: what it answers over HTTP.
        table: its ticks.
        uow: its record.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        profile: MunicipalProfile | None = None,
        lease: timedelta = LEASE,
        slack_gap_s: float = 1.0,
        lasting: bool = True,
    ) -> None:
        """Wire the house; nothing is opened yet.

        Args:
            clock: the machine's when not given. profile: the one that the settings name.
            lease: how long a claimed delivery stays with the loop that claimed it.
            slack_gap_s: least seconds between two messages to one Slack conversation.
            lasting: as `open_store`.

        Raises:
            ProfileWrong: the settings name no profile that can be used; with everything wrong.
            DirectChatUndecided, DirectChatNotYet: LINE_MODE asks for what nobody decided.
        """
        self.settings = settings
        self.profile = profile or resolve_profile(settings.municipality)
        self._lease = lease
        self._slack_gap_s = slack_gap_s
        self.clock: Clock = clock or SystemClock()
        self.store, self.uow = open_records(settings, lasting=lasting)
        self.press = LinePress(public_url=settings.public_url)
        self.proof = self._proofreader()
        require_decided(self.proof.use, today=local_day(self.clock.now(), tz=settings.tz))
        self.pager = pager_of(self.profile)
        self.reader = LineEventReader()
        base, token = settings.line_api_base, settings.line_access_token.get_secret_value()
        self.messenger = LineMessenger(base_url=base, access_token=token)
        self.contents = LineContents(base_url=base, access_token=token)
        self.keeper = GroupCommitKeeper(
            self.store,
            municipality_id=MunicipalityId(settings.municipality_code),
            keyring=Keyring(settings.keys()),
            clock=self.clock,
            new_id=new_id,
        )
        self._closed_days = public_holidays(self.clock.now().year)
        self._pass_key = self._key_for(b"staff pages/1")
        self.slack = self._slack_front()
        self._sessions = (self.messenger, self.contents, self.slack)
        self.table = self._ticks()
        self.runner = Runner(self.table, uow=self.uow, clock=self.clock)
        self._working = False
        self._warming: asyncio.Task[None] | None = None

    async def start(self, *, work: bool = True) -> None:
        """Migrate, open the sessions, and (with `work`) begin the ticks."""
        await migrate(self.settings.database_url)
        # The official models take seconds to import; neither the start nor the first approval
        # waits for them.
        self._warming = asyncio.create_task(asyncio.to_thread(self.press.warm_up))
        for session in self._sessions:
            await session.start()
        if work:
            self.begin_work()
        log.info("house.opened", work=work, municipality=self.settings.municipality_code)

    def begin_work(self) -> None:
        """Begin the ticks; for a house that was started without them."""
        self.runner.start()
        self._working = True

    async def aclose(self) -> None:
        """Stop taking in, end what is under way, close every session."""
        self._working = False
        if self._warming is not None:
            await self._warming
        await self.runner.aclose()
        for session in reversed(self._sessions):
            await session.aclose()
        await self.store.close()
        log.info("house.closed")

    @property
    def closed_days(self) -> frozenset[date]:
        """Public holidays."""
        return self._closed_days

    def wake(self) -> None:
        """Something was written: look at once."""
        if self._working:
            self.runner.wake()

    async def next_due(self, after: datetime) -> datetime | None:
        """When any row becomes due next."""
        return await next_due(
            self.uow,
            after=after,
            tz=self.settings.tz,
            hours=reading_hours(self.profile),
            closed_days=self._closed_days,
        )

    async def not_ready(self, *, allowed: timedelta, grace: bool) -> list[str]:
        """Why the house is not ready, one line each (`bots.readiness`)."""
        return await not_ready(
            self.uow,
            pending=lambda: pending(self.settings.database_url),
            ticks=() if self._working and grace else [tick.name for tick in self.table],
            at=self.clock.now(),
            allowed=allowed,
        )

    async def beat_ages(self) -> dict[str, float]:
        """Seconds since each tick last looked, on any machine."""
        now = self.clock.now()
        async with self.uow.read() as work:
            beats = await work.pulse.beats()
        return {name: (now - at).total_seconds() for name, at in beats.items()}

    def routes(self) -> list[BaseRoute]:
        """Webhooks, staff pages, leaflets and the person's own page."""
        return [
            webhook_route(
                self.keeper,
                channel_secret=self.settings.line_channel_secret.get_secret_value(),
                on_kept=self.wake,
            ),
            *self.slack.routes(),
            *staff_routes(
                uow=self.uow,
                clock=self.clock,
                tz=self.settings.tz,
                key=self._pass_key,
                use_nonce=self._use_nonce,
                closed_days=self._closed_days,
                profile=self.profile,
                secure=self.settings.public_url.startswith("https://"),
                tools=Tools(
                    maker=PictureMaker(), proof=self.proof, press=self.press, reader=self.reader
                ),
                pen=Pen(library=shipped_library(), proof=self.proof),
            ),
            *leaflet_routes(uow=self.uow, clock=self.clock, tz=self.settings.tz),
            *person_routes(
                uow=self.uow,
                clock=self.clock,
                means=PageMeans(
                    press=self.press,
                    pager=self.pager,
                    tz=self.settings.tz,
                    hours=reading_hours(self.profile),
                    closed_days=self._closed_days,
                    unsend=self.profile.unsend,
                ),
                key=self._key_for(b"own pages/1"),
                secure=self.settings.public_url.startswith("https://"),
            ),
        ]

    def _key_for(self, purpose: bytes) -> bytes:
        return hmac.digest(self.settings.keys()[0].encode(), purpose, "sha256")

    def _proofreader(self) -> Proofreader:
        return proofreader(
            tz=self.settings.tz,
            public_url=self.settings.public_url,
            profile=self.profile,
            mode=self.settings.line_mode,
        )

    def staff_link(self, staff_id: StaffId, case_id: CaseId | None) -> str:
        """A one-time link for one colleague, to a case's story or (None) the town's desk; good
        for ten minutes."""
        return make_staff_link(
            self.settings.public_url,
            self._pass_key,
            staff_id,
            case_id,
            at=self.clock.now(),
            nonce=secrets.token_urlsafe(16),
        )

    async def _use_nonce(self, nonce: str, until: datetime) -> bool:
        return await use_pass(self.uow, nonce=nonce, at=self.clock.now(), until=until)

    def _slack_front(self) -> SlackFront:
        settings = self.settings
        return SlackFront(
            uow=self.uow,
            clock=self.clock,
            press=self.press,
            proof=self.proof,
            tz=settings.tz,
            closed_days=self._closed_days,
            settings=slack_settings(settings, self.profile, gap_s=self._slack_gap_s),
            staff_link=self.staff_link,
            wake=self.wake,
        )

    def _ticks(self) -> tuple[Tick, ...]:
        tz, line = self.settings.tz, self.messenger
        return ticks(
            self.uow,
            clock=self.clock,
            tz=tz,
            hours=reading_hours(self.profile),
            closed_days=self._closed_days,
            understanding=Understanding(
                self.uow,
                reader=self.reader,
                press=self.press,
                pager=self.pager,
                clock=self.clock,
                tz=tz,
                hours=reading_hours(self.profile),
                closed_days=self._closed_days,
                unsend=self.profile.unsend,
            ),
            fetching=Fetching(self.uow, self.contents, clock=self.clock),
            delivering=Delivering(
                self.uow,
                line,
                clock=self.clock,
                tz=tz,
                new_lease=new_id,
                closed_days=self._closed_days,
                lease=self._lease,
                one_writer=not self.store.postgres,
                mode=self.settings.line_mode,
                excusable=self.proof.excusable,
            ),
            drawing=Drawing(self.uow, self.slack.notifier, clock=self.clock),
            errands=Errands(self.uow, LineMenus(line), line, clock=self.clock, new_lease=new_id),
            counting=Counting(self.uow, self.messenger, clock=self.clock),
        )
