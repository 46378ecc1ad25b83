"""What stands in one person's talk with the account, and what of it can be read and pressed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Message = Mapping[str, Any]

LOCK_SCREEN_WORDS: Mapping[str, str] = {
    "sticker": "スタンプ",
    "image": "写真",
    "video": "動画",
    "audio": "音声",
    "location": "位置情報",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Button:
    """Something that can be pressed: what it reads, and the action object behind it."""

    label: str
    action: Mapping[str, Any]


@dataclass(kw_only=True, slots=True)
class Entry:
    """One message in the talk."""

    message_id: str
    sender: Literal["account", "person"]
    at: datetime
    message: Message
    seen: bool = True
    notified: bool = False
    withdrawn: bool = False

    @property
    def kind(self) -> str:
        """The message type."""
        return str(self.message["type"])


@dataclass(kw_only=True, slots=True)
class Thread:
    """A talk, oldest first. Quick replies belong to the last message only."""

    entries: list[Entry] = field(default_factory=list)
    quick_replies: tuple[Button, ...] = ()

    def add(self, entry: Entry) -> None:
        """Put a message at the end; whatever quick replies there were vanish (LINE.md §3.6)."""
        self.entries.append(entry)
        quick = entry.message.get("quickReply", {}) if entry.sender == "account" else {}
        self.quick_replies = tuple(
            Button(label=label_of(item["action"]), action=item["action"])
            for item in quick.get("items", ())
        )

    def open(self) -> None:
        """The person looks at the talk: nothing stays on the lock screen."""
        for entry in reversed(self.entries):
            if entry.seen:
                if entry.sender == "account":
                    break
                continue
            entry.seen = True

    def lock_screen(self) -> list[str]:
        """What the phone's notifications show, oldest first."""
        return [
            notification(entry.message)
            for entry in self.entries
            if entry.notified and not entry.seen and not entry.withdrawn
        ]


def label_of(action: Mapping[str, Any]) -> str:
    """What a person reads on the thing that carries this action; may be empty."""
    for name in ("label", "text", "displayText"):
        if action.get(name):
            return str(action[name])
    return ""


def notification(message: Message) -> str:
    """The words of the notification: the text, the altText, or the kind of thing sent."""
    kind = message["type"]
    if kind in LOCK_SCREEN_WORDS:
        return LOCK_SCREEN_WORDS[kind]
    return str(message["text"] if "text" in message else message["altText"])


def visible_text(message: Message) -> str:
    """Every word that shows in the talk, one part a line."""
    kind = message["type"]
    if kind == "template":
        return "\n".join(_template_texts(message["template"]))
    if kind == "flex":
        return "\n".join(_flex_texts(message["contents"]))
    if kind == "location":
        return f"{message.get('title', '')}\n{message.get('address', '')}".strip()
    if kind == "imagemap":
        return ""
    if kind in LOCK_SCREEN_WORDS:
        return LOCK_SCREEN_WORDS[kind]
    return str(message.get("text", ""))


def buttons_of(message: Message) -> tuple[Button, ...]:
    """What can be pressed on the message itself, in reading order."""
    kind = message["type"]
    if kind == "template":
        return tuple(_labelled(_template_actions(message["template"])))
    if kind == "flex":
        return tuple(_labelled(_flex_actions(message["contents"])))
    if kind == "imagemap":
        return tuple(_labelled(message["actions"]))
    return ()


def pictures_of(message: Message) -> tuple[str, ...]:
    """URLs that a phone fetches when the message is looked at, and not before (LINE.md §6)."""
    kind = message["type"]
    if kind in ("image", "video"):
        return (message["previewImageUrl"],)
    if kind == "imagemap":
        return (f"{message['baseUrl']}/1040",)
    if kind == "template":
        parts = message["template"].get("columns", [message["template"]])
        named = [part.get("thumbnailImageUrl") or part.get("imageUrl") for part in parts]
        return tuple(url for url in named if url)
    if kind == "flex":
        nodes = _flex_parts(message["contents"])
        return tuple(node["url"] for node in nodes if node["type"] in ("image", "icon"))
    return ()


def _labelled(actions: Iterator[Mapping[str, Any]] | Sequence[Mapping[str, Any]]) -> list[Button]:
    return [Button(label=label_of(action), action=action) for action in actions if label_of(action)]


def _template_texts(template: Mapping[str, Any]) -> list[str]:
    parts = template.get("columns", [template])
    return [part[name] for part in parts for name in ("title", "text") if name in part]


def _template_actions(template: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if template["type"] == "image_carousel":
        for column in template["columns"]:
            yield column["action"]
        return
    for part in template.get("columns", (template,)):
        yield from part["actions"]


def _flex_parts(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The node and everything in it, in reading order; spans stay inside their text."""
    yield node
    for block in ("header", "hero", "body", "footer"):
        if block in node:
            yield from _flex_parts(node[block])
    if node["type"] != "text":
        for child in node.get("contents", ()):
            yield from _flex_parts(child)


def _flex_texts(container: Mapping[str, Any]) -> list[str]:
    texts = []
    for node in _flex_parts(container):
        if node["type"] != "text":
            continue
        spans = "".join(span.get("text", "") for span in node.get("contents", ()))
        texts.append(spans or node.get("text", ""))
    return texts


def _flex_actions(container: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for node in _flex_parts(container):
        if "action" in node:
            yield node["action"]
