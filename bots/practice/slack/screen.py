"""The screen model: what one user's Slack shows, as plain data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bots.practice.slack.block_kit.objects import offered
from bots.practice.slack.elements import JST, value_member
from bots.practice.slack.interactions import Spot
from bots.practice.slack.model import Conversation, Json, Message, Person, View
from bots.practice.slack.rendering import block_texts, rich_text, seen, text_of
from bots.practice.slack.surfaces import Control, Names, Sight, spots_of
from bots.practice.slack.workspace import Workspace

DEFAULT_CLOSE = "閉じる"


@dataclass(frozen=True, slots=True)
class WorkspaceScreen:
    """What a user sees; `as_json` gives the shape of the practice contract.

    Beyond the contract every surface carries `inputs` (menus and fields with label, kind, value,
    options) and `blocks` (the Block Kit as stored, for drawing); `places` says that `where` may be
    an exact place (`surfaces.Control.place`); `links_opened` counts what went into `opened_url`.
    """

    user: str
    home: Json | None
    dms: list[Json]
    channels: list[Json]
    modal: Json | None
    notifications: list[str]
    banner: str | None
    opened_url: str | None
    links_opened: int

    def as_json(self) -> Json:
        """As plain JSON."""
        return {
            "user": self.user,
            "home": self.home,
            "dms": self.dms,
            "channels": self.channels,
            "modal": self.modal,
            "notifications": self.notifications,
            "banner": self.banner,
            "opened_url": self.opened_url,
            "links_opened": self.links_opened,
            "places": True,
        }


class Drawing:
    """Draws screens."""

    def __init__(self, workspace: Workspace, names: Names) -> None:
        self._workspace = workspace
        self._names = names
        self._sight = Sight(workspace, names)

    def screen(self, person: Person) -> WorkspaceScreen:
        """What this person sees now."""
        desk = self._workspace.desks[person.id]
        mine = self._sight.conversations(person)
        top = desk.stack[-1] if desk.stack else None
        return WorkspaceScreen(
            user=person.name,
            home=self._home(person, desk.home) if desk.home else None,
            dms=[self._dm(person, c) for c in mine if c.kind in ("im", "mpim")],
            channels=[self._channel(person, c) for c in mine if c.kind in ("private", "public")],
            modal=self._modal(person, top, depth=len(desk.stack)) if top else None,
            notifications=[text for _, text in desk.notifications],
            banner=desk.banner,
            opened_url=desk.opened_url,
            links_opened=desk.links_opened,
        )

    def _dm(self, person: Person, conversation: Conversation) -> Json:
        others = [m for m in conversation.members if m != person.id]
        name = "、".join(self._names(m) for m in others)
        return {
            "with": name,
            "id": conversation.id,
            "unread": self._unread(person, conversation),
            "messages": self._messages(person, conversation),
        }

    def _unread(self, person: Person, conversation: Conversation) -> int:
        waiting = self._workspace.desks[person.id].notifications
        return sum(1 for channel, _ in waiting if channel == conversation.id)

    def _channel(self, person: Person, conversation: Conversation) -> Json:
        return {
            "name": f"#{conversation.name}",
            "id": conversation.id,
            "unread": self._unread(person, conversation),
            "private": conversation.kind == "private",
            "archived": conversation.archived,
            "shared": conversation.ext_shared,
            "topic": conversation.topic,
            "bookmarks": [b["title"] for b in conversation.bookmarks],
            "messages": self._messages(person, conversation),
        }

    def _messages(self, person: Person, conversation: Conversation) -> list[Json]:
        visible = self._sight.messages(person, conversation)
        present = {m.ts for m in visible}
        top = [m for m in visible if m.thread_ts is None or m.thread_ts not in present]
        drawn = []
        for message in top:
            replies = [m for m in visible if m.thread_ts == message.ts]
            thread = [self._message(person, conversation, m) for m in replies]
            drawn.append(self._message(person, conversation, message) | {"thread": thread})
        return drawn

    def _message(self, person: Person, conversation: Conversation, message: Message) -> Json:
        texts = [t for b in message.blocks for t in block_texts(b, names=self._names)]
        texts += [str(f["title"]) for f in message.files]
        for attachment in message.attachments:
            texts += [t for b in attachment["blocks"] for t in self._block(b)]
            texts += [seen(attachment[n], names=self._names) for n in _SAID if attachment.get(n)]
        text = seen(message.text, names=self._names)
        return {
            "at": datetime.fromtimestamp(float(message.ts), JST).isoformat(timespec="seconds"),
            "ts": message.ts,
            "from": self._names(message.user),
            "text": text,
            "texts": texts or ([text] if text else []),
            **self._controls(person, *spots_of(conversation, message)),
            "ephemeral": message.ephemeral_to is not None,
            "edited": message.edited_ts is not None,
            "pinned": message.ts in conversation.pins,
            "reactions": {name: len(users) for name, users in message.reactions.items()},
            "thread": [],
            "blocks": message.blocks,
        }

    def _block(self, block: Json) -> list[str]:
        return block_texts(block, names=self._names)

    def _home(self, person: Person, view: View) -> Json:
        blocks = view.definition["blocks"]
        texts = [t for b in blocks for t in self._block(b)]
        return {"texts": texts, **self._controls(person, Spot(view=view)), "blocks": blocks}

    def _modal(self, person: Person, view: View, *, depth: int) -> Json:
        given = view.definition
        texts = [t for b in given["blocks"] if b["type"] != "input" for t in self._block(b)]
        submit = given.get("submit")
        close = given.get("close")
        return {
            "title": text_of(given["title"], names=self._names),
            "texts": texts,
            **self._controls(person, Spot(view=view)),
            "submit": text_of(submit, names=self._names) if submit else None,
            "close": text_of(close, names=self._names) if close else DEFAULT_CLOSE,
            "depth": depth,
            "view_id": view.id,
            "blocks": given["blocks"],
        }

    def _controls(self, person: Person, *spots: Spot) -> Json:
        controls = [c for spot in spots for c in self._sight.of(spot)]
        buttons = [c.label for c in controls if c.kind in ("button", "workflow_button")]
        others = [c for c in controls if c.kind not in ("button", "workflow_button")]
        return {"buttons": buttons, "inputs": [self._input(person, c) for c in others]}

    def _input(self, person: Person, control: Control) -> Json:
        element, block = control.element, control.block
        state = self._sight.states(person, control.spot).get(block["block_id"], {})
        value = _shown(state.get(element["action_id"], {}), self._names)
        errors = control.spot.view.errors if control.spot.view else {}
        hint, placeholder = block.get("hint"), element.get("placeholder")
        return {
            "label": control.label,
            "kind": control.kind,
            "value": value,
            "options": self._options(person, element),
            "error": errors.get(block["block_id"]) if block["type"] == "input" else None,
            "optional": bool(block.get("optional")) if block["type"] == "input" else True,
            "multiline": bool(element.get("multiline")),
            "hint": text_of(hint, names=self._names) if hint else None,
            "placeholder": text_of(placeholder, names=self._names) if placeholder else None,
            "block_id": block["block_id"],
            "action_id": element["action_id"],
        }

    def _options(self, person: Person, element: Json) -> list[str]:
        """What a menu offers; an external one offers nothing before something is typed."""
        if element["type"] in _PEOPLE:
            return [p.name for p in self._workspace.people.values() if not p.bot]
        if element["type"] in _PLACES:
            mine = self._sight.conversations(person)
            return [f"#{c.name}" for c in mine if c.kind in ("private", "public")]
        return [text_of(o["text"], names=self._names) for o in offered(element)]


_PEOPLE = frozenset({"users_select", "multi_users_select"})
_PLACES = frozenset(
    {
        "channels_select",
        "conversations_select",
        "multi_channels_select",
        "multi_conversations_select",
    }
)
_SAID = ("pretext", "title", "text", "footer")


def _shown(state: Json, names: Names) -> Any:
    """The value of an element as a person reads it."""
    if not state:
        return None
    member = value_member(state["type"])
    value = state.get(member or "")
    if isinstance(value, dict):
        return _shown_one(value, names)
    if isinstance(value, list):
        return [_shown_one(v, names) if isinstance(v, dict) else names(v) for v in value]
    if member in ("selected_user", "selected_conversation", "selected_channel") and value:
        return names(value)
    if member == "selected_date_time" and value is not None:
        return datetime.fromtimestamp(value, JST).isoformat(timespec="minutes")
    return value


def _shown_one(value: Json, names: Names) -> str:
    if value.get("type") != "rich_text":
        return text_of(value["text"], names=names)
    return rich_text(value, names=names)
