"""Ports of what people sent beside words: where it is kept, and who fetches it from LINE."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.ids import MediaId, ReplyId
from core.media import Media, MediaState


class KeptMedia(Protocol):
    """Pictures, voices, films and files; what is known of each, and apart from it its bytes."""

    async def add(self, media: Media) -> None: ...
    async def get(self, media_id: MediaId) -> Media:
        """Raises: NotFound."""
        ...

    async def change(self, media: Media, *, version: int) -> bool: ...
    async def of_replies(self, reply_ids: Iterable[ReplyId]) -> tuple[Media, ...]:
        """What belongs to these replies, in the order of its ids."""
        ...

    async def due(self, *, at: datetime, limit: int) -> tuple[Media, ...]:
        """What is to be fetched by now, the longest first."""
        ...

    async def put_bytes(self, media_id: MediaId, data: bytes) -> None:
        """The bytes of a piece, sealed; in place of earlier ones."""
        ...

    async def bytes_of(self, media_id: MediaId) -> bytes:
        """Raises: NotFound: there are none, or none any more."""
        ...

    async def erase_bytes(self, media_id: MediaId) -> None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """The whole of it."""

    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class NotThere:
    """It will not come.

    Attributes:
        state: GONE or TOO_LARGE.
    """

    state: MediaState
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NotYet:
    """LINE is preparing it (202), or gave no whole answer; it is asked for again."""

    detail: str


class ContentFetcher(Protocol):
    """Fetches what a person sent from LINE (bots/line)."""

    async def fetch(self, message_id: str, *, largest: int) -> Fetched | NotThere | NotYet:
        """At most `largest` bytes; never raises for what LINE or the network do."""
        ...
