"""Posting, changing and deleting messages, and what phones and the app hear of it."""

from dataclasses import dataclass
from typing import Any

from bots.practice.slack.block_kit import check_blocks
from bots.practice.slack.block_kit.surfaces import TEXT_TOTAL, block_text
from bots.practice.slack.carriage import Arguments
from bots.practice.slack.events import Events
from bots.practice.slack.modals import refuse_problems
from bots.practice.slack.model import Conversation, Json, Message, SlackRefused
from bots.practice.slack.rendering import block_texts, seen
from bots.practice.slack.wire import message_wire
from bots.practice.slack.workspace import Workspace

TEXT_MOST = 40_000
UPDATE_MOST = 4_000
CHANNEL_TYPES = {"im": "im", "mpim": "mpim", "private": "group", "public": "channel"}
SUBSCRIPTIONS = {"im": "message.im", "mpim": "message.mpim", "private": "message.groups"}


@dataclass(slots=True)
class Content:
    """What a message says, checked."""

    text: str
    blocks: list[Json]
    attachments: list[Json]
    metadata: Json | None = None


def read_content(given: Json, *, empty_is: str | None = "no_text") -> Content:
    """Check text, blocks, attachments and metadata of a message.

    Raises:
        SlackRefused: `invalid_blocks` with pointers, `msg_blocks_too_long`,
            `invalid_attachments`, `markdown_text_conflict`, or `empty_is` when it says nothing.
    """
    blocks = given.get("blocks") or []
    attachments = given.get("attachments") or []
    text = str(given.get("text") or "")[:TEXT_MOST]
    if given.get("markdown_text"):
        if text or blocks:
            raise SlackRefused("markdown_text_conflict")
        blocks = [{"type": "markdown", "text": str(given["markdown_text"])}]
    if not isinstance(blocks, list):
        raise SlackRefused("invalid_blocks_format")
    refuse_problems("invalid_blocks", check_blocks(blocks))
    if sum(block_text(block) for block in blocks) > TEXT_TOTAL:
        raise SlackRefused("msg_blocks_too_long")
    if not isinstance(attachments, list) or not all(isinstance(a, dict) for a in attachments):
        raise SlackRefused("invalid_attachments")
    for position, attachment in enumerate(attachments):
        at = f"/attachments/{position}/blocks"
        refuse_problems("invalid_attachments", check_blocks(attachment.get("blocks") or [], at=at))
    if empty_is and not text and not blocks and not attachments:
        raise SlackRefused(empty_is)
    return Content(text, blocks, attachments, _metadata(given.get("metadata")))


def _metadata(given: Any) -> Json | None:
    if not given:
        return None
    if not isinstance(given, dict) or not {"event_type", "event_payload"} <= given.keys():
        raise SlackRefused("invalid_metadata_format")
    return given


