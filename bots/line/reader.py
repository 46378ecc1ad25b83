"""Reads LINE's events, tolerantly: nothing that LINE may send is lost, and nothing raises.

LINE adds kinds, fields and values without notice (DOC development-guidelines), and the official
SDK drops a whole batch for one odd event. So each event is taken by itself, only what we need
is looked at, and what we cannot read is kept and named.
"""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bots.line.cutting import Part, parsed, parts_of
from bots.line.meanings import meaning_of, name_of, plain_id
from core.inbound import LineEvent, NotUnderstood
from core.ports import RawEvent

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# Before LINE there were no events; far after us, a clock is wrong.
_EARLIEST_MS: Final = 1_300_000_000_000
_LATEST_MS: Final = 7_260_000_000_000
_ULID_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class LineEventReader:
    """core.ports.EventReader for LINE's webhook bodies."""

    def cut(self, body: bytes) -> tuple[RawEvent, ...]:
        """Cut a webhook body into its events, in their order, each in its own bytes.

        A body that is no JSON object, or has no `events`, holds none: (). When `events` is no
        list, the whole body counts as one event that cannot be read.
        """
        events = parts_of(body, name="events")
        return () if events is None else tuple(map(_raw_event, events))

    def read(self, raw: bytes) -> LineEvent:
        """Read one event as `cut` gave it.

        `occurred_at` is LINE's own time; where that cannot be read, the time in the event's id
        (a ULID), or else None.
        """
        event = parsed(raw)
        key = _key(event, raw)
        if not isinstance(event, dict):
            return _unreadable(key)
        return LineEvent(
            event_key=key,
            occurred_at=_occurred_at(event),
            line_user_id=_sender(event),
            meaning=meaning_of(event),
            reply_token=_reply_token(event),
        )


def _reply_token(event: dict[str, Any]) -> str | None:
    token = event.get("replyToken")
    return token if isinstance(token, str) and token else None


def _unreadable(key: str) -> LineEvent:
    return LineEvent(
        event_key=key,
        occurred_at=None,
        line_user_id=None,
        meaning=NotUnderstood(kind="unknown"),
    )


def _raw_event(part: Part) -> RawEvent:
    event, raw = part.value, part.text.encode()
    message = event.get("message") if isinstance(event, dict) else None
    return RawEvent(
        event_key=_key(event, raw),
        message_id=plain_id(message.get("id")) if isinstance(message, dict) else None,
        raw=raw,
    )


def _key(event: Any, raw: bytes) -> str:
    """What makes an event the same one when it comes again; told from its content where LINE
    gave it no id, whatever the order of its properties."""
    if not isinstance(event, dict):
        return _digest(raw)
    given = plain_id(event.get("webhookEventId"))
    if given is not None:
        return given
    message = event.get("message")
    if event.get("type") == "message" and isinstance(message, dict):
        message_id = plain_id(message.get("id"))
        if message_id is not None:
            return f"msg:{message_id}:{name_of(message.get('type'))}"
    try:
        return _digest(json.dumps(_sans_redelivery(event), sort_keys=True).encode())
    except RecursionError:
        # Nested deeper than it can be written again.
        return _digest(raw)


def _sans_redelivery(event: dict[str, Any]) -> dict[str, Any]:
    """Of a redelivered event only `isRedelivery` differs."""
    context = event.get("deliveryContext")
    if not isinstance(context, dict):
        return event
    kept = {name: value for name, value in context.items() if name != "isRedelivery"}
    return {**event, "deliveryContext": kept}


def _digest(raw: bytes) -> str:
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"


def _sender(event: dict[str, Any]) -> str | None:
    source = event.get("source")
    return plain_id(source.get("userId")) if isinstance(source, dict) else None


def _occurred_at(event: dict[str, Any]) -> datetime | None:
    milliseconds = _milliseconds(event.get("timestamp"))
    if milliseconds is None:
        milliseconds = _ulid_milliseconds(event.get("webhookEventId"))
    return None if milliseconds is None else _EPOCH + timedelta(milliseconds=milliseconds)


def _milliseconds(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if _EARLIEST_MS <= value <= _LATEST_MS else None


def _ulid_milliseconds(value: Any) -> int | None:
    """The first ten of a ULID's 26 characters count milliseconds, in Crockford's base 32."""
    if not isinstance(value, str) or len(value) != 26:
        return None
    milliseconds = 0
    for character in value[:10].upper():
        digit = _ULID_ALPHABET.find(character)
        if digit < 0:
            return None
        milliseconds = milliseconds * 32 + digit
    return _milliseconds(milliseconds)
