"""Retry keys: what was accepted under one is not accepted again for 24 hours (LINE.md §3.4)."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .answers import RETRY_KEY_ACCEPTED, LineRefusal
from .ids import Clock

VALID_FOR = timedelta(hours=24)
HEADER = "x-line-retry-key"

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Accepted:
    at: datetime
    request_id: str
    sent: Mapping[str, Any]
    body: bytes


class RetryKeys:
    """The keys under which something was accepted.

    `altered` lists keys that came again with another body: LINE warns of it (409 is what the
    emulator answers), and a test can insist that the product never does it.
    """

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._accepted: dict[str, _Accepted] = {}
        self.altered: list[str] = []

    def refuse_known(self, key: str | None, *, body: bytes) -> None:
        """Let a new key pass.

        Raises:
            LineRefusal: 400 when it is no UUID (text ours), 409 when it was accepted before.
        """
        if key is None:
            return
        if not _UUID.fullmatch(key):
            raise LineRefusal(400, message="The value for the 'X-Line-Retry-Key' header is invalid")
        known = self._accepted.get(key.lower())
        if known is None or self._clock.now() - known.at >= VALID_FOR:
            return
        if known.body != hashlib.sha256(body).digest():
            self.altered.append(key)
        raise LineRefusal(
            409,
            message=RETRY_KEY_ACCEPTED,
            extra=known.sent,
            headers={"x-line-accepted-request-id": known.request_id},
        )

    def accept(
        self, key: str | None, *, request_id: str, sent: Mapping[str, Any], body: bytes
    ) -> None:
        """Remember that this key's request was accepted, and what it answered."""
        if key is not None:
            self._accepted[key.lower()] = _Accepted(
                at=self._clock.now(),
                request_id=request_id,
                sent=sent,
                body=hashlib.sha256(body).digest(),
            )


def refuse_key_here(key: str | None) -> None:
    """400 for a retry key on an endpoint that takes none (LINE.md §3.4; text ours)."""
    if key is not None:
        raise LineRefusal(
            400, message="The 'X-Line-Retry-Key' header is not supported on this endpoint"
        )
