"""Identifiers in the forms LINE gives them."""

import hashlib
import re
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

USER_ID = re.compile(r"U[0-9a-f]{32}")
RECIPIENT_ID = re.compile(r"[UCR][0-9a-f]{32}")


class Clock(Protocol):
    """What the emulator needs of a clock."""

    def now(self) -> datetime:
        """The present, aware, in UTC."""
        ...


def user_id_of(name: str) -> str:
    """The user id of a fictional person: always the same for the same name."""
    return "U" + hashlib.sha256(f"line user {name}".encode()).hexdigest()[:32]


def milliseconds(at: datetime) -> int:
    """UNIX time in milliseconds, as webhook events carry it."""
    return int(at.timestamp() * 1000)


class IdMaker:
    """Makes ids that never repeat, also not after a restart at the same practice time."""

    def __init__(self, *, clock: Clock, entropy: Callable[[int], bytes]) -> None:
        self._clock = clock
        self._entropy = entropy
        self._messages = int.from_bytes(entropy(6), "big") % 10**14

    def request_id(self) -> str:
        """The value of `x-line-request-id`."""
        return str(uuid.UUID(bytes=self._entropy(16), version=4))

    def message_id(self) -> str:
        """18 digits; a later message has the larger id."""
        self._messages += 1
        return f"{460_000_000_000_000_000 + self._messages}"

    def token(self) -> str:
        """An opaque token: reply, quote, read, link and access tokens."""
        return self._entropy(20).hex()

    def event_id(self) -> str:
        """A ULID, as `webhookEventId` is one (REF §Common properties)."""
        stamp = milliseconds(self._clock.now())
        number = (stamp << 80) | int.from_bytes(self._entropy(10), "big")
        return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))

    def rich_menu_id(self) -> str:
        """`richmenu-` and 32 hexadecimal digits."""
        return f"richmenu-{self._entropy(16).hex()}"
