"""The HTTP side of the emulator: Web API, file uploads, response URLs."""

import asyncio
import json
import logging
import time
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from bots.practice.faults import Fault, Faults
from bots.practice.slack import scopes
from bots.practice.slack.carriage import Arguments, missing, read_arguments
from bots.practice.slack.methods import METHODS, Method
from bots.practice.slack.model import Json, SlackRefused
from bots.practice.slack.platform import Platform

log = logging.getLogger(__name__)

_POSTS = frozenset({"chat.postMessage", "chat.postEphemeral"})


class WebApi:
    """`/api/<method>`: an ASGI endpoint."""

    def __init__(
        self,
        *,
        platform: Platform,
        faults: Faults,
        bot_token: str,
        app_token: str | None,
        learn_url: bool,
    ) -> None:
        self._platform = platform
        self._faults = faults
        self._tokens = {bot_token: "bot"} | ({app_token: "app"} if app_token else {})
        self._last_post: dict[str, float] = {}
        self.learn_url = learn_url
        self.one_message_per_second = False
        self.unemulated: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call."""
        request = Request(scope, receive, send)
        method = str(request.path_params["method"])
        fault = self._faults.take(service="slack", operation=method)
        arguments = Arguments(method, {})
        try:
            arguments = await read_arguments(request, method=method)
            if self.learn_url:
                self._platform.public_url = arguments.base_url
            if fault is not None:
                await asyncio.sleep(fault.delay_s)
            if fault is not None and fault.drop == "before":
                self._platform.remember(method, arguments.given, ok=False, error="fault:drop")
                await hang_up(scope, receive, send)
                return
            planned = _misbehaved(fault)
            if planned is not None:
                error = f"fault:{planned.status_code}"
                self._platform.remember(method, arguments.given, ok=False, error=error)
            response = planned or self._answer(arguments)
        except SlackRefused as refusal:
            self._platform.remember(method, arguments.given, ok=False, error=refusal.error)
            response = JSONResponse(refused(refusal))
        except ClientDisconnect:
            return
        if fault is not None and fault.drop == "after":
            await hang_up(scope, receive, send)
            return
        await response(scope, receive, send)

    def _answer(self, arguments: Arguments) -> Response:
        method = METHODS.get(arguments.method)
        if method is None:
            self.unemulated.append(arguments.method)
            log.error("Slack method %s is not emulated", arguments.method)
            raise SlackRefused("unknown_method", more={"req_method": arguments.method})
        self._allowed(method, arguments)
        if arguments.method in _POSTS and (wait := self._too_fast(arguments)):
            self._platform.remember(
                arguments.method, arguments.given, ok=False, error="ratelimited"
            )
            return _rate_limited(wait)
        answer = {"ok": True, **method.run(self._platform, arguments)}
        self._platform.remember(arguments.method, arguments.given, ok=True)
        granted = ",".join(self._platform.installation.scopes)
        accepted = scopes.NEEDED.get(arguments.method, "")
        headers = {"x-oauth-scopes": granted, "x-accepted-oauth-scopes": accepted}
        return JSONResponse(answer, headers=headers)

    def revoke(self) -> None:
        """Make every token void: the app was uninstalled."""
        self._tokens = dict.fromkeys(self._tokens, "revoked")

    def _allowed(self, method: Method, arguments: Arguments) -> None:
        if method.token != "none":
            if not arguments.token:
                raise SlackRefused("not_authed")
            kind = self._tokens.get(arguments.token)
            if kind is None:
                raise SlackRefused("invalid_auth")
            if kind == "revoked":
                raise SlackRefused("account_inactive")
            if method.token not in ("any", kind):
                raise SlackRefused("not_allowed_token_type")
        needed = scopes.NEEDED.get(arguments.method)
        if needed is not None:
            scopes.require(self._platform.installation.scopes, needed)
        for name in method.required:
            if arguments.given.get(name) in (None, ""):
                raise missing(name)

    def _too_fast(self, arguments: Arguments) -> int:
        """Seconds to wait when this channel had a message within the last second."""
        if not self.one_message_per_second:
            return 0
        channel, now = str(arguments.given.get("channel")), time.monotonic()
        if now - self._last_post.get(channel, -1.0) < 1.0:
            return 1
        self._last_post[channel] = now
        return 0


def refused(refusal: SlackRefused) -> Json:
    """Slack's answer when it says no."""
    answer: Json = {"ok": False, "error": refusal.error, **refusal.more}
    if refusal.messages:
        lines = [f"[ERROR] {line}" for line in refusal.messages]
        answer["response_metadata"] = {"messages": lines}
    return answer


def _rate_limited(wait: int) -> Response:
    body = {"ok": False, "error": "ratelimited"}
    return JSONResponse(body, status_code=429, headers={"Retry-After": str(wait)})


def _misbehaved(fault: Fault | None) -> Response | None:
    """The answer the fault switch asks for, if it asks for one."""
    if fault is None:
        return None
    status = fault.status or (429 if fault.retry_after is not None else None)
    if status is None:
        return None
    if status == 429 and fault.body is None:
        return _rate_limited(fault.retry_after if fault.retry_after is not None else 1)
    body = fault.body or json.dumps({"ok": False, "error": "internal_error"})
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    is_json = body.lstrip().startswith(("{", "["))
    media = "application/json" if is_json else "text/html"
    return Response(body, status_code=status, headers=headers, media_type=media)


async def hang_up(scope: Scope, receive: Receive, send: Send) -> None:
    """Drop the connection without an answer.

    The server's transport is cut where it can be reached; otherwise an answer is begun and never
    ended, which a client also sees as a lost connection.
    """
    transport: Any = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is not None:
        transport.abort()
        while (await receive())["type"] != "http.disconnect":
            continue
        return
    headers = [(b"content-length", b"1000000"), (b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})


class Uploads:
    """`/files/<id>`: takes the bytes of an announced file."""

    def __init__(self, *, platform: Platform) -> None:
        self._platform = platform

    async def receive(self, request: Request) -> Response:
        """Store what was sent, as a raw body or as a form's file."""
        upload = self._platform.uploads.get(request.path_params["file_id"])
        if upload is None or upload.received is not None:
            return PlainTextResponse("error - file_not_found", status_code=404)
        body = await _file_bytes(request)
        if len(body) != upload.length:
            return PlainTextResponse("error - length_mismatch", status_code=400)
        upload.received = body
        self._platform.remember(
            "files.upload", {"file": upload.id, "length": len(body), "bytes": body}, ok=True
        )
        return PlainTextResponse(f"OK - {len(body)}")


async def _file_bytes(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    form = await request.form()
    for value in form.values():
        if not isinstance(value, str):
            return await value.read()
    return b""
