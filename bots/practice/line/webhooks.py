"""The webhook sender: signs, posts, gives up after two seconds, redelivers by the clock.

Everything LINE.md §3.1 promises a receiver can be switched on in `plan`: several people in one
POST, disorder, duplicates, redelivery, unsend before its message, unknown kinds.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

import aiohttp

from .events import Event, Events
from .ids import Clock
from .reply_tokens import ReplyTokens

Reason = Literal["could_not_connect", "request_timeout", "error_status_code", "unclassified"]

TIMEOUT_S = 2.0
"""LINE logs `request_timeout` after two seconds (LINE.md §3.1)."""

REDELIVERY_AFTER: tuple[timedelta, ...] = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60)
)
"""Ours: LINE discloses neither the number nor the distance of redeliveries."""


@dataclass(kw_only=True, slots=True)
class WebhookPlan:
    """How webhooks go out from now on.

    Attributes:
        batch: hold events until `settle()` or `flush()`, then send all in one POST.
        shuffle_seed: hold likewise, and send in an order drawn from this seed.
        duplicate: send every POST twice, both with `isRedelivery` false (network duplicates).
        redelivery: the channel's setting, off by default as at LINE.
        unsend_before_message: hold messages, so that an unsend overtakes its message.
        unknown_kinds: add a kind of event, a kind of message or a field that nobody knows.
    """

    batch: bool = False
    shuffle_seed: int | None = None
    duplicate: bool = False
    redelivery: bool = False
    unsend_before_message: bool = False
    unknown_kinds: tuple[Literal["event", "message", "field"], ...] = ()

    def holds(self, event: Event) -> bool:
        """Whether this event waits for the next flush."""
        overtaken = self.unsend_before_message and event["type"] == "message"
        return self.batch or self.shuffle_seed is not None or overtaken


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """One POST that was tried. `reason` None means the receiver answered 200."""

    at: datetime
    url: str
    body: bytes
    status: int | None
    reason: Reason | None
    redelivery: int

    def events(self) -> list[Event]:
        """The events that were in it."""
        found: list[Event] = json.loads(self.body)["events"]
        return found


@dataclass(kw_only=True, slots=True)
class _Due:
    at: datetime
    events: list[Event]
    attempt: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How a POST ended."""

    status: int | None
    reason: Reason | None
    detail: str = ""


