"""What one of LINE's events means to us (REF §Webhook Event Objects); docs/line-events.md."""

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
from core.media import MediaKind, SentMedia
from core.replies import Press, ReplyKind

_ID: Final = re.compile(r"[!-~]{1,128}")
_NAME: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_PRESSES: Final = {press_data(press): press for press in Press}
# Erased, or nothing more is sent: what may not wait for whoever else minds the talk.
_ALSO_IN_STANDBY: Final = ("unsend", "unfollow")
_MOST_IN_A_SET: Final = 1000

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

    A message taken back is erased whatever else the event says, and a block counts whoever minds
    the talk. Otherwise, an event of a channel in standby, or out of a group, is not ours to act
    on.
    """
    kind = name_of(event.get("type"))
    if event.get("mode") == "standby" and kind not in _ALSO_IN_STANDBY:
        return NotUnderstood(kind=f"standby.{kind}")
    source = event.get("source")
    if kind != "unsend" and isinstance(source, Mapping) and source.get("type") in ("group", "room"):
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
    postback = _part(event, "postback")
    data = postback.get("data")
    press = _PRESSES.get(data) if isinstance(data, str) else None
    if press is not None:
        return Pressed(press=press)
    # A picker of days or a switch of menus; we send none, so it is somebody else's.
    params = _part(postback, "params")
    picked = next((name for name in _PICKED if name in params), None)
    return NotUnderstood(kind="postback" if picked is None else f"postback.{_PICKED[picked]}")


_PICKED: Final = {
    "date": "date",
    "time": "time",
    "datetime": "datetime",
    "newRichMenuAliasId": "menu",
}


def _with(kind: str, part: str, name: str) -> Callable[[Event], Meaning]:
    """Named together with what the event says of itself: `membership.joined`."""

    def read(event: Event) -> Meaning:
        said = name_of(_part(event, part).get(name))
        return NotUnderstood(kind=kind if said == "unknown" else f"{kind}.{said}")

    return read


def _message(event: Event) -> Meaning:
    message = _part(event, "message")
    kind = name_of(message.get("type"))
    showing = _SHOWING.get(kind)
    text = None if showing is None else showing(message)
    if text is None:
        return NotUnderstood(kind=f"message.{kind}")
    return Said(
        kind=ReplyKind(kind),
        text=text,
        message_id=plain_id(message.get("id")),
        media=_media(MediaKind(kind), message) if kind in _FETCHED else None,
    )


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
    """Its name and address; where it has neither, latitude and longitude in degrees."""
    told = [_whole(text) for name in ("title", "address") if (text := _text(message, name))]
    if told:
        # LINE repeats the address where a place has no name.
        return "\n".join(dict.fromkeys(told))
    degrees = [message.get(name) for name in ("latitude", "longitude")]
    if all(isinstance(one, int | float) and abs(one) <= 180 for one in degrees):
        return ", ".join(str(one) for one in degrees)
    return ""


def _file(message: Event) -> str:
    return _whole(_text(message, "fileName"))


def _nothing_yet(message: Event) -> str:
    return ""


def _media(kind: MediaKind, message: Event) -> SentMedia:
    together = _part(message, "imageSet")
    return SentMedia(
        kind=kind,
        name=_file(message) if kind is MediaKind.FILE else "",
        elsewhere=_part(message, "contentProvider").get("type") == "external",
        set_id=plain_id(together.get("id")) or "",
        nth=_small(together.get("index")),
        of=_small(together.get("total")),
    )


def _small(value: Any) -> int:
    fits = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MOST_IN_A_SET
    return value if fits else 0


def _text(part: Event, name: str) -> str:
    text = part.get(name)
    return text if isinstance(text, str) else ""


def _whole(text: str) -> str:
    """What a database cannot hold (half characters, NUL) becomes U+FFFD."""
    mended = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return mended.replace("\0", "\ufffd")


def _part(event: Event, name: str) -> Event:
    part = event.get(name)
    return part if isinstance(part, Mapping) else {}


_READERS: Final[dict[str, Callable[[Event], Meaning]]] = {
    "message": _message,
    "postback": _postback,
    "follow": _follow,
    "unfollow": _unfollow,
    "unsend": _unsend,
    "accountLink": _with("accountLink", "link", "result"),
    "membership": _with("membership", "membership", "type"),
    "module": _with("module", "module", "type"),
    "beacon": _with("beacon", "beacon", "type"),
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
_FETCHED: Final = frozenset(MediaKind)
