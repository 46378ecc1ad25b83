"""Telling one person something that nobody else sees, and changing what they have open."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bots.slack.blocks import Json
from bots.slack.identity import account_of

log = structlog.get_logger("slack")
UNREACHED: Final = (SlackClientError, aiohttp.ClientError, OSError, TimeoutError)
"""What calling Slack may raise; anything else is a bug."""
_GONE: Final = frozenset({"not_found", "view_not_found"})


def error_name(error: BaseException) -> str:
    """Slack's own name of an error, the HTTP status, or the kind of connection trouble."""
    if not isinstance(error, SlackApiError):
        return type(error).__name__
    data = getattr(error.response, "data", None)
    named = data.get("error") if isinstance(data, dict) else None
    return str(named or status_of(error))


def status_of(error: SlackApiError) -> int:
    """The HTTP status; the SDK keeps its own response, or aiohttp's where the body was no JSON."""
    response: Any = error.response
    status: int = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    return status


# How often to ask whether Slack has taken an answer in: three seconds, all in all.
_PAUSES_S: Final = (0.05, 0.1, 0.2, 0.4, 0.8, 1.5)


def waiting_id(view_id: str) -> str:
    """The external id of the view that waits for the outcome of `view_id`."""
    return f"waiting:{view_id}"


class Telling:
    """Answers to single people. Slack being away is logged: the record is right all the same."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def quietly(
        self, body: Mapping[str, Any], text: str, *, blocks: Sequence[Json] | None = None
    ) -> None:
        """Say it to whoever sent `body`: beside what they clicked, or else in their DM."""
        url = body.get("response_url")
        try:
            if url:
                answer = await AsyncWebhookClient(str(url), timeout=10).send(
                    text=text,
                    blocks=blocks,
                    response_type="ephemeral",
                    replace_original=False,
                    unfurl_links=False,
                )
                if answer.status_code == 200:
                    return
                log.warning("slack.response_url_closed", status=answer.status_code)
            await self.directly(account_of(body).user_id, text, blocks=blocks)
        except UNREACHED as error:
            log.warning("slack.not_told", error=error_name(error))

    async def directly(
        self, user_id: str, text: str, *, blocks: Sequence[Json] | None = None
    ) -> None:
        """Say it in the person's DM with the app.

        Raises:
            one of UNREACHED.
        """
        await self._client.chat_postMessage(
            channel=user_id, text=text, blocks=blocks, unfurl_links=False, unfurl_media=False
        )

    async def open(self, body: Mapping[str, Any], view: Json) -> str | None:
        """Open a view for whoever clicked, on top of the one they have open; its id.

        None when Slack did not open it (the trigger lives for three seconds); they are told.
        """
        stacked = (body.get("view") or {}).get("type") == "modal"
        call = self._client.views_push if stacked else self._client.views_open
        try:
            answer = await call(trigger_id=str(body["trigger_id"]), view=view)
        except UNREACHED as error:
            log.warning("slack.view_not_opened", error=error_name(error))
            return None
        return str(answer["view"]["id"])

    async def redraw(self, view_id: str, view: Json) -> bool:
        """Change an open view; False when it was closed meanwhile."""
        return await self._update(view, view_id=view_id)

    async def follow_up(self, view_id: str, view: Json) -> bool:
        """Put the outcome where the answer to `view_id` has put a waiting view.

        Slack knows the waiting view by its external id only once it has taken that answer in,
        which may happen after the outcome is there; until then the outcome would be overwritten.
        False when the view was closed meanwhile.
        """
        for pause_s in (*_PAUSES_S, None):
            if await self._update(view, external_id=waiting_id(view_id)):
                return True
            if pause_s is not None:
                await asyncio.sleep(pause_s)
        return False

    async def _update(self, view: Json, **which: str) -> bool:
        try:
            await self._client.views_update(view=view, **which)
        except UNREACHED as error:
            if error_name(error) not in _GONE:
                log.warning("slack.view_not_changed", error=error_name(error))
            return False
        return True
