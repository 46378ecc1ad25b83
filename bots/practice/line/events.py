"""Webhook events as LINE writes them (REF §Webhook Event Objects, webhook.yml)."""

from datetime import datetime
from typing import Any

from .ids import Clock, IdMaker, milliseconds
from .people import Person
from .reply_tokens import ReplyTokens

Event = dict[str, Any]


class Events:
    """Builds events; every one gets its own id, and a reply token where LINE gives one."""

    def __init__(self, *, clock: Clock, ids: IdMaker, reply_tokens: ReplyTokens) -> None:
        self._clock = clock
        self._ids = ids
        self._reply_tokens = reply_tokens
        self.read_tokens: dict[str, str] = {}
        """markAsReadToken -> user id; they never expire."""

    def message(self, person: Person, content: dict[str, Any], *, at: datetime) -> Event:
        """A message of a person; `content` has the message's own properties and its id."""
        read_token = self._ids.token()
        self.read_tokens[read_token] = person.user_id
        return self._event(
            "message",
            at=at,
            person=person,
            replyable=True,
            message={**content, "markAsReadToken": read_token},
        )

    def postback(self, person: Person, *, data: str, params: dict[str, str] | None = None) -> Event:
        """A pressed button; `params` of a picker or a rich menu switch."""
        postback: dict[str, Any] = {"data": data}
        if params is not None:
            postback["params"] = params
        return self._event("postback", person=person, replyable=True, postback=postback)

    def follow(self, person: Person, *, unblocked: bool) -> Event:
        """Added as a friend, or unblocked."""
        return self._event(
            "follow", person=person, replyable=True, follow={"isUnblocked": unblocked}
        )

    def unfollow(self, person: Person) -> Event:
        """Blocked the account; no reply token."""
        return self._event("unfollow", person=person)

    def unsend(self, person: Person, *, message_id: str) -> Event:
        """Took a message back."""
        return self._event("unsend", person=person, unsend={"messageId": message_id})

    def account_link(self, person: Person | None, *, nonce: str) -> Event:
        """Linked; without a person it failed and has neither source nor reply token."""
        result = "ok" if person is not None else "failed"
        return self._event(
            "accountLink",
            person=person,
            replyable=person is not None,
            link={"result": result, "nonce": nonce},
        )

    def unknown(self, person: Person | None = None) -> Event:
        """A kind of event that no description knows (LINE.md §3.1: may appear without notice)."""
        return self._event(
            "practiceNovelty", person=person, practiceNovelty={"note": "a kind not yet known"}
        )

    def _event(
        self,
        kind: str,
        *,
        person: Person | None = None,
        at: datetime | None = None,
        replyable: bool = False,
        **own: Any,
    ) -> Event:
        happened = at or self._clock.now()
        event: Event = {
            "type": kind,
            "timestamp": milliseconds(happened),
            "mode": "active",
            "webhookEventId": self._ids.event_id(),
            "deliveryContext": {"isRedelivery": False},
            **own,
        }
        if person is not None:
            event["source"] = {"type": "user", "userId": person.user_id}
            if replyable:
                event["replyToken"] = self._reply_tokens.issue(person.user_id)
        return event
