"""What every feature of the Slack front works with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bots.i18n.catalogue import moment, refusal, say, speaks
from bots.i18n.names import LAWS_OWN, Names
from bots.slack.acking import Acking, Broken, Refused
from bots.slack.identity import Account, Identity, account_of
from bots.slack.telling import Telling
from core.agencies import Staff
from core.ids import CaseId, StaffId
from core.lint import Proofreader
from core.municipal_profiles.duties import USUAL_HOURS
from core.municipal_profiles.profile import ReadingHours
from core.ports import Clock, LetterPress, UnitOfWork
from core.wording.library import NOTHING_SHIPPED, Library

ClosedDays = frozenset[date] | Callable[[int], frozenset[date]]


@dataclass(frozen=True, kw_only=True, slots=True)
class SlackSettings:
    """How this town's Slack is reached.

    Attributes:
        app_token: for Socket Mode; None where Slack calls us over HTTP.
        api_base: `https://slack.com/api/`, or an emulator's; ends with a slash.
        free_text: how much staff may type about a person: OFF, SHORT or LINK_ONLY.
        public_url: our own address, without a slash at the end.
        post_gap_s: least seconds between two messages to one conversation (Slack: about one).
        names: how the town calls its meetings and programmes.
        hours: when the town reads what comes in.
        library: what there is to write letters with.
        pager_wait: after so long a call for people that nobody took is passed on.
    """

    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    app_token: str | None = field(default=None, repr=False)
    api_base: str = "https://slack.com/api/"
    free_text: str = "LINK_ONLY"
    public_url: str = ""
    post_gap_s: float = 1.0
    names: Names = LAWS_OWN
    hours: ReadingHours = USUAL_HOURS
    library: Library = NOTHING_SHIPPED
    pager_wait: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Means:
    """Everything a feature needs; made once by the front."""

    uow: UnitOfWork
    clock: Clock
    press: LetterPress
    proof: Proofreader
    tz: tzinfo
    closed_days: ClosedDays
    settings: SlackSettings
    staff_link: Callable[[StaffId, CaseId | None], str]
    wake: Callable[[], None]
    client: AsyncWebClient
    identity: Identity
    acking: Acking
    telling: Telling

    async def staff(self, body: Mapping[str, Any]) -> Staff:
        """Who sent this payload.

        Raises:
            NotOnTheRoll, NotActive.
        """
        return await self.identity.staff(account_of(body))

    def locale(self, body: Mapping[str, Any]) -> str:
        """The language of whoever sent this payload, as far as known without a look-up."""
        return self.identity.locale(account_of(body))

    def account(self, body: Mapping[str, Any]) -> Account:
        """The account that sent this payload."""
        return account_of(body)

    def holidays(self, at: datetime) -> frozenset[date]:
        """Public holidays of this year and the next."""
        if callable(self.closed_days):
            year = at.astimezone(self.tz).year
            return self.closed_days(year) | self.closed_days(year + 1)
        return self.closed_days

    def moment(self, at: datetime, *, locale: str, zoned: bool = False) -> str:
        """A time as people here read it."""
        return moment(at, locale=locale, tz=self.tz, zoned=zoned)

    def today(self) -> date:
        """The local day."""
        return self.clock.now().astimezone(self.tz).date()

    def day_ends(self) -> datetime:
        """When the local day is over."""
        tomorrow = self.today() + timedelta(days=1)
        return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=self.tz)

    def why(self, outcome: Refused | Broken, *, locale: str) -> str:
        """What to tell somebody whose wish was not fulfilled."""
        if isinstance(outcome, Refused):
            return refusal(outcome.error, locale=locale, tz=self.tz).text
        return say("common.trouble", locale=locale)


def locale_of(staff: Staff) -> str:
    """The language of a colleague's Slack."""
    return speaks(staff.locale)
