"""What stands before Bolt: nothing unsigned, stale, oversized or unreadable goes further.

Bolt answers some malformed requests with 500 (SLACK §1.3), and compares times with the machine's
clock; here all of it is decided by our own clock, and nothing a sender can do ends in 500.
"""

import hashlib
import hmac
import json
import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qs

TOLERANCE: Final = timedelta(seconds=300)
BODY_MOST: Final = 1024 * 1024
REMEMBERED: Final = 4096
_TIMESTAMP: Final = re.compile(r"[0-9]{1,12}")
_SIGNATURE: Final = re.compile(r"v0=[0-9a-f]{64}")


class Forbidden(Exception):
    """401: not signed by Slack, or not now."""


class Unreadable(Exception):
    """400: signed, but not something Slack sends."""


def check_signature(body: bytes, headers: Mapping[str, str], *, secret: str, now: datetime) -> str:
    """The signature, when Slack made it within five minutes of `now`.

    Source: Slack, "Verifying requests from Slack" (v0: HMAC-SHA256 over `v0:{time}:{body}`).

    Raises:
        Forbidden: missing, malformed, stale or wrong.
    """
    stamp = headers.get("x-slack-request-timestamp", "")
    signature = headers.get("x-slack-signature", "")
    if not _TIMESTAMP.fullmatch(stamp) or not _SIGNATURE.fullmatch(signature):
        raise Forbidden("malformed")
    if abs(now.timestamp() - int(stamp)) > TOLERANCE.total_seconds():
        raise Forbidden("stale")
    told = b"v0:" + stamp.encode("ascii") + b":" + body
    ours = "v0=" + hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(ours, signature):
        raise Forbidden("wrong")
    return signature


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A readable body.

    Attributes:
        kind: its type, or the command; for the log.
        event_id: the same in every retry; None where it is no event.
    """

    text: str
    kind: str
    event_id: str | None


def read_body(body: bytes, *, content_type: str) -> Told:
    """What Slack said.

    Raises:
        Unreadable: not UTF-8, or not the JSON or form that Slack sends.
    """
    try:
        text = body.decode("utf-8")
        if content_type.split(";")[0].strip().lower() == "application/json":
            payload = json.loads(text)
        else:
            form = parse_qs(text, keep_blank_values=True, max_num_fields=200)
            payload = json.loads(form["payload"][0]) if "payload" in form else _command(form)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not what Slack sends") from error
    if not isinstance(payload, dict):
        raise Unreadable("not an object")
    event_id = payload.get("event_id")
    return Told(
        text=text,
        kind=str(payload.get("type") or payload.get("command") or "")[:40],
        event_id=event_id if isinstance(event_id, str) else None,
    )


def _command(form: dict[str, list[str]]) -> dict[str, str]:
    if not form.keys() & {"command", "ssl_check"}:
        raise ValueError("neither a command nor a payload")
    return {name: values[0] for name, values in form.items()}


class Seen:
    """What was already taken in: a request sent twice is answered, and not done twice."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._keys: OrderedDict[str, None] = OrderedDict()
        self._most = most

    def __contains__(self, key: str | None) -> bool:
        return key is not None and key in self._keys

    def add(self, *keys: str | None) -> None:
        """Remember these, and forget the oldest where there are too many."""
        for key in keys:
            if key is not None:
                self._keys[key] = None
        while len(self._keys) > self._most:
            self._keys.popitem(last=False)

    def forget(self, *keys: str | None) -> None:
        """These may come again."""
        for key in keys:
            if key is not None:
                self._keys.pop(key, None)
