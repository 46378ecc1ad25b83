"""What may be posted to a response_url."""

import json
import logging

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bots.practice.faults import Faults
from bots.practice.slack.messages import read_content
from bots.practice.slack.model import Conversation, Json, Message, SlackRefused
from bots.practice.slack.platform import Platform
from bots.practice.slack.triggers import ResponseUrl

log = logging.getLogger(__name__)


class Replies:
    """`/response/<token>`: five posts in thirty minutes (SLACK.md §4.1, 7)."""

    def __init__(self, *, platform: Platform, faults: Faults) -> None:
        self._platform = platform
        self._faults = faults

    async def receive(self, request: Request) -> Response:
        """Take one post; Slack answers `ok` in plain text, errors with 404 or 400."""
        fault = self._faults.take(service="slack", operation="response_url")
        if fault is not None and fault.status is not None:
            return PlainTextResponse(fault.body or "error", status_code=fault.status)
        given: Json = {}
        try:
            given = json.loads(await request.body())
            url = self._platform.replies.use(request.path_params["token"])
            self.answer(url, given=given)
        except ValueError:
            return PlainTextResponse("invalid_payload", status_code=400)
        except SlackRefused as refusal:
            self._platform.remember("response_url", given, ok=False, error=refusal.error)
            log.warning("response_url refused: %s", refusal.error)
            gone = refusal.error in ("expired_url", "used_url", "invalid_url")
            return PlainTextResponse(refusal.error, status_code=404 if gone else 400)
        self._platform.remember("response_url", given, ok=True)
        return PlainTextResponse("ok")

    def answer(self, url: ResponseUrl, *, given: Json) -> None:
        """Do what one post asks: say something, replace or delete the source.

        Raises:
            SlackRefused: as `chat.postMessage` would.
        """
        conversation = self._platform.workspace.conversations[url.channel]
        source = conversation.message(url.source_ts) if url.source_ts else None
        if given.get("delete_original"):
            self._platform.messages.delete(_there(source))
        elif given.get("replace_original"):
            self._platform.messages.change(_there(source), read_content(given), given=given)
        else:
            self._say(url, conversation, given)

    def _say(self, url: ResponseUrl, conversation: Conversation, given: Json) -> None:
        public = given.get("response_type") == "in_channel"
        thread_ts = given.get("thread_ts") or url.thread_ts
        self._platform.messages.post(
            conversation,
            read_content(given),
            author=self._platform.workspace.bot.id,
            thread_ts=str(thread_ts) if thread_ts else None,
            ephemeral_to=None if public else url.user,
        )


def _there(source: Message | None) -> Message:
    if source is None:
        raise SlackRefused("message_not_found")
    return source
