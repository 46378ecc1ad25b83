"""push, multicast, reply: what is accepted, what is delivered, what is counted (LINE.md §3.3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .answers import (
    FAILED_TO_SEND,
    INVALID_REPLY_TOKEN,
    Answer,
    LineRefusal,
    invalid_property,
)
from .ids import RECIPIENT_ID, Clock, IdMaker
from .people import People, Person
from .quota import Quota
from .reply_tokens import ReplyTokens
from .request import Request
from .request_shapes import MULTICAST, PUSH, REPLY, VALIDATE
from .retry_keys import RetryKeys
from .rules import check
from .thread import Entry

QUOTABLE = frozenset({"text", "textV2", "sticker", "image", "video", "template", "flex"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Accepted:
    """One accepted message request for one person; a multicast gives one for each of them.

    Attributes:
        at: practice time.
        operation: `push`, `multicast` or `reply`.
        to: user id.
        messages: the message objects as they came.
        retry_key: the `X-Line-Retry-Key`, or None.
        request_id: the `x-line-request-id` it was answered with.
        delivered: whether it reached the phone (a blocked person's does not, with 200).
        quota_counted: persons counted against the month: 1 or 0.
        raw_body: the bytes of the request.
    """

    at: datetime
    operation: str
    to: str
    messages: list[dict[str, Any]]
    retry_key: str | None
    request_id: str
    delivered: bool
    quota_counted: int
    raw_body: bytes


@dataclass(kw_only=True)
class Sending:
    """Accepts and delivers."""

    clock: Clock
    ids: IdMaker
    people: People
    quota: Quota
    retry_keys: RetryKeys
    reply_tokens: ReplyTokens
    record: list[Accepted] = field(default_factory=list)

    def push(self, request: Request) -> Answer:
        """POST /v2/bot/message/push."""
        self.retry_keys.refuse_known(request.retry_key, body=request.body)
        body = request.json()
        check(PUSH, body)
        _refuse_mentions(body)
        person = self._recipient(body["to"])
        self.quota.refuse_beyond(1)
        sent = self._sent(body["messages"])
        self._accept("push", person, request=request, body=body, sent=sent, counts=True)
        self.retry_keys.accept(
            request.retry_key, request_id=request.request_id, sent=sent, body=request.body
        )
        return Answer(body=sent)

    def multicast(self, request: Request) -> Answer:
        """POST /v2/bot/message/multicast; answers no message ids."""
        self.retry_keys.refuse_known(request.retry_key, body=request.body)
        body = request.json()
        check(MULTICAST, body)
        _refuse_mentions(body)
        persons = [self._one_of(user_id, position) for position, user_id in enumerate(body["to"])]
        distinct = list({person.user_id: person for person in persons}.values())
        self.quota.refuse_beyond(len(distinct))
        for person in distinct:
            sent = self._sent(body["messages"])
            self._accept("multicast", person, request=request, body=body, sent=sent, counts=True)
        self.retry_keys.accept(
            request.retry_key, request_id=request.request_id, sent={}, body=request.body
        )
        return Answer()

    def reply(self, request: Request) -> Answer:
        """POST /v2/bot/message/reply; free of charge, once per token."""
        body = request.json()
        check(REPLY, body)
        _refuse_mentions(body)
        user_id = self.reply_tokens.owner(body["replyToken"])
        person = self.people.with_id(user_id) if user_id is not None else None
        if person is None:
            raise LineRefusal(400, message=INVALID_REPLY_TOKEN)
        self.reply_tokens.use(body["replyToken"])
        sent = self._sent(body["messages"])
        self._accept("reply", person, request=request, body=body, sent=sent, counts=False)
        return Answer(body=sent)

    def validate(self, request: Request) -> Answer:
        """POST /v2/bot/message/validate/...: checks, sends nothing."""
        check(VALIDATE, request.json())
        return Answer()

    def _recipient(self, to: str) -> Person:
        if not RECIPIENT_ID.fullmatch(to):
            raise invalid_property("'to'")
        person = self.people.with_id(to)
        if person is None:
            raise LineRefusal(400, message=FAILED_TO_SEND)
        return person

    def _one_of(self, user_id: str, position: int) -> Person:
        person = self.people.with_id(user_id)
        if person is None:
            raise invalid_property(f"to[{position}]")
        return person

    def _sent(self, messages: list[dict[str, Any]]) -> Mapping[str, Any]:
        sent = []
        for message in messages:
            one = {"id": self.ids.message_id()}
            if message["type"] in QUOTABLE:
                one["quoteToken"] = self.ids.token()
            sent.append(one)
        return {"sentMessages": sent}

    def _accept(
        self,
        operation: str,
        person: Person,
        *,
        request: Request,
        body: Mapping[str, Any],
        sent: Mapping[str, Any],
        counts: bool,
    ) -> None:
        now = self.clock.now()
        delivered = person.receives(now)
        counted = 1 if delivered and counts else 0
        if delivered:
            self._deliver(person, body=body, sent=sent, at=now)
        if counted:
            self.quota.count(counted)
        self.record.append(
            Accepted(
                at=now,
                operation=operation,
                to=person.user_id,
                messages=body["messages"],
                retry_key=request.retry_key,
                request_id=request.request_id,
                delivered=delivered,
                quota_counted=counted,
                raw_body=request.body,
            )
        )

    def _deliver(
        self, person: Person, *, body: Mapping[str, Any], sent: Mapping[str, Any], at: datetime
    ) -> None:
        person.typing_until = None
        for message, one in zip(body["messages"], sent["sentMessages"], strict=True):
            person.thread.add(
                Entry(
                    message_id=one["id"],
                    sender="account",
                    at=at,
                    message=message,
                    seen=False,
                    notified=not body.get("notificationDisabled", False),
                )
            )


def _refuse_mentions(body: Mapping[str, Any]) -> None:
    """Mentions go to group chats only, and there are none here (REF §Mention object).

    The validate endpoints cannot tell, so this stands at the sending ones.
    """
    for position, message in enumerate(body["messages"]):
        for name, item in message.get("substitution", {}).items():
            if item["type"] == "mention":
                raise invalid_property(f"'messages[{position}].substitution.{name}'")
