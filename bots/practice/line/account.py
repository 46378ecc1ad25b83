"""What the API tells about the account and its friends, and the small chat operations."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit

from .answers import NO_PERMISSION, NOT_FOUND, Answer, LineRefusal, invalid_property
from .events import Events
from .ids import USER_ID, Clock
from .people import People
from .quota import Quota
from .request import Request
from .request_shapes import LOADING, MARK_AS_READ, WEBHOOK_ENDPOINT, WEBHOOK_TEST
from .rules import check
from .webhooks import Webhooks

MOST_URL = 500
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(kw_only=True)
class Account:
    """The official account.

    Attributes:
        chat_mode: `chat` is Chat "On" (then read is marked by hand), `bot` is "Off".
        verified: a verified or premium account; only these may list their followers.
        read_by: tokens given to markAsRead, in order.
    """

    clock: Clock
    people: People
    quota: Quota
    events: Events
    webhooks: Webhooks
    bot_user_id: str
    name: Callable[[], str]
    chat_mode: Literal["chat", "bot"] = "bot"
    verified: bool = False
    read_by: list[str] = field(default_factory=list)

    def info(self, request: Request) -> Answer:
        """GET /v2/bot/info."""
        return Answer(
            body={
                "userId": self.bot_user_id,
                "basicId": "@000aaaaa",
                "displayName": self.name(),
                "chatMode": self.chat_mode,
                "markAsReadMode": "manual" if self.chat_mode == "chat" else "auto",
            }
        )

    def profile(self, request: Request) -> Answer:
        """GET /v2/bot/profile/{userId}: 404 for anyone whose profile is closed to us."""
        user_id = request.path["userId"]
        if not USER_ID.fullmatch(user_id):
            raise LineRefusal(400, message="The value for the 'userId' parameter is invalid")
        person = self.people.with_id(user_id)
        if person is None or not person.profile_is_open():
            raise LineRefusal(404, message=NOT_FOUND)
        body = {
            "displayName": person.name,
            "userId": person.user_id,
            "pictureUrl": person.picture_url,
            "statusMessage": person.status_message,
            "language": person.language,
        }
        return Answer(body={name: value for name, value in body.items() if value is not None})

    def followers(self, request: Request) -> Answer:
        """GET /v2/bot/followers/ids: 403 unless the account is verified."""
        if not self.verified:
            raise LineRefusal(403, message=NO_PERMISSION)
        ids = [p.user_id for p in self.people if p.friend and not p.blocked and not p.deleted]
        start = int(request.query.get("start", "0") or 0)
        limit = int(request.query.get("limit", "300"))
        if not 1 <= limit <= 1000:
            raise LineRefusal(400, message="The value for the 'limit' parameter is invalid")
        body: dict[str, object] = {"userIds": ids[start : start + limit]}
        if start + limit < len(ids):
            body["next"] = str(start + limit)
        return Answer(body=body)

    def quota_limit(self, request: Request) -> Answer:
        """GET /v2/bot/message/quota."""
        return Answer(body=self.quota.as_quota())

    def quota_used(self, request: Request) -> Answer:
        """GET /v2/bot/message/quota/consumption."""
        return Answer(body={"totalUsage": self.quota.used()})

    def start_loading(self, request: Request) -> Answer:
        """POST /v2/bot/chat/loading/start: 202."""
        body = request.json()
        check(LOADING, body)
        person = self.people.with_id(body["chatId"])
        if person is None:
            raise invalid_property("'chatId'")
        seconds = body.get("loadingSeconds", 20)
        person.typing_until = self.clock.now() + timedelta(seconds=seconds)
        return Answer(status=202)

    def mark_as_read(self, request: Request) -> Answer:
        """POST /v2/bot/chat/markAsRead."""
        body = request.json()
        check(MARK_AS_READ, body)
        if body["markAsReadToken"] not in self.events.read_tokens:
            raise invalid_property("'markAsReadToken'")
        self.read_by.append(body["markAsReadToken"])
        return Answer()

    def get_endpoint(self, request: Request) -> Answer:
        """GET /v2/bot/channel/webhook/endpoint."""
        url = self.webhooks.url
        if url is None:
            raise LineRefusal(404, message="Webhook endpoint not found")
        return Answer(body={"endpoint": url, "active": self.webhooks.active})

    def set_endpoint(self, request: Request) -> Answer:
        """PUT /v2/bot/channel/webhook/endpoint."""
        body = request.json()
        check(WEBHOOK_ENDPOINT, body)
        self.webhooks.url = _good_url(body["endpoint"])
        return Answer()

    async def test_endpoint(self, request: Request) -> Answer:
        """POST /v2/bot/channel/webhook/test: an empty event list, and how it went."""
        body = request.json()
        check(WEBHOOK_TEST, body)
        url = _good_url(body["endpoint"]) if "endpoint" in body else self.webhooks.url
        if url is None:
            raise LineRefusal(404, message="Webhook endpoint not found")
        outcome = await self.webhooks.try_endpoint(url)
        stamp = self.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]
        return Answer(
            body={
                "success": outcome.reason is None,
                "timestamp": f"{stamp}Z",
                "statusCode": outcome.status or 0,
                "reason": (outcome.reason or "OK").upper(),
                "detail": outcome.detail,
            }
        )


def _good_url(url: str) -> str:
    """HTTPS and at most 500 characters; plain HTTP only to this machine, which practice needs."""
    parts = urlsplit(url)
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not secure or not parts.hostname or len(url) > MOST_URL:
        raise LineRefusal(400, message="Invalid webhook endpoint URL")
    return url
