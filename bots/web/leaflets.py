"""What a person opens from a letter: /l/<token>, a leaflet as pictures and in words.

It works on old phones, without scripts, without anything from elsewhere. Whatever cannot be shown
looks the same, byte for byte: a link that was guessed, has ended, was stopped or is another town's.
Nothing is written down when somebody opens it.
"""

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable
from datetime import tzinfo
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from core.errors import CaseworkError
from core.ports import Clock, UnitOfWork
from core.usecases.leaflets.open_leaflet import OpenedLeaflet, open_leaflet

_HERE: Final = Path(__file__).parent
_STYLE: Final = (_HERE / "static" / "leaflet.css").read_text(encoding="utf-8").strip()
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_HEADERS: Final = {
    # Browsers that know hashes pass by 'unsafe-inline'; it is for phones that do not know them.
    "content-security-policy": (
        "default-src 'none'; img-src 'self' data:; "
        f"style-src 'sha256-{_STYLE_HASH}' 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow, noarchive",
}
# A page is asked for anew each time, so that a stopped link is stopped at once and a shared phone
# keeps nothing; its pictures may stay in the reader's own browser for a day, for weak signals.
_PAGE_CACHE: Final = "private, no-store"
_PICTURE_CACHE: Final = "private, max-age=86400"
_PICTURE: Final = re.compile(r"([1-9]\d?)(-large)?\.jpg")
_LONGEST_TOKEN: Final = 64
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
Handler = Callable[[Request], Awaitable[Response]]


def leaflet_routes(*, uow: UnitOfWork, clock: Clock, tz: tzinfo) -> list[BaseRoute]:
    """Everything under /l."""
    pages = LeafletPages(uow=uow, clock=clock, tz=tz)
    return [
        Route("/l/{token}", _neutral(pages.page), methods=["GET"]),
        Route("/l/{token}/{picture}", _neutral(pages.picture), methods=["GET"]),
        Route("/l/{rest:path}", _nothing, methods=["GET", "POST"]),
    ]


class LeafletPages:
    """The pages of /l."""

    def __init__(self, *, uow: UnitOfWork, clock: Clock, tz: tzinfo) -> None:
        self._uow = uow
        self._clock = clock
        self._tz = tz

    async def page(self, request: Request) -> Response:
        """The leaflet."""
        opened = await self._open(request)
        return _page("leaflet.html", opened=opened, token=request.path_params["token"])

    async def picture(self, request: Request) -> Response:
        """One picture: `1.jpg` for the page, `1-large.jpg` to look closely."""
        match = _PICTURE.fullmatch(request.path_params["picture"])
        if match is None:
            return await _nothing(request)
        opened = await self._open(request, page=int(match[1]), full=match[2] is not None)
        assert opened.picture is not None
        return Response(
            opened.picture.data,
            media_type=opened.picture.media_type,
            headers={**_HEADERS, "cache-control": _PICTURE_CACHE},
        )

    async def _open(self, request: Request, **which: Any) -> OpenedLeaflet:
        token = request.path_params["token"][:_LONGEST_TOKEN]
        return await open_leaflet(
            self._uow, token=token, at=self._clock.now(), tz=self._tz, **which
        )


def _neutral(handler: Handler) -> Handler:
    """The pages' edge: every refusal is the same page, so that it tells nothing."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except CaseworkError:
            return await _nothing(request)

    return handle


async def _nothing(request: Request) -> Response:
    return _page("no_leaflet.html", status=404)


def _page(template: str, *, status: int = 200, **facts: Any) -> Response:
    text = _TEMPLATES.get_template(template).render(style=_STYLE, **facts)
    return HTMLResponse(
        text, status_code=status, headers={**_HEADERS, "cache-control": _PAGE_CACHE}
    )
