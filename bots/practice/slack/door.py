"""How Slack reaches the app: signed HTTP posts, or a Socket Mode connection."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from urllib.parse import urlencode

import aiohttp

from bots.practice.slack.model import Json
from bots.practice.slack.signing import signed_headers

ACK_LIMIT_S = 3.0
Kind = Literal["event", "interactive", "command"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from the app within three seconds.

    Attributes:
        failure: None, or Slack's reason of a failed delivery (`http_timeout`,
            `connection_failed`, `http_error`).
        status: HTTP status; None when there was no answer.
        body: the decoded JSON, the text, or None when it was empty.
        no_retry: the app sent `X-Slack-No-Retry: 1`.
    """

    failure: str | None = None
    status: int | None = None
    body: Any = None
    no_retry: bool = False


class Door(Protocol):
    """One way to the app."""

    async def knock(
        self, kind: Kind, payload: Json, *, retry: tuple[int, str] | None = None
    ) -> Answer:
        """Deliver a payload and wait for the ack, three real seconds at most."""

    async def aclose(self) -> None:
        """Give back what it holds."""


@dataclass(slots=True)
class EitherDoor:
    """Signed HTTP where there is a request URL, Socket Mode where there is none."""

    http: Door
    sockets: Door
    request_url: str | None

    async def knock(
        self, kind: Kind, payload: Json, *, retry: tuple[int, str] | None = None
    ) -> Answer:
        """Deliver by the way that is configured now."""
        door = self.sockets if self.request_url is None else self.http
        return await door.knock(kind, payload, retry=retry)

    async def aclose(self) -> None:
        """Close both."""
        await self.http.aclose()
        await self.sockets.aclose()


@dataclass(slots=True)
class HttpDoor:
    """Posts to the app's request URL, signed; the URL may be changed at any time."""

    url: Callable[[], str]
    secret: str
    seconds: Callable[[], int]
    _session: aiohttp.ClientSession | None = field(default=None, init=False)

    async def knock(
        self, kind: Kind, payload: Json, *, retry: tuple[int, str] | None = None
    ) -> Answer:
        """Deliver over HTTP."""
        body, content_type = encoded(kind, payload)
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            **signed_headers(body, secret=self.secret, at=self.seconds()),
        }
        if retry is not None:
            headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
        if self._session is None:
            self._session = aiohttp.ClientSession(trust_env=False)
        limit = aiohttp.ClientTimeout(total=ACK_LIMIT_S)
        try:
            async with self._session.post(
                self.url(), data=body, headers=headers, timeout=limit, allow_redirects=False
            ) as response:
                return _read(response.status, await response.read(), response.headers)
        except TimeoutError:
            return Answer(failure="http_timeout")
        except (aiohttp.ClientError, OSError):
            return Answer(failure="connection_failed")

    async def aclose(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None
            await asyncio.sleep(0)


def encoded(kind: Kind, payload: Json) -> tuple[bytes, str]:
    """Body and content type: events as JSON, interactions in `payload=`, commands as a form."""
    if kind == "event":
        return json.dumps(payload, ensure_ascii=False).encode(), "application/json"
    form = "application/x-www-form-urlencoded"
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload, ensure_ascii=False)}).encode(), form
    return urlencode(payload).encode(), form


def _read(status: int, body: bytes, headers: Mapping[str, str]) -> Answer:
    no_retry = headers.get("X-Slack-No-Retry") == "1"
    failure = None if status == 200 else "http_error"
    text = body.decode("utf-8", "replace")
    read: Any = text or None
    if text.strip() and "json" in headers.get("Content-Type", ""):
        try:
            read = json.loads(text)
        except ValueError:
            read = text
    return Answer(failure, status, read, no_retry)