class Messages:
    """The messages of the workspace."""

    def __init__(self, *, workspace: Workspace, events: Events) -> None:
        self._workspace = workspace
        self._events = events

    def post(
        self,
        conversation: Conversation,
        content: Content,
        *,
        author: str,
        by_app: bool = True,
        thread_ts: str | None = None,
        ephemeral_to: str | None = None,
    ) -> Message:
        """Put a message into a conversation; phones ring and the app hears, where they would."""
        if thread_ts is not None and conversation.message(thread_ts) is None:
            raise SlackRefused("thread_not_found")
        message = self._workspace.store(
            Message(
                ts=self._workspace.make_ts(),
                channel=conversation.id,
                user=author,
                text=content.text,
                blocks=content.blocks,
                attachments=content.attachments,
                by_app=by_app,
                thread_ts=thread_ts,
                ephemeral_to=ephemeral_to,
                metadata=content.metadata,
            )
        )
        if ephemeral_to is None:
            self._ring(conversation, message)
            self._tell(conversation, message_wire(self._workspace, message))
            if not by_app:
                self._mention(conversation, message)
        return message

    def change(self, message: Message, content: Content, *, given: Json) -> None:
        """Replace what a message says, as `chat.update` does: text alone takes the blocks away."""
        before = message_wire(self._workspace, message)
        message.text = content.text if "text" in given else message.text
        if "blocks" in given or "text" in given or "markdown_text" in given:
            message.blocks = content.blocks
        if "attachments" in given:
            message.attachments = content.attachments
        self._workspace.dress(message)
        message.metadata = content.metadata or message.metadata
        # Slack marks a change as edited only where the text itself is what is shown.
        message.edited_ts = None if message.blocks else self._workspace.make_ts()
        message.values.clear()
        conversation = self._workspace.conversations[message.channel]
        if message.ephemeral_to is None:
            after = message_wire(self._workspace, message)
            changed = {"subtype": "message_changed", "hidden": True, "message": after}
            self._tell(conversation, self._about(conversation, before) | changed)

    def delete(self, message: Message) -> None:
        """Take a message away."""
        conversation = self._workspace.conversations[message.channel]
        conversation.messages.remove(message)
        if message.ephemeral_to is None:
            before = message_wire(self._workspace, message)
            gone = {"subtype": "message_deleted", "hidden": True, "deleted_ts": message.ts}
            self._tell(conversation, self._about(conversation, before) | gone)

    def _about(self, conversation: Conversation, before: Json) -> Json:
        return {
            "type": "message",
            "channel": conversation.id,
            "previous_message": before,
            "ts": self._workspace.make_ts(),
        }

    def _tell(self, conversation: Conversation, event: Json) -> None:
        workspace = self._workspace
        if workspace.bot.id not in conversation.members:
            return
        self._events.emit(
            {
                **event,
                "channel": conversation.id,
                "channel_type": CHANNEL_TYPES[conversation.kind],
                "event_ts": event["ts"],
            },
            subscription=SUBSCRIPTIONS.get(conversation.kind, "message.channels"),
            shared=conversation.ext_shared,
        )

    def _mention(self, conversation: Conversation, message: Message) -> None:
        if f"<@{self._workspace.bot.id}>" in message.text and conversation.kind != "im":
            wire = message_wire(self._workspace, message)
            event = wire | {"type": "app_mention", "channel": conversation.id}
            self._events.emit(event, shared=conversation.ext_shared)

    def _ring(self, conversation: Conversation, message: Message) -> None:
        now = self._workspace.clock.now().timestamp()
        for user in conversation.members:
            person = self._workspace.people[user]
            quiet = person.dnd_until is not None and now < person.dnd_until
            if user == message.user or person.bot or quiet:
                continue
            if conversation.kind in ("im", "mpim") or self._calls(message.text, user):
                line = self.lock_screen(message)
                self._workspace.desks[user].notifications.append((conversation.id, line))

    def _calls(self, text: str, user: str) -> bool:
        marks = (f"<@{user}>", "<!channel>", "<!here>", "<!everyone>")
        groups = [
            f"<!subteam^{g.id}" for g in self._workspace.usergroups.values() if user in g.users
        ]
        return any(mark in text for mark in (*marks, *groups))

    def lock_screen(self, message: Message) -> str:
        """What a phone shows: `text`, and without one whatever the blocks say."""
        names = self.visible_name
        if message.text:
            return seen(message.text, names=names)
        said = [t for block in message.blocks for t in block_texts(block, names=names)]
        return " ".join(said)

    def everything(self, message: Message) -> str:
        """All visible words of a message."""
        names = self.visible_name
        blocks = [b for part in (message.blocks, *attached(message)) for b in part]
        said = [t for block in blocks for t in block_texts(block, names=names)]
        return " ".join([seen(message.text, names=names), *said])

    def visible_name(self, identifier: str) -> str:
        """The name shown for a user, channel or user group id."""
        workspace = self._workspace
        if identifier in workspace.people:
            return workspace.people[identifier].name
        if identifier in workspace.conversations:
            return workspace.conversations[identifier].name
        if identifier in workspace.usergroups:
            return workspace.usergroups[identifier].handle
        return identifier


def attached(message: Message) -> list[list[Json]]:
    """The blocks of each attachment."""
    return [attachment["blocks"] for attachment in message.attachments]


def channel_argument(
    arguments: Arguments, workspace: Workspace, *, loose: bool = False
) -> Conversation:
    """The conversation named by `channel`.

    An id; where Slack is `loose` (posting) also a channel's name, or a user's id for the direct
    message.

    Raises:
        SlackRefused: `channel_not_found`.
    """
    given = arguments.need("channel")
    if not loose or given in workspace.conversations:
        return workspace.visible_to_app(given)
    if given in workspace.people and given != workspace.bot.id:
        return workspace.direct(given)
    name = given.removeprefix("#")
    for conversation in workspace.conversations.values():
        if conversation.kind in ("public", "private") and conversation.name == name:
            return workspace.visible_to_app(conversation.id)
    raise SlackRefused("channel_not_found")
