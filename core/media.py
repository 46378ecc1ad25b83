"""Pictures, voices, films and files from a person: fetched at once, kept sealed, with us only.

They are shown to those who work on the case, on our own page, and given to nobody else: no
preview, no transcription and no address by a third party (G-18).
"""

import enum
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from core.ids import MediaId, MunicipalityId, ReplyId

LARGEST: Final = 50 * 1024 * 1024
"""Bytes of one piece that we keep; a larger one is left where it is, and the record says so."""

# LINE does not say how long it keeps content, and takes a while to prepare a film: soon first,
# then ever more rarely, and after two weeks it is given up.
_GAPS: Final = (
    timedelta(seconds=5),
    timedelta(seconds=15),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
)
TRIED_FOR: Final = timedelta(days=14)
LEASE: Final = timedelta(minutes=3)
"""How long a piece stays with the loop that fetches it; longer than a fetch may take."""


class MediaKind(enum.StrEnum):
    """What it is, in the words of LINE and of `core.replies.ReplyKind`."""

    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"


class MediaState(enum.StrEnum):
    """WAITING is to be fetched, KEPT lies with us; the others are ends without it."""

    WAITING = "WAITING"
    KEPT = "KEPT"
    GONE = "GONE"  # LINE no longer has it, or never gave it to us
    ELSEWHERE = "ELSEWHERE"  # lies with a third party, from whom nothing is fetched
    TOO_LARGE = "TOO_LARGE"
    WITHDRAWN = "WITHDRAWN"  # its sender took it back; nothing of it is left


@dataclass(frozen=True, kw_only=True, slots=True)
class SentMedia:
    """What LINE tells of a piece before it is fetched.

    Attributes:
        name: a file's own name.
        elsewhere: it lies with a third party, and LINE has no copy.
        set_id, nth, of: as in `Media`.
    """

    kind: MediaKind
    name: str = ""
    elsewhere: bool = False
    set_id: str = ""
    nth: int = 0
    of: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Media:
    """One picture, voice, film or file that belongs to a reply. Its bytes lie apart from it.

    Attributes:
        message_id: LINE's id, by which it is fetched; None for what came over our own page.
        came_at: when we heard of it; giving up counts from here.
        content_type: as its own first bytes say (`content_type_of`); "" until it is KEPT.
        size: bytes; 0 until it is KEPT.
        name: a file's own name; sealed where it is stored.
        set_id: what was sent together with others has one name with them; "" for one alone.
        nth: its place among them, from 1; 0 where LINE does not say.
        of: how many they are; 0 where LINE does not say.
        attempts: how often it was asked for.
        next_at: when it is asked for next, or when whoever fetches it now has lost it; None
            unless WAITING.
    """

    id: MediaId
    municipality_id: MunicipalityId
    reply_id: ReplyId
    kind: MediaKind
    came_at: datetime
    state: MediaState = MediaState.WAITING
    message_id: str | None = None
    content_type: str = ""
    size: int = 0
    name: str = ""
    set_id: str = ""
    nth: int = 0
    of: int = 0
    attempts: int = 0
    next_at: datetime | None = None
    version: int = 1


def kept(media: Media, data: bytes) -> Media:
    """The piece once its bytes are there; what is larger than `LARGEST` is not taken."""
    if len(data) > LARGEST:
        return ended(media, MediaState.TOO_LARGE)
    content_type = content_type_of(data)
    if media.kind is MediaKind.AUDIO and content_type == "video/mp4":
        # Most makers of voices name the container and not what is in it.
        content_type = "audio/mp4"
    there = replace(media, content_type=content_type, size=len(data))
    return ended(there, MediaState.KEPT)


def ended(media: Media, state: MediaState) -> Media:
    """The piece one version on, asked for no more. Taken back, it has no name either."""
    gone = state is MediaState.WITHDRAWN
    return replace(
        media,
        state=state,
        next_at=None,
        name="" if gone else media.name,
        size=0 if gone else media.size,
        content_type="" if gone else media.content_type,
        version=media.version + 1,
    )


def claimed(media: Media, *, at: datetime) -> Media:
    """The piece while it is fetched. Should the loop die, it is due again after the lease."""
    return replace(
        media, attempts=media.attempts + 1, next_at=at + LEASE, version=media.version + 1
    )


def put_off(media: Media, *, at: datetime) -> Media:
    """Not to be had now: asked for again later, or given up after `TRIED_FOR`."""
    if at - media.came_at >= TRIED_FOR:
        return ended(media, MediaState.GONE)
    gap = _GAPS[min(max(media.attempts, 1), len(_GAPS)) - 1]
    return replace(media, next_at=at + gap, version=media.version + 1)


_UNKNOWN: Final = "application/octet-stream"
_BEGINNINGS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
)
_RIFF: Final = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_BRANDS: Final = {b"M4A ": "audio/mp4", b"M4B ": "audio/mp4", b"heic": "image/heic"}
SHOWN: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""Pictures that every browser shows; anything else is played or downloaded."""
PLAYED: Final = frozenset(
    {"audio/ogg", "audio/mpeg", "audio/aac", "audio/wav", "audio/mp4", "video/mp4"}
)


def content_type_of(data: bytes) -> str:
    """What the bytes are by their own beginning, whatever anybody calls them.

    A page or a script is never taken for a picture this way; what is not known is only ever
    handed out to be saved.
    """
    for beginning, content_type in _BEGINNINGS:
        if data.startswith(beginning):
            return content_type
    if data[:4] == b"RIFF":
        return _RIFF.get(data[8:12], _UNKNOWN)
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], "video/mp4")
    return _UNKNOWN
