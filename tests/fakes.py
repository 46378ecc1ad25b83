"""Stand-ins at the ports: a LINE that remembers retry keys, and events that are read already."""

import json
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from core.inbound import LineEvent, Meaning
from core.outbox import Accepted, ChannelClosed, Outcome, Refused, TryLater
from core.ports import Clock, LetterPress, RawEvent, UnitOfWork
from core.usecases.inbound.receive_event import receive_event
from core.usecases.inbound.waiting_events import waiting_events
from tests.people import LINK_A, TOKYO

KEY_IS_KNOWN_FOR: Final = timedelta(hours=24)


@dataclass(kw_only=True)
class SetClock:
    """A clock that stands where it was set."""

    at: datetime

    def now(self) -> datetime:
        return self.at


class Mishap(Enum):
    """What may go wrong on one call."""

    ANSWER_LOST = "LINE took it, and we never heard"
    DOWN = "LINE did not take it, and we cannot know"
    TOO_MANY = "429, not now"
    REFUSED = "400, never"
    QUOTA = "429, the month is used up"
    TOKEN = "401"
    USED = "400, the reply token was used or has run out"


@dataclass(frozen=True, kw_only=True, slots=True)
class Took:
    """One push that LINE took: it stands on the phone of `to`."""

    at: datetime
    to: str
    texts: tuple[str, ...]
    retry_key: str
    request: bytes
    reply_token: str = ""


@dataclass(kw_only=True)
class FakeLine:
    """LINE as a messenger sees it (core.ports.PersonMessenger).

    A retry key that was taken in the last 24 hours brings the first answer again (409) and no
    second message; after that, LINE has forgotten it.
    """

    clock: Clock
    took: list[Took] = field(default_factory=list)
    calls: int = 0
    mishaps: deque[Mishap | None] = field(default_factory=deque)
    _known: dict[str, tuple[datetime, str]] = field(default_factory=dict)

    async def reply(self, request: bytes, *, reply_token: str) -> Outcome:
        """A token answers once; LINE knows a reply by nothing else."""
        self.calls += 1
        mishap = self.mishaps.popleft() if self.mishaps else None
        used = any(took.reply_token == reply_token for took in self.took)
        if mishap is Mishap.USED or used:
            return Refused(status=400, detail="Invalid reply token")
        if mishap is Mishap.DOWN:
            return TryLater(detail="500", maybe_taken=True)
        if mishap is Mishap.TOO_MANY:
            return TryLater(detail="429", maybe_taken=False)
        self._take(request, retry_key="", at=self.clock.now(), reply_token=reply_token)
        if mishap is Mishap.ANSWER_LOST:
            return TryLater(detail="timeout", maybe_taken=True)
        return Accepted(request_id=f"request-{self.calls}")

    async def push(self, request: bytes, *, retry_key: str) -> Outcome:
        self.calls += 1
        now = self.clock.now()
        mishap = self.mishaps.popleft() if self.mishaps else None
        match mishap:
            case Mishap.DOWN:
                return TryLater(detail="500", maybe_taken=True)
            case Mishap.TOO_MANY:
                return TryLater(detail="429", maybe_taken=False)
            case Mishap.QUOTA:
                return ChannelClosed(cause="QUOTA", detail="monthly limit")
            case Mishap.TOKEN:
                return ChannelClosed(cause="TOKEN", detail="401")
            case Mishap.REFUSED:
                return Refused(status=400, detail="bad request")
        known = self._known.get(retry_key)
        already = known is not None and now - known[0] < KEY_IS_KNOWN_FOR
        if known is None or not already:
            known = (now, f"request-{self.calls}")
            self._known[retry_key] = known
            self._take(request, retry_key=retry_key, at=now)
        if mishap is Mishap.ANSWER_LOST:
            return TryLater(detail="timeout", maybe_taken=True)
        return Accepted(request_id=known[1], already=already)

    def _take(self, request: bytes, *, retry_key: str, at: datetime, reply_token: str = "") -> None:
        said = json.loads(request)
        texts = tuple(message.get("text", message.get("altText")) for message in said["messages"])
        self.took.append(
            Took(
                at=at,
                to=said["to"],
                texts=texts,
                retry_key=retry_key,
                request=request,
                reply_token=reply_token,
            )
        )


@dataclass(kw_only=True)
class Phone:
    """A phone whose events reach the inbox already read (core.ports.EventReader beside it)."""

    uow: UnitOfWork
    press: LetterPress
    line_user_id: str = LINK_A.line_user_id
    _events: dict[bytes, LineEvent] = field(default_factory=dict)

    def cut(self, body: bytes) -> tuple[RawEvent, ...]:
        raise AssertionError("these events come singly")

    def read(self, raw: bytes) -> LineEvent:
        return self._events[raw]

    async def does(
        self,
        meaning: Meaning,
        *,
        at: datetime,
        happened_at: datetime | None = None,
        who: str | None = None,
        key: str | None = None,
        reply_token: str | None = None,
    ) -> None:
        """The event arrives at `at` and is understood at once."""
        key = key or f"event-{len(self._events) + 1}"
        self._events[key.encode()] = LineEvent(
            event_key=key,
            occurred_at=happened_at or at,
            line_user_id=who or self.line_user_id,
            meaning=meaning,
            reply_token=reply_token,
        )
        message_id = getattr(meaning, "message_id", None)
        async with self.uow.write() as work:
            raw = RawEvent(event_key=key, message_id=message_id, raw=key.encode())
            await work.inbox.split("no-webhook", [raw], received_at=at)
            await work.commit()
        for kept in await waiting_events(self.uow, at=at):
            await receive_event(self.uow, kept, reader=self, press=self.press, at=at, tz=TOKYO)
