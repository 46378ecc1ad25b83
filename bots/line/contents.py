"""Fetches pictures, voices, films and files that people sent (REF §Get content)."""

import re
from types import TracebackType
from typing import Final, Self

import pycurl

from bots.line.answers import detail_of
from bots.line.connections import Connections, Reply, Unanswered
from bots.line.hosts import data_base
from bots.line.messenger import CONNECT_TIMEOUT_S, bearer
from core.media import LARGEST, MediaState
from core.ports import Fetched, NotThere, NotYet

TIMEOUT_S: Final = 120.0
CONNECTIONS: Final = 2
_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,128}")
# No such message, never was one, or its sender took it back (410).
_GONE: Final = frozenset({400, 404, 410})


class LineContents:
    """The way to LINE's contents (core.ports.ContentFetcher).

    Its connections are its own: a film that takes a minute holds up no letter. `start` opens them
    inside the running loop and `aclose` closes them. There is no retry here; the row decides.

    Args:
        base_url: LINE_API_BASE, with or without a slash at its end.
        access_token: the channel access token.
        largest: bytes that are ever taken; a transfer that goes on beyond them is broken off.
        timeout_s: seconds until a fetch counts as unanswered.

    Raises:
        ValueError: the token is no plain ASCII.
    """

    def __init__(
        self,
        *,
        base_url: str,
        access_token: str,
        largest: int = LARGEST,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._base = data_base(base_url)
        self._headers = (bearer(access_token),)
        self._largest = largest
        self._timeout_s = timeout_s
        self._connections: Connections | None = None

    async def start(self) -> None:
        """Open the connections; a second call changes nothing."""
        if self._connections is None:
            self._connections = Connections(
                most=CONNECTIONS,
                timeout_s=self._timeout_s,
                connect_timeout_s=CONNECT_TIMEOUT_S,
                largest=self._largest,
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

    async def fetch(self, message_id: str, *, largest: int) -> Fetched | NotThere | NotYet:
        """GET /v2/bot/message/{messageId}/content; never raises for what LINE or the network do."""
        if self._connections is None:
            raise RuntimeError("LineContents is not started")
        if not _ID.fullmatch(message_id):
            return NotThere(state=MediaState.GONE, detail="no message has such an id")
        url = f"{self._base}/v2/bot/message/{message_id}/content"
        try:
            reply = await self._connections.ask(url, data=None, headers=self._headers)
        except Unanswered as failure:
            return NotYet(detail=failure.detail)
        return _brought(reply, largest=min(largest, self._largest))


def _brought(reply: Reply, *, largest: int) -> Fetched | NotThere | NotYet:
    if reply.status == 200:
        if reply.fault == pycurl.E_FILESIZE_EXCEEDED or len(reply.body) > largest:
            return NotThere(state=MediaState.TOO_LARGE, detail=f"more than {largest} bytes")
        if reply.fault:
            return NotYet(detail=f"broken off ({reply.fault})")
        return Fetched(data=reply.body)
    if reply.status in _GONE:
        return NotThere(state=MediaState.GONE, detail=detail_of(reply.status, reply.body))
    return NotYet(detail=detail_of(reply.status, reply.body))
