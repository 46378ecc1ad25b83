"""Interactions: the payloads Slack sends when a person does something, and the acks it takes."""

import logging
from dataclasses import dataclass
from typing import Any

from bots.practice.slack.door import Answer, Door
from bots.practice.slack.model import Conversation, Json, Message, Person, SlackRefused, View
from bots.practice.slack.platform import Platform
from bots.practice.slack.replies import Replies
from bots.practice.slack.wire import message_wire, view_wire

log = logging.getLogger(__name__)

TROUBLE = "うまく接続できませんでした。もう一度お試しください。(trouble connecting)"
SLOW = "アプリから時間内に返事がありませんでした。もう一度お試しください。(operation_timeout)"
_COMMAND_FAILURES = {
    "http_timeout": "operation_timeout",
    "connection_failed": "dispatch_failed",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an interactive element stands: in a view, a message, or an attachment of one."""

    view: View | None = None
    conversation: Conversation | None = None
    message: Message | None = None
    attachment_id: int | None = None


class Interactions:
    """Sends what people do to the app and shows them what comes of it."""

    def __init__(self, *, platform: Platform, door: Door, replies: Replies) -> None:
        self._platform = platform
        self._workspace = platform.workspace
        self._replies = replies
        self.door = door

    async def act(self, person: Person, spot: Spot, *, action: Json) -> bool:
        """`block_actions`; True when the app acknowledged in time."""
        payload = self._payload("block_actions", person) | self._container(person, spot)
        view_id = spot.view.id if spot.view and spot.view.definition["type"] == "modal" else None
        channel = spot.conversation.id if spot.conversation else None
        payload |= {
            "trigger_id": self._platform.triggers.issue(
                person.id, view_id=view_id, channel=channel
            ),
            "actions": [{**action, "action_ts": self._workspace.make_ts()}],
        }
        return self._heard(person, await self.door.knock("interactive", payload))

    async def suggest(
        self, person: Person, spot: Spot, *, block: Json, element: Json, query: str
    ) -> list[Json]:
        """`block_suggestion`: the options the app offers for what was typed so far."""
        payload = self._payload("block_suggestion", person) | self._container(person, spot)
        payload.pop("response_url", None)
        payload |= {
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "value": query,
        }
        answer = await self.door.knock("interactive", payload)
        if not self._heard(person, answer, kind="options") or not isinstance(answer.body, dict):
            return []
        self._platform.remember("ack", answer.body, ok=True)
        found = list(answer.body.get("options") or [])
        for group in answer.body.get("option_groups") or []:
            found += group["options"]
        return found[:100]

    async def submit(self, person: Person, view: View) -> None:
        """`view_submission`; what the ack asks is done, an empty one closes the view."""
        view.errors = {}
        payload = self._payload("view_submission", person) | {
            "trigger_id": self._platform.triggers.issue(person.id, view_id=view.id),
            "view": view_wire(self._workspace, view),
            "response_urls": self._response_urls(person, view),
        }
        answer = await self.door.knock("interactive", payload)
        if answer.failure is not None:
            log.warning("a submission failed: %s, status %s", answer.failure, answer.status)
            self._banner(person, TROUBLE)
            return
        if answer.body in (None, "", {}):
            self._platform.modals.close(view)
            self._desk_clear(person)
            return
        try:
            if not isinstance(answer.body, dict):
                raise SlackRefused("invalid_body")
            self._platform.modals.after_submit(view, body=answer.body)
        except SlackRefused as refusal:
            log.warning("view_submission answered wrongly: %s %s", refusal, refusal.messages)
            self._platform.remember("ack", _as_json(answer), ok=False, error=refusal.error)
            self._banner(person, TROUBLE)
        else:
            self._desk_clear(person)
            self._platform.remember("ack", answer.body, ok=True)

    async def close(self, person: Person, view: View) -> None:
        """Leave a modal; `clear_on_close` leaves the whole stack, `notify_on_close` tells."""
        stack = self._workspace.desks[person.id].stack
        clear = bool(view.definition.get("clear_on_close"))
        closed = list(reversed(stack)) if clear else [view]
        for one in closed:
            self._platform.modals.close(one)
        for one in closed:
            if one.definition.get("notify_on_close"):
                told = {"view": view_wire(self._workspace, one), "is_cleared": clear}
                await self.door.knock("interactive", self._payload("view_closed", person) | told)

    async def command(
        self, person: Person, conversation: Conversation, *, name: str, text: str
    ) -> None:
        """A slash command; the ack may carry what only this person sees."""
        payload = {
            "token": self._workspace.verification_token,
            "team_id": person.team_id,
            "team_domain": self._workspace.domain,
            "channel_id": conversation.id,
            "channel_name": self._channel_name(conversation),
            "user_id": person.id,
            "user_name": person.name,
            "command": name,
            "text": text,
            "api_app_id": self._workspace.app_id,
            "is_enterprise_install": "false",
            "response_url": self._response_url(person, conversation),
            "trigger_id": self._platform.triggers.issue(person.id, channel=conversation.id),
        }
        answer = await self.door.knock("command", payload)
        if answer.failure is not None:
            log.warning("a command failed: %s, status %s", answer.failure, answer.status)
            code = _COMMAND_FAILURES.get(answer.failure) or _http_code(answer)
            self._banner(person, f"{name} はエラー「{code}」のため使えませんでした。")
            return
        self._desk_clear(person)
        self._say_ack(person, conversation, payload["response_url"], answer)

    async def shortcut(self, person: Person, callback_id: str) -> None:
        """A global shortcut: no channel comes with it."""
        payload = self._payload("shortcut", person) | {
            "callback_id": callback_id,
            "action_ts": self._workspace.make_ts(),
            "trigger_id": self._platform.triggers.issue(person.id),
        }
        self._heard(person, await self.door.knock("interactive", payload))

    async def message_action(self, person: Person, spot: Spot, callback_id: str) -> None:
        """A message shortcut: the message comes with it."""
        assert spot.conversation is not None and spot.message is not None
        payload = self._payload("message_action", person) | {
            "callback_id": callback_id,
            "action_ts": self._workspace.make_ts(),
            "trigger_id": self._platform.triggers.issue(person.id, channel=spot.conversation.id),
            "response_url": self._response_url(person, spot.conversation),
            "message_ts": spot.message.ts,
            "message": message_wire(self._workspace, spot.message),
            "channel": self._channel(spot.conversation),
        }
        self._heard(person, await self.door.knock("interactive", payload))

    def _payload(self, kind: str, person: Person) -> Json:
        domain = self._workspace.domain if not person.stranger else "elsewhere"
        return {
            "type": kind,
            "user": {
                "id": person.id,
                "username": person.name,
                "name": person.name,
                "team_id": person.team_id,
            },
            "api_app_id": self._workspace.app_id,
            "token": self._workspace.verification_token,
            "team": {"id": person.team_id, "domain": domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _container(self, person: Person, spot: Spot) -> Json:
        if spot.view is not None:
            return {
                "container": {"type": "view", "view_id": spot.view.id},
                "view": view_wire(self._workspace, spot.view),
            }
        assert spot.conversation is not None and spot.message is not None
        message = spot.message
        container: Json = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": spot.conversation.id,
            "is_ephemeral": message.ephemeral_to is not None,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        if spot.attachment_id is not None:
            container |= {
                "type": "message_attachment",
                "attachment_id": spot.attachment_id,
                "is_app_unfurl": False,
            }
        told: Json = {
            "container": container,
            "channel": self._channel(spot.conversation),
            "state": {"values": message.values.get(person.id, {})},
            "response_url": self._response_url(person, spot.conversation, message),
        }
        if message.ephemeral_to is None:
            told["message"] = message_wire(self._workspace, message)
        return told

    def _channel(self, conversation: Conversation) -> Json:
        return {"id": conversation.id, "name": self._channel_name(conversation)}

    def _channel_name(self, conversation: Conversation) -> str:
        if conversation.kind == "im":
            return "directmessage"
        return "privategroup" if conversation.kind == "private" else conversation.name

    def _response_url(
        self, person: Person, conversation: Conversation, message: Message | None = None
    ) -> str:
        token = self._platform.replies.issue(
            user=person.id,
            channel=conversation.id,
            source_ts=message.ts if message else None,
            thread_ts=message.thread_ts if message else None,
        )
        return f"{self._platform.public_url}/response/{token}"

    def _response_urls(self, person: Person, view: View) -> list[Json]:
        urls = []
        for block in view.definition["blocks"]:
            element = block.get("element") or {}
            if not element.get("response_url_enabled"):
                continue
            state = view.values[block["block_id"]][element["action_id"]]
            channel = state.get("selected_conversation") or state.get("selected_channel")
            if channel:
                conversation = self._workspace.conversations[channel]
                urls.append(
                    {
                        "block_id": block["block_id"],
                        "action_id": element["action_id"],
                        "channel_id": channel,
                        "response_url": self._response_url(person, conversation),
                    }
                )
        return urls

    def _heard(self, person: Person, answer: Answer, *, kind: str = "action") -> bool:
        if kind != "options" and answer.body not in (None, "", {}):
            self._platform.remember("ack", _as_json(answer), ok=False, error="ignored")
        if answer.failure is None:
            self._desk_clear(person)
            return True
        log.warning("the app did not take it: %s, status %s", answer.failure, answer.status)
        self._banner(person, SLOW if answer.failure == "http_timeout" else TROUBLE)
        return False

    def _banner(self, person: Person, text: str) -> None:
        self._workspace.desks[person.id].banner = text

    def _desk_clear(self, person: Person) -> None:
        self._workspace.desks[person.id].banner = None

    def _say_ack(
        self, person: Person, conversation: Conversation, url: Any, answer: Answer
    ) -> None:
        if answer.body in (None, "", {}):
            return
        given = answer.body if isinstance(answer.body, dict) else {"text": str(answer.body)}
        token = str(url).rsplit("/", 1)[-1]
        try:
            self._replies.answer(self._platform.replies.issued[token], given=given)
        except SlackRefused as refusal:
            log.warning("the answer to a command was refused: %s", refusal)
            self._platform.remember("ack", given, ok=False, error=refusal.error)
            self._banner(person, TROUBLE)
        else:
            self._platform.remember("ack", given, ok=True)


def _as_json(answer: Answer) -> Json:
    return answer.body if isinstance(answer.body, dict) else {"text": str(answer.body)}


def _http_code(answer: Answer) -> str:
    return "http_service_error" if (answer.status or 500) >= 500 else "http_client_error"
