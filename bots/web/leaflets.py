"""What a person opens from a letter: /l/<token>, a leaflet as pictures and in words.

It works on old phones, without scripts, without anything from elsewhere. Whatever cannot be shown
looks the same, byte for byte: a link that was guessed, has ended, was stopped or is another town's.
Nothing is written down when somebody opens it.
"""

import re
from datetime import tzinfo
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bots.web.quiet import (
    HEADERS,
    LONGEST_TOKEN,
    PICTURE_CACHE,
    Handler,
    nothing,
    quiet_page,
)
from core.errors import CaseworkError
from core.leaflet_pages import Picture
from core.leaflet_steps import OpenedLeaflet
from core.ports import Clock, UnitOfWork
from core.usecases.leaflets.open_leaflet import open_leaflet

_PICTURE: Final = re.compile(r"([1-9]\d?)(-large)?\.jpg")


def leaflet_routes(*, uow: UnitOfWork, clock: Clock, tz: tzinfo) -> list[BaseRoute]:
    """Everything under /l."""
    pages = LeafletPages(uow=uow, clock=clock, tz=tz)
    return [
        Route("/l/{token}", _neutral(pages.page), methods=["GET"]),
        Route("/l/{token}/{picture}", _neutral(pages.picture), methods=["GET"]),
        Route("/l/{rest:path}", nothing, methods=["GET", "POST"]),
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
        base = f"/l/{request.path_params['token']}"
        return quiet_page("leaflet.html", opened=opened, base=base)

    async def picture(self, request: Request) -> Response:
        """One picture: `1.jpg` for the page, `1-large.jpg` to look closely."""
        which = which_picture(request.path_params["picture"])
        if which is None:
            return await nothing(request)
        opened = await self._open(request, **which)
        assert opened.picture is not None
        return picture_response(opened.picture)

    async def _open(self, request: Request, **which: Any) -> OpenedLeaflet:
        token = request.path_params["token"][:LONGEST_TOKEN]
        return await open_leaflet(
            self._uow, token=token, at=self._clock.now(), tz=self._tz, **which
        )


def _neutral(handler: Handler) -> Handler:
    """The pages' edge: every refusal is the same page, so that it tells nothing."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except CaseworkError:
            return await nothing(request)

    return handle


def which_picture(name: str) -> dict[str, Any] | None:
    """Which page of a leaflet a file's name means, and whether in full; None for none."""
    match = _PICTURE.fullmatch(name)
    return None if match is None else {"page": int(match[1]), "full": match[2] is not None}


def picture_response(picture: Picture) -> Response:
    """One picture of a leaflet."""
    return Response(
        picture.data,
        media_type=picture.media_type,
        headers={**HEADERS, "cache-control": PICTURE_CACHE},
    )