def signature(secret: str, body: bytes) -> str:
    """The value of `x-line-signature` for this body."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


@dataclass(kw_only=True)
class Webhooks:
    """The channel's webhook. `url` None or `active` False: nothing goes out, see `unsent`."""

    clock: Clock
    channel_secret: str
    url: str | None
    bot_user_id: str
    made: Events
    reply_tokens: ReplyTokens
    active: bool = True
    plan: WebhookPlan = field(default_factory=WebhookPlan)
    log: list[Delivery] = field(default_factory=list)
    unsent: list[Event] = field(default_factory=list)
    _held: list[Event] = field(default_factory=list)
    _due: list[_Due] = field(default_factory=list)
    _flying: int = 0
    _landed: asyncio.Event = field(default_factory=asyncio.Event)
    _session: aiohttp.ClientSession | None = None

    async def emit(self, event: Event) -> None:
        """Send an event now, or hold it when the plan says so."""
        if self.plan.holds(event):
            self._held.append(event)
            return
        await self.post_events([event])

    async def flush(self) -> None:
        """Send what the plan held back, in one POST or in its disorder."""
        held, self._held = self._held, []
        if not held:
            return
        if self.plan.shuffle_seed is not None:
            random.Random(self.plan.shuffle_seed).shuffle(held)
        if self.plan.batch:
            await self.post_events(held)
            return
        for event in held:
            await self.post_events([event])

    async def send_raw(self, *, events: Sequence[Event]) -> Outcome:
        """Send any events as they are, signed; nothing is added and no plan applies."""
        return await self._post(list(events), redelivery=0)

    async def verify(self) -> Outcome:
        """The console's "Verify": an empty list of events, to be answered 200."""
        return await self._post([], redelivery=0)

    async def try_endpoint(self, url: str) -> Outcome:
        """Send the empty test webhook to a URL (REF §Test webhook endpoint)."""
        return await self._knock(url, self._body([]))

    async def post_events(self, events: list[Event]) -> None:
        """One POST, with the plan's additions; a failed one is redelivered when the plan says."""
        if self.url is None or not self.active:
            self.unsent.extend(events)
            return
        events = self._with_novelties(events)
        for _ in range(2 if self.plan.duplicate else 1):
            outcome = await self._post(events, redelivery=0)
        if outcome.reason is not None and self.plan.redelivery:
            self._plan_redelivery(events, attempt=0)

    async def settle(self) -> None:
        """Flush, then wait until no POST is in the air. Later redeliveries do not count."""
        while self._held or self._flying:
            await self.flush()
            if self._flying:
                self._landed.clear()
                await self._landed.wait()

    async def run_due(self) -> None:
        """Redeliver what is due by the clock: same events, `isRedelivery` true."""
        now = self.clock.now()
        due = sorted((item for item in self._due if item.at <= now), key=lambda item: item.at)
        for item in due:
            self._due.remove(item)
            for event in item.events:
                if "replyToken" in event:
                    self.reply_tokens.delivered(event["replyToken"])
            outcome = await self._post(item.events, redelivery=item.attempt)
            if outcome.reason is not None:
                self._plan_redelivery(item.events, attempt=item.attempt)

    def next_due(self) -> datetime | None:
        """When the next redelivery is due."""
        return min((item.at for item in self._due), default=None)

    async def aclose(self) -> None:
        """Close the connection pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _plan_redelivery(self, events: list[Event], *, attempt: int) -> None:
        if attempt >= len(REDELIVERY_AFTER):
            return
        again = [{**event, "deliveryContext": {"isRedelivery": True}} for event in events]
        at = self.clock.now() + REDELIVERY_AFTER[attempt]
        self._due.append(_Due(at=at, events=again, attempt=attempt + 1))

    def _with_novelties(self, events: list[Event]) -> list[Event]:
        kinds = self.plan.unknown_kinds
        if "field" in kinds:
            events = [{**event, "practiceField": {"is": "new"}} for event in events]
        if "message" in kinds:
            events = [_with_unknown_message(event) for event in events]
        if "event" in kinds:
            events = [self.made.unknown(), *events]
        return events

    def _body(self, events: list[Event]) -> bytes:
        whole: dict[str, Any] = {"destination": self.bot_user_id, "events": events}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()

    async def _post(self, events: list[Event], *, redelivery: int) -> Outcome:
        body = self._body(events)
        url = self.url
        if url is None:
            self.unsent.extend(events)
            return Outcome(status=None, reason="could_not_connect", detail="no webhook URL is set")
        self._flying += 1
        try:
            outcome = await self._knock(url, body)
        finally:
            self._flying -= 1
            self._landed.set()
        self.log.append(
            Delivery(
                at=self.clock.now(),
                url=url,
                body=body,
                status=outcome.status,
                reason=outcome.reason,
                redelivery=redelivery,
            )
        )
        return outcome

    async def _knock(self, url: str, body: bytes) -> Outcome:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=TIMEOUT_S), trust_env=False
            )
        headers = {
            "content-type": "application/json; charset=utf-8",
            "user-agent": "LineBotWebhook/2.0",
            "x-line-signature": signature(self.channel_secret, body),
        }
        try:
            async with self._session.post(
                url, data=body, headers=headers, allow_redirects=False
            ) as response:
                status = response.status
                await response.read()
        except TimeoutError:
            return Outcome(status=None, reason="request_timeout", detail="Request timeout")
        except aiohttp.ClientConnectorError as error:
            return Outcome(status=None, reason="could_not_connect", detail=str(error))
        except aiohttp.ClientError as error:
            return Outcome(status=None, reason="unclassified", detail=str(error))
        reason: Reason | None = None if 200 <= status < 300 else "error_status_code"
        return Outcome(status=status, reason=reason, detail=str(status))


def _with_unknown_message(event: Event) -> Event:
    if event["type"] != "message":
        return event
    message = {"id": event["message"]["id"], "type": "practiceNovelty"}
    return {**event, "message": message}
