"""Ports of the outside world: the clock, LINE and Slack."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.inbound import LineEvent
from core.outbox import Card, CardOutcome, Outcome
from core.ports.arrivals import RawEvent
from core.quota import Allowance


class Clock(Protocol):
    """The time of day; one per process, held by the wiring."""

    def now(self) -> datetime:
        """Aware, UTC."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendering:
    """A frozen request as the phone shows it.

    Attributes:
        bubbles: the exact words of each bubble, in order.
        links: labels of the buttons that stand inside a bubble, in order.
        buttons: labels of the answers under the last bubble.
        lock_screen: what the notification shows: the alt text, or the words of a text message.
    """

    bubbles: tuple[str, ...]
    links: tuple[str, ...]
    buttons: tuple[str, ...]
    lock_screen: str


class LetterPress(Protocol):
    """Builds the exact request that will be sent (bots/line)."""

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
        """The LINE request body, UTF-8 JSON.

        Args:
            leaflet: the token of the link under the words, for a letter that carries a leaflet.
            page: the token of a link to the person's own page, for the text that brings it.
        """
        ...

    def rendering(self, request: bytes) -> Rendering:
        """What the phone shows of a frozen request."""
        ...


class PersonMessenger(Protocol):
    """Sends frozen requests to LINE."""

    async def push(self, request: bytes, *, retry_key: str) -> Outcome: ...
    async def reply(self, request: bytes, *, reply_token: str) -> Outcome:
        """The messages of a frozen push, as the reply to what the person has just said."""
        ...


class AllowanceReader(Protocol):
    """Asks LINE how the month stands."""

    async def allowance(self) -> Allowance | None:
        """None when LINE did not say."""
        ...


class TeamNotifier(Protocol):
    """Draws cards in Slack."""

    async def draw(self, card: Card) -> CardOutcome: ...


class EventReader(Protocol):
    """Reads LINE's JSON, tolerantly (bots/line)."""

    def cut(self, body: bytes) -> tuple[RawEvent, ...]:
        """Cut a webhook body into its events; empty when it holds none."""
        ...

    def read(self, raw: bytes) -> LineEvent: ...


class WebhookKeeper(Protocol):
    """Keeps webhook bodies durably; returns after the commit."""

    async def keep(self, body: bytes) -> None: ...
