"""The Slack front: one address for everything Slack sends, Bolt behind the guard."""

from collections.abc import Awaitable, Callable
from datetime import tzinfo
from typing import Any

import aiohttp
import structlog
from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bots.slack.acking import Acking
from bots.slack.approvals import Approvals
from bots.slack.cases import Cases
from bots.slack.contacts import Contacts
from bots.slack.crisis import Crisis
from bots.slack.excusing import Excusing
from bots.slack.explaining import Explaining
from bots.slack.guard import (
    BODY_MOST,
    Forbidden,
    Seen,
    Unreadable,
    check_signature,
    read_body,
)
from bots.slack.home import Home
from bots.slack.identity import Identity
from bots.slack.letters import Letters
from bots.slack.link_card import LinkDesk
from bots.slack.manifest import PATH
from bots.slack.means import ClosedDays, Means, SlackSettings
from bots.slack.notices import NoticeDesk
from bots.slack.notifier import SlackNotifier
from bots.slack.replies import Replies
from bots.slack.series import SeriesDesk
from bots.slack.telling import Telling
from core.ids import CaseId, StaffId
from core.lint import Proofreader
from core.ports import Clock, LetterPress, UnitOfWork

__all__ = ["SlackFront", "SlackSettings"]

log = structlog.get_logger("slack")
CALL_S = 10


class SlackFront:
    """Everything Slack: takes what it sends, and draws the cards.

    Attributes:
        notifier: draws cards (`core.ports.TeamNotifier`).
    """

    def __init__(
        self,
        *,
        uow: UnitOfWork,
        clock: Clock,
        press: LetterPress,
        proof: Proofreader,
        tz: tzinfo,
        closed_days: ClosedDays,
        settings: SlackSettings,
        staff_link: Callable[[StaffId, CaseId | None], str],
        wake: Callable[[], None],
        acking: Acking | None = None,
    ) -> None:
        """Nothing is called until `start`.

        Raises:
            ValueError: the signing secret is missing; anybody could speak as Slack.
        """
        if not settings.signing_secret:
            raise ValueError("SLACK_SIGNING_SECRET is missing")
        # No retries inside the client: a second post after a lost answer would be a second card.
        self._client = AsyncWebClient(
            token=settings.bot_token,
            base_url=settings.api_base,
            timeout=CALL_S,
            retry_handlers=[],
        )
        self._settings = settings
        self._clock = clock
        self._acking = acking or Acking()
        self._means = Means(
            uow=uow,
            clock=clock,
            press=press,
            proof=proof,
            tz=tz,
            closed_days=closed_days,
            settings=settings,
            staff_link=staff_link,
            wake=wake,
            client=self._client,
            identity=Identity(uow),
            acking=self._acking,
            telling=Telling(self._client),
        )
        home = Home(self._means)
        self.notifier = SlackNotifier(self._means, home)
        self._app = self._bolt(home)
        self._seen = Seen()
        self._session: aiohttp.ClientSession | None = None
        self._socket: AsyncSocketModeHandler | None = None

    def routes(self) -> list[Route]:
        """The one address (INTERFACES §4)."""
        return [Route(PATH, self._receive, methods=["POST"])]

    async def start(self) -> None:
        """Open connections; in Socket Mode, call Slack."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_S))
        self._client.session = self._session
        if self._settings.app_token:
            self._socket = AsyncSocketModeHandler(self._app, self._settings.app_token)
            await self._socket.connect_async()  # type: ignore[no-untyped-call]

    async def settle(self) -> None:
        """Return when no interaction is under way."""
        await self._acking.settle()

    async def aclose(self) -> None:
        """Take nothing more, let what is under way end, give the connections back."""
        if self._socket is not None:
            await self._socket.close_async()  # type: ignore[no-untyped-call]
        await self._acking.aclose()
        if self._session is not None:
            await self._session.close()

    def _bolt(self, home: Home) -> AsyncApp:
        # Bolt's own client needs no token: it calls Slack only to open a socket.
        app = AsyncApp(
            client=AsyncWebClient(base_url=self._settings.api_base, timeout=CALL_S),
            authorize=_one_town(self._settings),
            # The guard has verified, by our own clock.
            request_verification_enabled=False,
            ignoring_self_events_enabled=False,
        )
        means = self._means
        for feature in (
            Letters(means),
            Approvals(means),
            SeriesDesk(means),
            Explaining(means),
            Excusing(means),
            NoticeDesk(means),
            Replies(means),
            LinkDesk(means),
            Contacts(means),
            Cases(means),
            Crisis(means),
            home,
        ):
            feature.register(app)
        app.error(_failed)
        return app

    async def _receive(self, request: Request) -> Response:
        body = await _read(request)
        if body is None:
            return _refuse(413, "too large")
        try:
            signature = check_signature(
                body,
                request.headers,
                secret=self._settings.signing_secret,
                now=self._clock.now(),
            )
            content_type = request.headers.get("content-type", "")
            told = read_body(body, content_type=content_type)
        except Forbidden as error:
            log.info("slack.forbidden", why=str(error))
            return _refuse(401, "invalid request")
        except Unreadable as error:
            log.info("slack.unreadable", why=str(error))
            return _refuse(400, "unreadable")
        if signature in self._seen or told.event_id in self._seen:
            log.info("slack.seen_before", kind=told.kind)
            return Response(status_code=200)
        self._seen.add(signature, told.event_id)
        answer = await self._dispatch(told.text, request)
        log.info("slack.answered", kind=told.kind, status=answer.status_code)
        if answer.status_code >= 300:
            self._seen.forget(signature, told.event_id)
        return answer

    async def _dispatch(self, text: str, request: Request) -> Response:
        asked = AsyncBoltRequest(body=text, headers=dict(request.headers))
        try:
            answer = await self._app.async_dispatch(asked)
        except (LookupError, TypeError, ValueError, AttributeError):
            # The edge: signed, but of a shape that Bolt's own readers do not expect.
            log.exception("slack.odd_shape")
            return _refuse(400, "unreadable")
        return Response(
            status_code=answer.status,
            content=answer.body,
            headers=answer.first_headers_without_set_cookie(),
        )


def _one_town(settings: SlackSettings) -> Callable[..., Awaitable[AuthorizeResult]]:
    """One town, one token: no call to Slack within the three seconds."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=settings.bot_token
        )

    return authorize


async def _failed(error: Exception, body: dict[str, Any]) -> BoltResponse:
    """A payload without the parts that its kind always has, or a bug: logged once, never 500."""
    log.error("slack.listener_failed", kind=body.get("type"), exc_info=error)
    return BoltResponse(status=400, body="")


async def _read(request: Request) -> bytes | None:
    """The raw body; None when it is larger than anything Slack sends."""
    announced = request.headers.get("content-length", "0")
    if not announced.isascii() or not announced.isdigit() or int(announced) > BODY_MOST:
        return None
    got = bytearray()
    try:
        async for piece in request.stream():
            got += piece
            if len(got) > BODY_MOST:
                return None
    except ClientDisconnect:
        return b""
    return bytes(got)


def _refuse(status: int, error: str) -> JSONResponse:
    return JSONResponse({"error": error}, status_code=status)
