"""Connections to LINE: libcurl, driven by the event loop of whoever asks.

A push costs aiohttp about three times what it costs libcurl (docs/performance.md), and how
HTTP is spoken, TLS, keep-alive, half answers and dying connections stay somebody else's
well-tested field. libcurl says which sockets it waits for and when it wants to be asked again;
the loop watches them. Nothing runs in another thread, and nothing waits.
"""

import asyncio
import ssl
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import pycurl

# Of an answer's headers these are looked at, by name in lower case.
_KEPT: Final = b"x-line-"


class Reply(NamedTuple):
    """What the other side answered.

    Attributes:
        headers: those of LINE's own (`x-line-...`), names in lower case.
        body: as far as it came.
        fault: libcurl's number for what broke it off; 0 for a whole answer.
    """

    status: int
    headers: dict[str, str]
    body: bytes
    fault: int = 0


class Unanswered(Exception):
    """No whole answer came.

    Attributes:
        detail: libcurl's own words, without the address.
        sent: at least a part of the request left this machine, so that it may have been taken.
    """

    def __init__(self, detail: str, *, sent: bool) -> None:
        super().__init__(detail)
        self.detail = detail
        self.sent = sent


@dataclass(eq=False, slots=True)
class _Request:
    """One of the requests that can be under way at a time; used again and again, so that its
    settings are made once."""

    curl: pycurl.Curl
    head: list[bytes] = field(default_factory=list)
    body: list[bytes] = field(default_factory=list)
    answer: asyncio.Future[Reply] | None = None


class _Waiting(NamedTuple):
    url: str
    data: bytes | None
    headers: Sequence[str]
    answer: asyncio.Future[Reply]


