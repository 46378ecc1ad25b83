"""Connections for one kind of request, as lean as they can be made.

A push is always the same POST to the same place, ten thousand times in a row on a busy
morning. A general HTTP client spends three quarters of its time on questions that do not arise
here (redirects, cookies, proxies, decoding); this one writes the request in one piece and lets
llhttp, the parser of Node.js, read the answer. It also knows exactly whether anything had been
written before a failure, which decides whether LINE may have the letter.
"""

import asyncio
import ssl
from collections import deque
from dataclasses import dataclass
from typing import Final, cast

import httptools

MOST_ANSWER_BYTES: Final = 1024 * 1024
# A server may hang up on an idle connection at any moment; one that has rested longer than this
# is not trusted with a letter.
REST_S: Final = 15.0


class NotSent(Exception):
    """There was no connection; nothing at all was written."""


class Unanswered(Exception):
    """Something was written, and no usable answer came back."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer; header names are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


class Wire(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._answer: asyncio.Future[Answer] | None = None
        self._late: asyncio.TimerHandle | None = None
        self._headers: dict[str, str] = {}
        self._body: list[bytes] = []
        self._size = 0
        self._heard = False
        self.usable = False
        self.rests_since = 0.0

    def send(self, request: bytes, *, within: float) -> "asyncio.Future[Answer]":
        """Write the request; the future is the answer or Unanswered."""
        assert self._transport is not None
        self._answer = self._loop.create_future()
        self._late = self._loop.call_later(within, self.give_up, "TimeoutError")
        self._transport.write(request)
        return self._answer

    def give_up(self, why: str) -> None:
        """End the connection; whoever waits for an answer hears why there is none."""
        self.usable = False
        if self._transport is not None:
            self._transport.abort()
        self._settle(why)

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ready for a request."""
        # uvloop's transport is one in all but name.
        self._transport = cast("asyncio.Transport", transport)
        self.usable = True

    def data_received(self, data: bytes) -> None:
        """A piece of the answer."""
        self._size += len(data)
        if self._answer is None or self._size > MOST_ANSWER_BYTES:
            self.give_up("TooMuchAnswer")
            return
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as failure:
            self.give_up(type(failure).__name__)

    def connection_lost(self, exc: Exception | None) -> None:
        """The other side hung up."""
        self.usable = False
        self._settle("ConnectionLost" if exc is None else type(exc).__name__)

    # httptools

    def on_message_begin(self) -> None:
        """An answer begins; one that nobody waits for must never be taken for the next."""
        if self._answer is None:
            self.give_up("Unasked")

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header of the answer."""
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        """The status is known, whatever becomes of the body."""
        self._heard = self._parser.get_status_code() >= 200

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self._body.append(body)

    def on_message_complete(self) -> None:
        """The answer is whole; an interim one (1xx) is not the answer."""
        if not self._heard:
            self._headers = {}
            return
        if not self._parser.should_keep_alive():
            self.usable = False
            if self._transport is not None:
                self._transport.close()
        self._finish()

    def _settle(self, why: str) -> None:
        """The connection ended. What LINE had said by then, it has said."""
        if self._heard:
            self._finish()
            return
        answer = self._release()
        if answer is not None and not answer.done():
            answer.set_exception(Unanswered(why))

    def _finish(self) -> None:
        found = Answer(self._parser.get_status_code(), self._headers, b"".join(self._body))
        answer = self._release()
        if answer is not None and not answer.done():
            answer.set_result(found)

    def _release(self) -> "asyncio.Future[Answer] | None":
        if self._late is not None:
            self._late.cancel()
        answer, self._answer, self._late = self._answer, None, None
        self._headers, self._body, self._size, self._heard = {}, [], 0, False
        self.rests_since = self._loop.time()
        return answer


class Wires:
    """A pool of at most `limit` connections to one server.

    Args:
        tls: for https; None speaks in the clear (the practice LINE).
        connect_s: longest wait for a connection, in seconds.
        answer_s: longest wait for an answer, in seconds.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        tls: ssl.SSLContext | None,
        limit: int,
        connect_s: float,
        answer_s: float,
    ) -> None:
        self._host = host
        self._port = port
        self._tls = tls
        self._limit = limit
        self._connect_s = connect_s
        self._answer_s = answer_s
        self._free: list[Wire] = []
        self._taken: set[Wire] = set()
        self._opening = 0
        self._queue: deque[asyncio.Future[None]] = deque()
        self._closed = False

    async def ask(self, request: bytes) -> Answer:
        """Send a whole request, and wait for the answer.

        Raises:
            NotSent: nothing was written.
            Unanswered: it was written, and there was no answer.
        """
        wire = self._rested() or await self._another()
        self._taken.add(wire)
        try:
            return await wire.send(request, within=self._answer_s)
        except asyncio.CancelledError:
            wire.give_up("Cancelled")
            raise
        finally:
            self._taken.discard(wire)
            if wire.usable and not self._closed:
                self._free.append(wire)
            self._next()

    def close(self) -> None:
        """End every connection; who waits for an answer is told that there is none."""
        self._closed = True
        for wire in (*self._free, *self._taken):
            wire.give_up("Closed")
        self._free.clear()
        while self._queue:
            self._next()

    def _rested(self) -> Wire | None:
        """The connection used last, if there is one that may still be good."""
        while self._free:
            wire = self._free.pop()
            if wire.usable:
                if asyncio.get_running_loop().time() - wire.rests_since < REST_S:
                    return wire
                wire.give_up("Rested")
        return None

    async def _another(self) -> Wire:
        """A new connection, or the next one to come free."""
        while not self._closed:
            if len(self._taken) + self._opening < self._limit:
                return await self._open()
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._queue.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    self._next()
                raise
            wire = self._rested()
            if wire is not None:
                return wire
        raise NotSent("Closed")

    async def _open(self) -> Wire:
        self._opening += 1
        try:
            async with asyncio.timeout(self._connect_s):
                _, wire = await asyncio.get_running_loop().create_connection(
                    Wire,
                    self._host,
                    self._port,
                    ssl=self._tls,
                    server_hostname=self._host if self._tls else None,
                )
        except (OSError, TimeoutError, UnicodeError) as failure:
            # ssl.SSLError and socket.gaierror are OSErrors; a host may be no name at all.
            self._next()
            raise NotSent(type(failure).__name__) from failure
        finally:
            self._opening -= 1
        if self._closed:
            wire.give_up("Closed")
            raise NotSent("Closed")
        return wire

    def _next(self) -> None:
        """Whoever has waited longest may try."""
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
