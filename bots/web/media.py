"""What a person sent beside words, on the page of their case: shown, played, or saved.

The bytes come from our own record through the door of the case and go to this reader's browser
alone: nothing is stored on the way, and nothing of it is asked of anybody else (G-18).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from bots.i18n.catalogue import word
from bots.web.passes import StaffSession
from core.ids import MediaId
from core.media import PLAYED, SHOWN, Media, MediaState
from core.ports import Clock, UnitOfWork
from core.usecases.cases.find_case import find_case
from core.usecases.media.open_media import open_media

# Whatever the bytes are: no script of theirs runs, and they ask for nothing.
_ALONE: Final = "sandbox; default-src 'none'; frame-ancestors 'none'"
_RANGE: Final = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")
_ENDINGS: Final = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "audio/aac": ".aac",
    "audio/wav": ".wav",
    "video/mp4": ".mp4",
    "application/pdf": ".pdf",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A picture, voice, film or file as a page shows it.

    Attributes:
        shows: `image`, `audio`, `video`, `file`, or "" where there is nothing to open.
        alt: what it is, in words.
        note: why it is not there, or how large it is.
    """

    shows: str
    href: str
    alt: str
    note: str


def piece_of(media: Media, *, alias: str) -> Piece:
    """A piece in words, with its address on our own page."""
    what = word(media.kind)
    alt = f"本人からの{what}" + (f"({media.nth}/{media.of})" if media.nth and media.of else "")
    if media.state is not MediaState.KEPT:
        return Piece(shows="", href="", alt=alt, note=word(media.state))
    return Piece(
        shows=_shows(media),
        href=f"/s/cases/{alias}/media/{media.id}",
        alt=alt,
        note=_weight(media.size),
    )


def _shows(media: Media) -> str:
    if media.content_type in SHOWN:
        return "image"
    if media.content_type in PLAYED:
        return "audio" if media.content_type.startswith("audio/") else "video"
    return "file"


def _weight(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{-(-size // 1024)} KB"


@dataclass(frozen=True, kw_only=True, slots=True)
class MediaPages:
    """/s/cases/{alias}/media/{media}.

    Attributes:
        session: who is reading, or PassUnusable.
    """

    uow: UnitOfWork
    clock: Clock
    tz: tzinfo
    session: Callable[[Request, datetime], StaffSession]
    headers: Mapping[str, str]

    async def media(self, request: Request) -> Response:
        """The piece itself. `?save` hands it out to be saved; pictures, voices and films are
        otherwise shown in place, and everything else is only ever saved."""
        at = self.clock.now()
        session = self.session(request, at)
        if request.method == "HEAD":
            # Nobody sees a piece without its bytes, so nothing is recorded as opened.
            return Response(headers=dict(self.headers))
        case = await find_case(self.uow, alias=request.path_params["alias"])
        opened = await open_media(
            self.uow,
            case_id=case.id,
            media_id=MediaId(request.path_params["media"]),
            by=session.staff_id,
            at=at,
            tz=self.tz,
        )
        headers = {
            **self.headers,
            "content-security-policy": _ALONE,
            "content-disposition": _disposition(opened.media, save="save" in request.query_params),
            "accept-ranges": "bytes",
        }
        return _part(request, opened.data, _media_type(opened.media), headers)


def _media_type(media: Media) -> str:
    inline = media.content_type in SHOWN | PLAYED
    return media.content_type if inline else "application/octet-stream"


def _disposition(media: Media, *, save: bool) -> str:
    shown = not save and media.content_type in SHOWN | PLAYED
    name = media.name or f"{media.kind.value}{_ENDINGS.get(media.content_type, '')}"
    return f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(name, safe='')}"


def _part(request: Request, data: bytes, media_type: str, headers: dict[str, str]) -> Response:
    """The whole, or the part that a player asks for (RFC 9110 §14)."""
    asked = _RANGE.fullmatch(request.headers.get("range", ""))
    if asked is None:
        return Response(data, media_type=media_type, headers=headers)
    first = int(asked[1])
    last = min(int(asked[2]), len(data) - 1) if asked[2] else len(data) - 1
    if first > last:
        headers["content-range"] = f"bytes */{len(data)}"
        return Response(status_code=416, headers=headers)
    headers["content-range"] = f"bytes {first}-{last}/{len(data)}"
    return Response(data[first : last + 1], status_code=206, media_type=media_type, headers=headers)