class Connections:
    """A pool of kept connections inside the running loop.

    An idle connection that turns out to be closed is opened anew by libcurl, and the same bytes
    are asked once more on it; whoever needs each request to count once sends a key along.

    Args:
        most: requests under way, and connections, at a time; further requests wait for one.
        timeout_s: from the start of a request to the end of its answer.
        connect_timeout_s: until the connection stands, TLS included.
        largest: bytes of an answer; one that goes on beyond them is broken off.
    """

    def __init__(
        self,
        *,
        most: int,
        timeout_s: float,
        connect_timeout_s: float,
        largest: int | None = None,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_MAXCONNECTS, most)
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._wake_in)
        self._requests = [_request(timeout_s, connect_timeout_s, largest) for _ in range(most)]
        self._by_curl = {request.curl: request for request in self._requests}
        self._free = list(self._requests)
        self._waiting: deque[_Waiting] = deque()
        self._reading: set[int] = set()
        self._writing: set[int] = set()
        self._timer: asyncio.Handle | None = None
        self._looking = False

    def ask(self, url: str, *, data: bytes | None, headers: Sequence[str]) -> asyncio.Future[Reply]:
        """POST these exact bytes, or GET where there are none.

        Args:
            headers: whole lines, without their ends.

        Returns:
            The answer to come. It fails with `Unanswered`. Giving up on it changes nothing: what
            has been sent is sent.
        """
        waiting = _Waiting(url, data, headers, self._loop.create_future())
        if self._free:
            self._begin(self._free.pop(), waiting)
        else:
            self._waiting.append(waiting)
        return waiting.answer

    async def aclose(self) -> None:
        """Close every connection; what is under way ends unanswered."""
        if self._timer is not None:
            self._timer.cancel()
        for waiting in self._waiting:
            _fail(waiting.answer, "closed", sent=False)
        self._waiting.clear()
        for request in self._requests:
            if request.answer is not None:
                self._multi.remove_handle(request.curl)
                _fail(request.answer, "closed", sent=_left(request.curl))
            request.curl.close()
        self._multi.close()
        # libcurl tells of the sockets it closes; whatever it did not tell of is let go here.
        for fd in tuple(self._reading | self._writing):
            self._watch(pycurl.POLL_REMOVE, fd)

    def _begin(self, request: _Request, waiting: _Waiting) -> None:
        curl = request.curl
        request.answer = waiting.answer
        curl.setopt(pycurl.URL, waiting.url)
        curl.setopt(pycurl.HTTPHEADER, waiting.headers)
        if waiting.data is None:
            curl.setopt(pycurl.HTTPGET, 1)
        else:
            curl.setopt(pycurl.POST, 1)
            curl.setopt(pycurl.POSTFIELDS, waiting.data)
        self._multi.add_handle(curl)

    def _watch(self, what: int, fd: int, *_: object) -> None:
        """libcurl: wait for this socket from now on, in these directions."""
        reads, writes = what & pycurl.POLL_IN, what & pycurl.POLL_OUT
        if what == pycurl.POLL_REMOVE:
            reads = writes = 0
        if reads and fd not in self._reading:
            self._reading.add(fd)
            self._loop.add_reader(fd, self._go_on, fd, pycurl.CSELECT_IN)
        elif not reads and fd in self._reading:
            self._reading.discard(fd)
            self._loop.remove_reader(fd)
        if writes and fd not in self._writing:
            self._writing.add(fd)
            self._loop.add_writer(fd, self._go_on, fd, pycurl.CSELECT_OUT)
        elif not writes and fd in self._writing:
            self._writing.discard(fd)
            self._loop.remove_writer(fd)

    def _wake_in(self, milliseconds: int) -> None:
        """libcurl: ask me again after so long; less than nothing: do not."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if milliseconds == 0:
            self._timer = self._loop.call_soon(self._go_on, pycurl.SOCKET_TIMEOUT, 0)
        elif milliseconds > 0:
            later = milliseconds / 1000
            self._timer = self._loop.call_later(later, self._go_on, pycurl.SOCKET_TIMEOUT, 0)

    def _go_on(self, fd: int, ready: int) -> None:
        if fd == pycurl.SOCKET_TIMEOUT:
            self._timer = None
        self._multi.socket_action(fd, ready)
        # Once for all that came in together.
        if not self._looking:
            self._looking = True
            self._loop.call_soon(self._look)

    def _look(self) -> None:
        """Hand out the answers that are whole, and begin what waited for a place."""
        self._looking = False
        more = True
        while more:
            more, whole, broken = self._multi.info_read()
            for curl in whole:
                self._end(self._by_curl[curl], 0)
            for curl, fault, _ in broken:
                self._end(self._by_curl[curl], fault)

    def _end(self, request: _Request, fault: int) -> None:
        curl, answer = request.curl, request.answer
        detail = curl.errstr() if fault else ""
        self._multi.remove_handle(curl)
        status, sent = curl.getinfo(pycurl.RESPONSE_CODE), not fault or _left(curl)
        reply = Reply(status, _own_headers(request.head), b"".join(request.body), fault)
        request.head.clear()
        request.body.clear()
        request.answer = None
        if self._waiting:
            self._begin(request, self._waiting.popleft())
        else:
            self._free.append(request)
        if answer is None or answer.done():
            return
        # An answer that says yes is one, whatever became of the rest of it.
        if not fault or 200 <= status < 300:
            answer.set_result(reply)
        else:
            _fail(answer, detail, sent=sent)


def _request(timeout_s: float, connect_timeout_s: float, largest: int | None) -> _Request:
    curl = pycurl.Curl()
    request = _Request(curl)
    curl.setopt(pycurl.NOSIGNAL, 1)
    curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
    curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
    # Proxy variables are not for us: LINE_API_BASE alone says where LINE is.
    curl.setopt(pycurl.PROXY, "")
    curl.setopt(pycurl.NOPROXY, "*")
    curl.setopt(pycurl.FOLLOWLOCATION, 0)
    curl.setopt(pycurl.USERAGENT, "yorisoi")
    curl.setopt(pycurl.TIMEOUT_MS, round(timeout_s * 1000))
    curl.setopt(pycurl.CONNECTTIMEOUT_MS, round(connect_timeout_s * 1000))
    if largest is not None:
        curl.setopt(pycurl.MAXFILESIZE, largest)
    curl.setopt(pycurl.HEADERFUNCTION, request.head.append)
    curl.setopt(pycurl.WRITEFUNCTION, request.body.append)
    # The wheel's OpenSSL looks where its builder's machine keeps certificates; Python knows
    # where this machine does.
    paths = ssl.get_default_verify_paths()
    if paths.cafile is not None:
        curl.setopt(pycurl.CAINFO, paths.cafile)
    if paths.capath is not None:
        curl.setopt(pycurl.CAPATH, paths.capath)
    return request


def _left(curl: pycurl.Curl) -> bool:
    """Whether anything of the request left this machine."""
    sent: int = curl.getinfo(pycurl.REQUEST_SIZE)
    return sent > 0


def _own_headers(lines: Sequence[bytes]) -> dict[str, str]:
    own = {}
    for line in lines:
        if line[: len(_KEPT)].lower() == _KEPT:
            name, _, value = line.partition(b":")
            own[name.strip().lower().decode("latin-1")] = value.strip().decode("latin-1")
    return own


def _fail(answer: asyncio.Future[Reply], detail: str, *, sent: bool) -> None:
    if not answer.done():
        answer.set_exception(Unanswered(detail, sent=sent))
