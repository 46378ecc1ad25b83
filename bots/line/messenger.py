"""Sends frozen requests to LINE, over one pool of connections."""

import json
import re
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit

from bots.line.account import (
    BotInfo,
    LineUnanswered,
    Quota,
    WebhookEndpoint,
    WebhookTest,
    bot_info_of,
    consumption_of,
    quota_of,
    webhook_endpoint_of,
    webhook_test_of,
)
from bots.line.answers import detail_of, outcome_of
from bots.line.connections import Connections, Unanswered
from bots.line.hosts import data_base
from core.outbox import Outcome, TryLater
from core.quota import Allowance

TIMEOUT_S: Final = 10.0
CONNECT_TIMEOUT_S: Final = 5.0
RETRY_KEY: Final = "X-Line-Retry-Key"
_PLAIN: Final = re.compile(r"[!-~]+")


def bearer(access_token: str) -> str:
    """The header line with which we come. Raises: ValueError: the token is no plain ASCII."""
    if not _PLAIN.fullmatch(access_token):
        raise ValueError("a channel access token is plain ASCII without spaces")
    return f"Authorization: Bearer {access_token}"


class LineMessenger:
    """The way to LINE (core.ports.PersonMessenger), and what `yorisoi doctor` asks there.

    `start` opens the pool inside the running loop and `aclose` closes it; or use it as an
    asynchronous context manager. There is no retry here: the outbox decides about that.

    Args:
        base_url: LINE_API_BASE, with or without a slash at its end.
        access_token: the channel access token.
        connections: most connections at a time; more pushes than that wait for one.
        timeout_s: seconds until a request counts as unanswered.

    Raises:
        ValueError: the base is no http or https URL, or the token is no plain ASCII.
    """

    def __init__(
        self,
        *,
        base_url: str,
        access_token: str,
        connections: int = 64,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._base = base_url.rstrip("/")
        self._push_url = f"{self._base}/v2/bot/message/push"
        parts = urlsplit(self._push_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("LINE_API_BASE is an http or https URL")
        self._timeout_s = timeout_s
        self._headers = (
            bearer(access_token),
            "Content-Type: application/json",
            # LINE is not asked first whether it would like the body.
            "Expect:",
        )
        self._most = connections
        self._connections: Connections | None = None

    @property
    def connections(self) -> int:
        """How many pushes can be under way at a time."""
        return self._most

    async def start(self) -> None:
        """Open the pool; a second call changes nothing."""
        if self._connections is None:
            self._connections = Connections(
                most=self._most, timeout_s=self._timeout_s, connect_timeout_s=CONNECT_TIMEOUT_S
            )

    async def aclose(self) -> None:
        """Close every connection."""
        connections, self._connections = self._connections, None
        if connections is not None:
            await connections.aclose()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def push(self, request: bytes, *, retry_key: str) -> Outcome:
        """POST /v2/bot/message/push with exactly these bytes under this key; never raises for
        what LINE or the network do.
        """
        headers = [*self._headers, f"{RETRY_KEY}: {retry_key}"]
        try:
            # LINE has whatever it says yes to, whatever may be wrong with the rest of the answer.
            reply = await self._open().ask(self._push_url, data=request, headers=headers)
        except Unanswered as failure:
            return TryLater(detail=failure.detail, maybe_taken=failure.sent)
        return outcome_of(reply.status, reply.headers, reply.body)

    async def reply(self, request: bytes, *, reply_token: str) -> Outcome:
        """POST /v2/bot/message/reply with the messages of this frozen push; never raises for what
        LINE or the network do. LINE takes a retry key for no reply: whoever does not hear back
        cannot ask again.
        """
        body = json.dumps(
            {"replyToken": reply_token, "messages": json.loads(request)["messages"]},
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode()
        url = f"{self._base}/v2/bot/message/reply"
        try:
            reply = await self._open().ask(url, data=body, headers=self._headers)
        except Unanswered as failure:
            return TryLater(detail=failure.detail, maybe_taken=failure.sent)
        return outcome_of(reply.status, reply.headers, reply.body)

    async def validate(self, request: bytes) -> str | None:
        """Ask LINE whether it would take the messages of this frozen push; nothing is sent.

        Returns:
            None when it would, else LINE's complaint.

        Raises:
            LineUnanswered: LINE did not say.
        """
        messages = json.dumps({"messages": json.loads(request)["messages"]}).encode()
        try:
            await self._ask("/v2/bot/message/validate/push", messages)
        except LineUnanswered as answer:
            if answer.status == 400:
                return answer.detail
            raise
        return None

    async def bot_info(self) -> BotInfo:
        """Who the account is. Raises: LineUnanswered."""
        return bot_info_of(await self._ask("/v2/bot/info"))

    async def quota(self) -> Quota:
        """How much may be sent in a month. Raises: LineUnanswered."""
        return quota_of(await self._ask("/v2/bot/message/quota"))

    async def consumption(self) -> int:
        """How much was sent this month, roughly. Raises: LineUnanswered."""
        return consumption_of(await self._ask("/v2/bot/message/quota/consumption"))

    async def allowance(self) -> Allowance | None:
        """How the month stands (core.ports.AllowanceReader); None when LINE did not say."""
        try:
            return Allowance(most=(await self.quota()).limit, used=await self.consumption())
        except LineUnanswered:
            return None

    async def webhook_endpoint(self) -> WebhookEndpoint | None:
        """Where LINE sends events; None when nothing is set. Raises: LineUnanswered."""
        try:
            answer = await self._ask("/v2/bot/channel/webhook/endpoint")
        except LineUnanswered as failure:
            if failure.status == 404:
                return None
            raise
        return webhook_endpoint_of(answer)

    async def test_webhook(self) -> WebhookTest:
        """Have LINE try the webhook (at most 60 times an hour). Raises: LineUnanswered."""
        return webhook_test_of(await self._ask("/v2/bot/channel/webhook/test", b"{}"))

    async def ask(
        self,
        method: str,
        path: str,
        *,
        data: bytes | None = None,
        content_type: str = "application/json",
        content_host: bool = False,
    ) -> tuple[int, bytes]:
        """Ask LINE anything; status and body of the answer, whatever it says.

        Args:
            content_host: the endpoint takes or gives files; LINE has those on a host of its own.

        Raises:
            LineUnanswered: there was no answer.
        """
        base = data_base(self._base) if content_host else self._base
        authorization = self._headers[0]
        try:
            reply = await self._open().ask(
                base + path,
                data=data,
                headers=(authorization, f"Content-Type: {content_type}", "Expect:"),
                method="" if method in ("GET", "POST") else method,
            )
        except Unanswered as failure:
            raise LineUnanswered(status=None, detail=failure.detail) from failure
        return reply.status, reply.body

    async def _ask(self, path: str, data: bytes | None = None) -> Mapping[str, Any]:
        try:
            reply = await self._open().ask(self._base + path, data=data, headers=self._headers)
        except Unanswered as failure:
            raise LineUnanswered(status=None, detail=failure.detail) from failure
        if reply.status != 200:
            detail = detail_of(reply.status, reply.body)
            raise LineUnanswered(status=reply.status, detail=detail)
        try:
            answer = json.loads(reply.body)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise LineUnanswered(status=200, detail="LINE's answer is not a JSON object")
        return answer

    def _open(self) -> Connections:
        if self._connections is None:
            raise RuntimeError("LineMessenger is not started")
        return self._connections
