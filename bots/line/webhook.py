"""POST /line/webhook: check the signature, keep the body, answer; understanding comes later."""

import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final

import structlog
from starlette.routing import Route

from bots.line.cutting import parts_of
from bots.line.signature import verify
from core.ports import WebhookKeeper

PATH: Final = "/line/webhook"
LARGEST_BODY: Final = 1024 * 1024
# A sender of something too large is heard out so far, to read our answer; then we hang up.
_PATIENCE: Final = 8 * LARGEST_BODY

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_log = structlog.get_logger(__name__)


class Gone(Exception):
    """The sender hung up before it had sent everything."""


class TooLarge(Exception):
    """The body is larger than anything LINE sends."""


class LineWebhook:
    """The endpoint, as a bare ASGI application: every microsecond here is LINE's waiting.

    Answers 200 once the body is kept durably, 401 for a wrong signature, 400 for what is not a
    JSON object, 413 for what is too large, and 503 when it could not be kept, so that LINE
    sends it again where redelivery is on. LINE's empty "verify" call is answered 200 and not
    kept. Whose bot it is for (`destination`) does not matter here.
    """

    def __init__(
        self,
        keeper: WebhookKeeper,
        *,
        channel_secret: str,
        on_kept: Callable[[], None],
        largest: int = LARGEST_BODY,
    ) -> None:
        self._keeper = keeper
        self._secret = channel_secret.encode()
        self._on_kept = on_kept
        self._largest = largest

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one request."""
        try:
            body = await _read(receive, self._largest)
        except Gone:
            return
        except TooLarge:
            await self._refuse(send, 413)
            return
        if not verify(self._secret, body, _signature(scope["headers"])):
            await self._refuse(send, 401)
            return
        events = _events(body)
        if events is None:
            await self._refuse(send, 400)
            return
        if events and not await self._keep(body):
            await _answer(send, 503)
            return
        await _answer(send, 200)
        if events:
            self._on_kept()

    async def _keep(self, body: bytes) -> bool:
        try:
            await self._keeper.keep(body)
        except Exception as failure:  # noqa: BLE001
            # The edge of the house: whatever went wrong inside, LINE has to hear that the body
            # was not kept. The failure's text stays out of the log, it may hold the body.
            _log.error("webhook.unkept", failure=type(failure).__name__, bytes=len(body))
            return False
        return True

    async def _refuse(self, send: Send, status: int) -> None:
        _log.warning("webhook.refused", status=status)
        await _answer(send, status)


def webhook_route(
    keeper: WebhookKeeper,
    *,
    channel_secret: str,
    on_kept: Callable[[], None],
    path: str = PATH,
    largest: int = LARGEST_BODY,
) -> Route:
    """The route of LINE's webhook.

    Args:
        keeper: keeps the raw body durably before LINE hears 200.
        on_kept: called after each kept body, to wake whoever reads them.
        largest: bytes; anything above is 413.
    """
    endpoint = LineWebhook(keeper, channel_secret=channel_secret, on_kept=on_kept, largest=largest)
    return Route(path, endpoint, methods=["POST"], name="line-webhook", include_in_schema=False)


async def _read(receive: Receive, largest: int) -> bytes:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise Gone
    body: bytes = message.get("body", b"")
    if not message.get("more_body", False) and len(body) <= largest:
        return body
    return await _read_on(receive, message, largest)


async def _read_on(receive: Receive, message: Message, largest: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while True:
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size <= largest:
            chunks.append(chunk)
        else:
            chunks.clear()
        if not message.get("more_body", False) or size > _PATIENCE:
            break
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
    if size > largest:
        raise TooLarge
    return b"".join(chunks)


def _signature(headers: Iterable[tuple[bytes, bytes]]) -> bytes | None:
    return next((value for name, value in headers if name == b"x-line-signature"), None)


def _events(body: bytes) -> bool | None:
    """Whether there is anything to keep; None when the body is no JSON object.

    An object that is only nested deeper, or has longer numbers, than we read is kept: it is
    signed, and somebody can look at it.
    """
    try:
        whole = json.loads(body.decode())
    except (json.JSONDecodeError, UnicodeDecodeError):
        return None
    except (ValueError, RecursionError):
        return True if body.lstrip()[:1] == b"{" else None
    if not isinstance(whole, dict):
        return None
    # The name may stand twice; only where nothing at all stands under it is there nothing to keep.
    return whole.get("events") != [] or parts_of(body, name="events") != ()


_STARTS: Final[dict[int, Message]] = {
    status: {
        "type": "http.response.start",
        "status": status,
        "headers": [(b"content-length", b"0")],
    }
    for status in (200, 400, 401, 413, 503)
}


async def _answer(send: Send, status: int) -> None:
    # A copy each time: what is sent may be changed on its way by whoever stands in between.
    start = _STARTS[status]
    await send({**start, "headers": [*start["headers"]]})
    await send({"type": "http.response.body", "body": b""})
