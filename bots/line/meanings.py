"""What one of LINE's events means to us (REF §Webhook Event Objects)."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from bots.line.bubbles import press_data
from core.inbound import (
    Followed,
    Meaning,
    NotUnderstood,
    Pressed,
    Said,
    Unfollowed,
    Unsent,
)
from core.replies import Press, ReplyKind

_ID: Final = re.compile(r"[!-~]{1,128}")
_NAME: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_PRESSES: Final = {press_data(press): press for press in Press}

Event = Mapping[str, Any]


def plain_id(value: Any) -> str | None:
    """An identifier as LINE gives it, or None for anything that no identifier looks like."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30:
        value = str(value)
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def name_of(value: Any) -> str:
    """The name of a kind, fit to be shown and stored; "unknown" for anything else."""
    return value if isinstance(value, str) and _NAME.fullmatch(value) else "unknown"


def meaning_of(event: Event) -> Meaning:
    """Read one event object; anything unreadable is NotUnderstood, with its kind.

    A message taken back is erased whatever else the event says. Otherwise, an event of a
    channel in standby, or out of a group, is not ours to act on.
    """
    kind = name_of(event.get("type"))
    if kind == "unsend":
        return _unsend(event)
    if event.get("mode") == "standby":
        return NotUnderstood(kind="standby")
    source = event.get("source")
    if isinstance(source, Mapping) and source.get("type") in ("group", "room"):
        return NotUnderstood(kind=f"{source['type']}.{kind}")
    reader = _READERS.get(kind)
    return NotUnderstood(kind=kind) if reader is None else reader(event)


def _unsend(event: Event) -> Meaning:
    message_id = plain_id(_part(event, "unsend").get("messageId"))
    return NotUnderstood(kind="unsend") if message_id is None else Unsent(message_id=message_id)


def _follow(event: Event) -> Meaning:
    return Followed(unblocked=_part(event, "follow").get("isUnblocked") is True)


def _unfollow(event: Event) -> Meaning:
    return Unfollowed()


def _postback(event: Event) -> Meaning:
    data = _part(event, "postback").get("data")
    press = _PRESSES.get(data) if isinstance(data, str) else None
    return NotUnderstood(kind="postback") if press is None else Pressed(press=press)


def _message(event: Event) -> Meaning:
    message = _part(event, "message")
    kind = name_of(message.get("type"))
    showing = _SHOWING.get(kind)
    text = None if showing is None else showing(message)
    if text is None:
        return NotUnderstood(kind=f"message.{kind}")
    return Said(kind=ReplyKind(kind), text=text, message_id=plain_id(message.get("id")))


def _words(message: Event) -> str | None:
    text = message.get("text")
    return _whole(text) if isinstance(text, str) else None


def _sticker(message: Event) -> str:
    """Words that the person put on the sticker, else what LINE calls it."""
    written = message.get("text")
    if isinstance(written, str) and written:
        return _whole(written)
    keywords = message.get("keywords")
    if not isinstance(keywords, list):
        return ""
    return "、".join(_whole(word) for word in keywords if isinstance(word, str) and word)


def _place(message: Event) -> str:
    for name in ("title", "address"):
        text = message.get(name)
        if isinstance(text, str) and text:
            return _whole(text)
    return ""


def _file(message: Event) -> str:
    name = message.get("fileName")
    return _whole(name) if isinstance(name, str) else ""


def _nothing_yet(message: Event) -> str:
    return ""


def _whole(text: str) -> str:
    """Half characters, which cannot be stored, become U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _part(event: Event, name: str) -> Event:
    part = event.get(name)
    return part if isinstance(part, Mapping) else {}


_READERS: Final[dict[str, Callable[[Event], Meaning]]] = {
    "message": _message,
    "postback": _postback,
    "follow": _follow,
    "unfollow": _unfollow,
}
_SHOWING: Final[dict[str, Callable[[Event], str | None]]] = {
    "text": _words,
    "sticker": _sticker,
    "location": _place,
    "file": _file,
    "image": _nothing_yet,
    "audio": _nothing_yet,
    "video": _nothing_yet,
}
