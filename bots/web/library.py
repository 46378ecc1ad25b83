"""A leaflet of the library as a colleague sees it, with its pictures."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from bots.i18n.catalogue import moment
from bots.web.passes import StaffSession
from core.errors import NotFound
from core.ids import LeafletId
from core.leaflets import LeafletState
from core.ports import Clock, UnitOfWork
from core.usecases.leaflets.show_leaflet import LeafletView, show_leaflet

_PICTURE: Final = re.compile(r"([1-9]\d?)(-large)?\.jpg")


@dataclass(frozen=True, kw_only=True, slots=True)
class LibraryPages:
    """Leaflets for colleagues.

    Attributes:
        session: who is reading, or PassUnusable.
        render: a template as a response.
    """

    uow: UnitOfWork
    clock: Clock
    tz: tzinfo
    session: Callable[[Request, datetime], StaffSession]
    render: Callable[..., Response]
    headers: Mapping[str, str]

    async def leaflet(self, request: Request) -> Response:
        """One edition: what the person would see, and how it stands."""
        session = self.session(request, self.clock.now())
        view = await self._view(request, session)
        waits = view.leaflet.state is LeafletState.WAITING
        return self.render(
            "library.html",
            view=view,
            leaflet=view.leaflet,
            may_approve=waits and view.leaflet.author_id != session.staff_id,
            until=moment(session.expires_at, tz=self.tz),
        )

    async def picture(self, request: Request) -> Response:
        """One picture: `1.jpg`, or `1-large.jpg` in full size."""
        session = self.session(request, self.clock.now())
        match = _PICTURE.fullmatch(request.path_params["picture"])
        if match is None:
            raise NotFound(what="leaflet page")
        view = await self._view(request, session, page=int(match[1]), full=match[2] is not None)
        assert view.picture is not None
        return Response(
            view.picture.data, media_type=view.picture.media_type, headers=dict(self.headers)
        )

    async def _view(self, request: Request, session: StaffSession, **which: Any) -> LeafletView:
        leaflet_id = LeafletId(request.path_params["leaflet"])
        return await show_leaflet(self.uow, leaflet_id=leaflet_id, viewer=session.staff_id, **which)
