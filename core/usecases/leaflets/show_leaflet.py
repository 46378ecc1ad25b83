"""Show a leaflet of the library to a colleague, and its pictures."""

from dataclasses import dataclass

from core.access import NotActive
from core.errors import NotFound
from core.ids import LeafletId, StaffId
from core.leaflet_pages import Picture
from core.leaflets import Leaflet
from core.ports import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class LeafletView:
    """An edition for a colleague.

    Attributes:
        areas: names of where it is meant for; none means the whole town.
        author, approver: names; "" while there is none.
        picture: the one that was asked for.
    """

    leaflet: Leaflet
    areas: tuple[str, ...]
    author: str
    approver: str
    picture: Picture | None = None


async def show_leaflet(
    uow: UnitOfWork,
    *,
    leaflet_id: LeafletId,
    viewer: StaffId,
    page: int | None = None,
    full: bool = False,
) -> LeafletView:
    """The edition; it is public information, so any colleague in service may look.

    Args:
        page: also the picture of this page, counted from 1; `full` in its full size.

    Raises:
        NotFound: no such edition or page. NotActive.
    """
    async with uow.read() as work:
        staff = await work.staff.get(viewer)
        if not staff.active:
            raise NotActive()
        leaflet = await work.leaflets.get(leaflet_id)
        names = {member.id: member.name for member in await work.staff.all()}
        areas = [area.name for area in await work.towns.areas() if area.id in leaflet.area_ids]
        picture = None
        if page is not None:
            if not 1 <= page <= len(leaflet.pages):
                raise NotFound(what="leaflet page", id=str(page))
            ref = leaflet.pages[page - 1]
            picture = await work.leaflets.picture(ref.full if full else ref.preview)
        return LeafletView(
            leaflet=leaflet,
            areas=tuple(areas),
            author=names.get(leaflet.author_id, ""),
            approver=names.get(leaflet.approved_by, "") if leaflet.approved_by else "",
            picture=picture,
        )
