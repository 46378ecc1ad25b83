"""Everything that the doctor looks at: a LINE, a Slack, a webhook, and a record."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from bots.doctor import Check, examine
from bots.practice.faults import Faults
from bots.practice.line import LineEmulator
from bots.practice.slack import SlackEmulator
from bots.settings import Settings
from core.ports import UnitOfWork
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
