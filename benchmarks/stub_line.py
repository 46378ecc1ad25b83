"""LINE's push endpoint, as cheap as Python can be: a protocol that only finds the bodies' ends.

Run as a process of its own: `python -m benchmarks.stub_line`. It prints its port. A POST is
taken and counted; a GET answers how many POSTs there were and how many different retry keys,
and begins to count anew.
"""

import asyncio
import json
import sys
from typing import Final, cast

import uvloop

_END: Final = b"\r\n\r\n"
_LENGTH: Final = b"Content-Length: "
_KEY: Final = b"X-Line-Retry-Key: "
_BODY: Final = b'{"sentMessages":[{"id":"461230966842064897","quoteToken":"IStG5h1Tz7bsUQ"}]}'
_ACCEPTED: Final = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    b"x-line-request-id: 80823cb9-1c1b-4a8f-9b0c-8b6e4a1a6f3d\r\n"
    b"Content-Length: " + str(len(_BODY)).encode() + _END + _BODY
)


class Tally:
    """What came since somebody last asked."""

    def __init__(self) -> None:
        self.requests = 0
        self.keys: set[bytes] = set()

    def tell(self) -> bytes:
        """The counts as JSON; they start anew."""
        told = json.dumps({"requests": self.requests, "keys": len(self.keys)}).encode()
        self.requests = 0
        self.keys = set()
        return told


class Push(asyncio.Protocol):
    """One connection."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._rest = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        # uvloop's transport is one in all but name.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        whole = self._rest + data if self._rest else data
        while (taken := self._take(whole)) > 0:
            whole = whole[taken:]
        self._rest = whole

    def _take(self, whole: bytes) -> int:
        """Answer the first request if it is whole; how many bytes it had."""
        head = whole.find(_END)
        if head < 0 or self._transport is None:
            return 0
        if whole.startswith(b"GET"):
            told = self._tally.tell()
            length = str(len(told)).encode()
            self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: " + length + _END + told)
            return head + 4
        at = whole.find(_LENGTH, 0, head + 2) + len(_LENGTH)
        size = head + 4 + int(whole[at : whole.index(b"\r\n", at)])
        if len(whole) < size:
            return 0
        key = whole.find(_KEY, 0, head) + len(_KEY)
        self._tally.keys.add(whole[key : key + 36])
        self._tally.requests += 1
        self._transport.write(_ACCEPTED)
        return size


async def main() -> None:
    """Serve until standard input ends."""
    tally, loop = Tally(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Push(tally), "127.0.0.1", 0)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    uvloop.run(main())
