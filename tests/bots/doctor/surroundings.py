"""Everything that the doctor looks at: a LINE, a Slack, a webhook, and a record."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from bots.doctor import Check, examine
from bots.practice.faults import Faults
from bots.practice.line import LineEmulator
from bots.practice.slack import SlackEmulator
from bots.settings import Settings
from core.agencies import Role
from core.crisis.shifts import Shift
from core.ids import ShiftId, StaffId
from core.ports import UnitOfWork
from core.profiles import StandingText, TextUse
from tests.people import MIDORI, SATO, TANAKA
from tests.practice.line.town import Inbox

KEY = "A" * 43 + "="
LINE_TOKEN = "practice-line-token"
SLACK_TOKEN = "xoxb-practice"
TICKS = ("letters.deliver", "cards.draw")


@dataclass
class NowClock:
    """The machine's time, put forward or back."""

    ahead_s: float = 0

    def now(self) -> datetime:
        return datetime.fromtimestamp(datetime.now(UTC).timestamp() + self.ahead_s, tz=UTC)


async def man_the_night(uow: UnitOfWork, *, at: datetime) -> None:
    """Two on shift for the next week, an officer behind them, and the text for the night."""
    async with uow.write() as work:
        officer = replace(TANAKA, id=StaffId("o"), code="o", slack_user_id="U0OFFICER")
        await work.staff.put(replace(officer, roles=frozenset({Role.MUNICIPAL_OFFICER})))
        for place, staff in enumerate((SATO, TANAKA), start=1):
            shift = Shift(
                id=ShiftId(f"shift-{place}"),
                municipality_id=MIDORI,
                staff_id=staff.id,
                starts_at=at - timedelta(days=1),
                ends_at=at + timedelta(days=9),
                place=place,
            )
            await work.shifts.add(shift)
        await work.towns.put_standing_text(
            StandingText(
                municipality_id=MIDORI,
                name="crisis",
                version="1",
                body="{読むとき}に読みます。いまあぶないときは119か110へ。{電話}",
                author_id=SATO.id,
                approved_by=TANAKA.id,
                approved_at=at,
                use=TextUse.CRISIS,
            )
        )
        await work.commit()


def dated(app: Any) -> Any:
    """The application behind a server that tells the machine's time, as servers do."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        async def send_dated(message: Any) -> None:
            if message["type"] == "http.response.start":
                date = format_datetime(datetime.now(UTC), usegmt=True).encode()
                message["headers"] = [*message.get("headers", ()), (b"date", date)]
            await send(message)

        await app(scope, receive, send_dated)

    return answer


@dataclass
class Surroundings:
    """The world around one examination."""

    line: LineEmulator
    slack: SlackEmulator
    line_faults: Faults
    slack_faults: Faults
    inbox: Inbox
    origin: str
    uow: UnitOfWork
    clock: NowClock = field(default_factory=NowClock)
    pending: Sequence[str] | Exception = ()
    settings: dict[str, str] = field(default_factory=dict)

    async def examine(self, *, locale: str = "ja", **changes: str) -> dict[str, Check]:
        """The doctor's checks by name, with some settings changed."""

        async def pending() -> Sequence[str]:
            if isinstance(self.pending, Exception):
                raise self.pending
            return self.pending

        checks = await examine(
            Settings(_env_file=None, **{**self.settings, **changes}),  # type: ignore[arg-type]
            clock=self.clock,
            pending=pending,
            uow=self.uow,
            ticks=TICKS,
            locale=locale,
        )
        names = [check.name for check in checks]
        assert len(names) == len(set(names)), f"a name stands twice: {names}"
        for check in checks:
            assert bool(check.next_step) == (check.verdict != "ok"), check
            secrets = (KEY, LINE_TOKEN, SLACK_TOKEN, "practice-secret")
            assert not any(secret in check.found + check.next_step for secret in secrets)
        return {check.name: check for check in checks}
