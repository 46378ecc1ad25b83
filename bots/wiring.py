"""The composition root: the one place that knows storage, scheduler and fronts at once.

It also holds the clock, the maker of ids and the entropy of the running product; everything
else takes them as arguments.
"""

import asyncio
import hmac
import secrets
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final, TypeVar

import holidays
import structlog
from starlette.routing import BaseRoute
from ulid import ULID

from bots.chance import new_code, new_token
from bots.i18n.names import names_of
from bots.leaflets.maker import PictureMaker
from bots.line.bubbles import LinePress
from bots.line.messenger import LineMessenger
from bots.line.reader import LineEventReader
from bots.line.webhook import webhook_route
from bots.profiles.reader import resolve_profile
from bots.proofreading import proofreader
from bots.settings import Settings
from bots.slack.front import SlackFront
from bots.slack.means import SlackSettings
from bots.web.desk.tools import Tools
from bots.web.desk.views import Pen
from bots.web.leaflets import leaflet_routes
from bots.web.passes import make_staff_link
from bots.web.staff import staff_routes
from bots.wordbook import shipped_library
from core.ids import CaseId, MunicipalityId, StaffId
from core.lint import Proofreader
from core.municipal_profiles.duties import reading_hours
from core.municipal_profiles.profile import MunicipalProfile
from core.outbox import LEASE
from core.ports import Clock
from core.usecases.passes.use_pass import use_pass
from core.usecases.pulse.late_ticks import late_ticks
from core.usecases.pulse.next_due import next_due
from scheduler.deliver import Delivering
from scheduler.draw import Drawing
from scheduler.runner import Runner
from scheduler.ticks import Tick, ticks
from scheduler.understand import Understanding
from storage.engine import Store, open_store
from storage.intake import GroupCommitKeeper
from storage.keys import Keyring
from storage.migrate import migrate, pending
from storage.unit_of_work import SqlUnitOfWork

T = TypeVar("T")
log = structlog.get_logger("house")
YEARS_AHEAD: Final = 12


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Aware, UTC."""
        return datetime.now(UTC)


def public_holidays(year: int) -> frozenset[date]:
    """Japan's public holidays from the year before `year` on, for the years that we plan in."""
    years = range(year - 1, year + YEARS_AHEAD)
    return frozenset(holidays.country_holidays("JP", years=years))


def new_id() -> str:
    """An opaque id, sortable by the time at which it was made."""
    return str(ULID()).lower()


def new_key() -> str:
    """A random UUID as text."""
    return str(uuid.uuid4())


def open_records(settings: Settings) -> tuple[Store, SqlUnitOfWork]:
    """The record of this municipality, for whoever only reads or writes it (CLI, scripts)."""
    store = open_store(settings.database_url)
    uow = SqlUnitOfWork(
        store,
        municipality_id=MunicipalityId(settings.municipality_code),
        keyring=Keyring(settings.keys()),
        new_id=new_id,
        new_key=new_key,
        new_code=new_code,
        new_token=new_token,
    )
    return store, uow


async def with_records(settings: Settings, ask: Callable[[SqlUnitOfWork], Awaitable[T]]) -> T:
    """Bring the record to this version's form, ask it something, and close it."""
    await migrate(settings.database_url)
    store, uow = open_records(settings)
    try:
        return await ask(uow)
    finally:
        await store.close()


async def pending_migrations(settings: Settings) -> tuple[str, ...]:
    """The migrations that this database does not have yet, oldest first."""
    return await pending(settings.database_url)


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
    ) -> None:
        """Wire the house; nothing is opened yet.

        Args:
            clock: the machine's when not given.
            profile: the one that the settings name when not given.
            lease: how long a claimed delivery stays with the loop that claimed it.
            slack_gap_s: least seconds between two messages to one Slack conversation.

        Raises:
            ProfileWrong: the settings name no profile that can be used; with everything wrong.
        """
        self.settings = settings
        self.profile = profile or resolve_profile(settings.municipality)
        self._lease = lease
        self._slack_gap_s = slack_gap_s
        self.clock: Clock = clock or SystemClock()
        self.store, self.uow = open_records(settings)
        self.press = LinePress(public_url=settings.public_url)
        self.proof = self._proofreader()
        self.reader = LineEventReader()
        self.messenger = LineMessenger(
            base_url=settings.line_api_base,
            access_token=settings.line_access_token.get_secret_value(),
        )
        self.keeper = GroupCommitKeeper(
            self.store,
            municipality_id=MunicipalityId(settings.municipality_code),
            keyring=Keyring(settings.keys()),
            clock=self.clock,
            new_id=new_id,
        )
        self._closed_days = public_holidays(self.clock.now().year)
        self._pass_key = hmac.digest(settings.keys()[0].encode(), b"staff pages/1", "sha256")
        self.slack = self._slack_front()
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
        await self.messenger.start()
        await self.slack.start()
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
        await self.slack.aclose()
        await self.messenger.aclose()
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
        """Why the house is not ready, one line each; empty when it is.

        Args:
            allowed: how old a tick's last look may be.
            grace: the process has only just started, so that missing looks are no fault yet.
        """
        try:
            waiting = await pending(self.settings.database_url)
        except Exception as error:
            log.exception("readiness.database")
            return [f"database: {type(error).__name__}"]
        reasons = ["migrations: pending"] if waiting else []
        if not (self._working and grace):
            late = await late_ticks(
                self.uow, [t.name for t in self.table], at=self.clock.now(), allowed=allowed
            )
            reasons += [f"tick {name}: no heartbeat" for name in late]
        return reasons

    async def beat_ages(self) -> dict[str, float]:
        """Seconds since each tick last looked, on any machine."""
        now = self.clock.now()
        async with self.uow.read() as work:
            beats = await work.pulse.beats()
        return {name: (now - at).total_seconds() for name, at in beats.items()}

    def routes(self) -> list[BaseRoute]:
        """Webhooks, staff pages and leaflets."""
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
                tools=Tools(maker=PictureMaker(), press=self.press, proof=self.proof),
                pen=Pen(library=shipped_library(), proof=self.proof),
            ),
            *leaflet_routes(uow=self.uow, clock=self.clock, tz=self.settings.tz),
        ]

    def _proofreader(self) -> Proofreader:
        return proofreader(
            tz=self.settings.tz, public_url=self.settings.public_url, profile=self.profile
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
            settings=SlackSettings(
                bot_token=settings.slack_bot_token.get_secret_value(),
                signing_secret=settings.slack_signing_secret.get_secret_value(),
                app_token=settings.slack_app_token.get_secret_value() or None,
                api_base=settings.slack_api_base,
                free_text=settings.slack_free_text.value,
                public_url=settings.public_url,
                post_gap_s=self._slack_gap_s,
                names=names_of(self.profile),
                hours=reading_hours(self.profile),
                library=shipped_library(),
            ),
            staff_link=self.staff_link,
            wake=self.wake,
        )

    def _ticks(self) -> tuple[Tick, ...]:
        tz = self.settings.tz
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
                clock=self.clock,
                tz=tz,
                hours=reading_hours(self.profile),
                closed_days=self._closed_days,
            ),
            delivering=Delivering(
                self.uow,
                self.messenger,
                clock=self.clock,
                tz=tz,
                new_lease=new_id,
                closed_days=self._closed_days,
                lease=self._lease,
                one_writer=not self.store.postgres,
                excusable=self.proof.excusable,
            ),
            drawing=Drawing(self.uow, self.slack.notifier, clock=self.clock),
        )
