"""The one way in: every request passes the same checks, and every answer carries a request id."""

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from bots.practice.faults import Fault, Faults

from .access import Access
from .answers import TOO_LARGE, Answer, LineRefusal, NotEmulated, default_error
from .ids import Clock, IdMaker
from .operations import Operation, Operations
from .rates import Rates
from .request import Request
from .retry_keys import refuse_key_here

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MOST_BYTES = 2 * 1024 * 1024
"""A larger body is refused with 413 (REF §Status codes)."""

_log = logging.getLogger(__name__)


class ConnectionDropped(Exception):
    """The server offers no way to close the connection without an answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unemulated:
    """A request for something that LINE has and this emulator has not."""

    at: datetime
    method: str
    path: str
    what: str


@dataclass(kw_only=True)
class Gate:
    """An ASGI application over the operations."""

    clock: Clock
    ids: IdMaker
    faults: Faults
    rates: Rates
    access: Access
    operations: Operations
    unemulated: list[Unemulated] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection event."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        method, path = scope["method"], _path(scope)
        request_id = self.ids.request_id()
        body = await _body(receive)
        found = self.operations.find(method, path)
        if found is None:
            answer = self._not_emulated(method, path, f"{method} {path}")
            await _send(send, answer, request_id=request_id)
            return
        operation, parameters = found
        fault = self.faults.take(service="line", operation=operation.name)
        if fault is not None and fault.delay_s:
            await asyncio.sleep(fault.delay_s)
        if fault is not None and fault.drop == "before":
            await _drop(receive, send)
            return
        if fault is not None and fault.status is not None and fault.drop is None:
            await _send(send, _faulty(fault), request_id=request_id)
            return
        request = Request(
            request_id=request_id,
            body=body or b"",
            path=parameters,
            query=dict(parse_qsl(scope.get("query_string", b"").decode("latin-1"))),
            headers={k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]},
        )
        answer = await self._answer(operation, request, path=path, too_large=body is None)
        if fault is not None and fault.drop == "after":
            if fault.status is None:
                await _drop(receive, send)
                return
            answer = _faulty(fault)
        await _send(send, answer, request_id=request_id)

    async def _answer(
        self, operation: Operation, request: Request, *, path: str, too_large: bool
    ) -> Answer:
        try:
            if operation.bearer:
                self.access.refuse_stranger(request.headers.get("authorization"))
            self.rates.take(operation.name, endpoint=operation.endpoint, rate=operation.rate)
            if not operation.retry_key:
                refuse_key_here(request.retry_key)
            if too_large:
                raise LineRefusal(413, message=TOO_LARGE)
            answer = operation.handler(request)
            return await answer if inspect.isawaitable(answer) else answer
        except LineRefusal as refusal:
            return refusal.answer
        except NotEmulated as missing:
            return self._not_emulated(operation.method, path, str(missing))

    def _not_emulated(self, method: str, path: str, what: str) -> Answer:
        self.unemulated.append(Unemulated(at=self.clock.now(), method=method, path=path, what=what))
        _log.error("the practice LINE does not emulate %s (%s %s)", what, method, path)
        return Answer(
            status=501,
            body={"message": f"The practice LINE does not emulate {what} ({method} {path})"},
        )


def _path(scope: Scope) -> str:
    """The path below the place where the emulator is mounted."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None when it is larger than LINE takes (it is read, and thrown away)."""
    chunks: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size <= MOST_BYTES:
            chunks.append(chunk)
        more = message.get("more_body", False)
    return b"".join(chunks) if size <= MOST_BYTES else None


def _faulty(fault: Fault) -> Answer:
    status = fault.status or 500
    headers = {} if fault.retry_after is None else {"retry-after": str(fault.retry_after)}
    if fault.body is None:
        return Answer(status=status, body=default_error(status), headers=headers)
    html = fault.body.lstrip().startswith("<")
    return Answer(
        status=status,
        body=fault.body.encode(),
        headers=headers,
        content_type="text/html; charset=utf-8" if html else "application/json",
    )


async def _send(send: Send, answer: Answer, *, request_id: str) -> None:
    content = answer.content()
    headers: Mapping[str, str] = {
        "content-type": answer.content_type,
        "content-length": str(len(content)),
        "x-line-request-id": request_id,
        **answer.headers,
    }
    await send(
        {
            "type": "http.response.start",
            "status": answer.status,
            "headers": [(k.encode("latin-1"), v.encode("latin-1")) for k, v in headers.items()],
        }
    )
    await send({"type": "http.response.body", "body": content})


async def _drop(receive: Receive, send: Send) -> None:
    """Close the connection with no answer.

    ASGI has no word for this; uvicorn's `receive` belongs to an object that holds the transport.
    Behind anything that wraps `receive` the best left is a cut-off answer, which every client
    takes for a broken connection as well.
    """
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is not None:
        transport.abort()
        while (await receive())["type"] != "http.disconnect":
            pass
        return
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [(b"content-length", b"1000"), (b"connection", b"close")],
        }
    )
    raise ConnectionDropped("planned fault: the answer is cut off")


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
