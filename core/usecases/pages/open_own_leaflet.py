"""Open from one's own page a leaflet that came with a letter."""

from datetime import datetime, tzinfo

from core.errors import NotFound
from core.ids import LeafletId
from core.leaflet_steps import OpenedLeaflet, opened_leaflet
from core.page_steps import PageKey, come_in
from core.ports import UnitOfWork


async def open_own_leaflet(
    uow: UnitOfWork,
    key: PageKey,
    *,
    root_id: LeafletId,
    at: datetime,
    tz: tzinfo,
    page: int | None = None,
    full: bool = False,
) -> OpenedLeaflet:
    """The edition that counts now, or one of its pictures. It reads only.

    Args:
        page: counted from 1; `full` for the picture's full size.

    Raises:
        NotFound: the link opens nothing, the person was not sent this leaflet, it was taken back,
        or it has no such page. PinNeeded.
    """
    async with uow.read() as work:
        visit = await come_in(work, key, at=at)
        given = await work.leaflets.given_to(visit.person.id)
        if root_id not in {one.root_id for one in given}:
            raise NotFound(what="leaflet")
        return await opened_leaflet(work, root_id, at=at, tz=tz, page=page, full=full)
