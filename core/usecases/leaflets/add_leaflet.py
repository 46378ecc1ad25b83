"""Add a leaflet to the library; a second person reads it before it is sent."""

from collections.abc import Sequence
from datetime import date, datetime

from core.ids import AreaId, LeafletId, PlaceId, StaffId
from core.leaflet_pages import Page
from core.leaflet_steps import keep_pages, keeper, require_quiet
from core.leaflets import LEAFLET_KEEPERS, Leaflet, event_of, require_whole
from core.lint import Proofreader
from core.ports import UnitOfWork


async def add_leaflet(
    uow: UnitOfWork,
    *,
    title: str,
    quiet_title: str,
    issuer: str,
    tags: frozenset[str],
    valid_from: date,
    valid_until: date,
    plain: str,
    pages: Sequence[Page],
    is_public_info: bool,
    by: StaffId,
    at: datetime,
    proof: Proofreader,
    area_ids: frozenset[AreaId] = frozenset(),
    place_id: PlaceId | None = None,
) -> Leaflet:
    """The first edition of a leaflet; it waits for approval.

    Args:
        quiet_title: safe on a lock screen.
        area_ids: where it is meant for; none means the whole town.
        place_id: the place to take part that it tells of.

    Raises:
        NotFound, NotActive, RoleNeeded: the door. LeafletIncomplete, LeafletNotPublic,
        TooManyPages: DOMAIN §2.7. DeadlinePressed: G-20. WordingBlocked: the quiet title, G-11.
    """
    async with uow.write() as work:
        role = await keeper(work, by=by, allowed=LEAFLET_KEEPERS)
        leaflet_id = LeafletId(work.new_id())
        leaflet = Leaflet(
            id=leaflet_id,
            municipality_id=work.municipality_id,
            root_id=leaflet_id,
            title=title.strip(),
            quiet_title=quiet_title.strip(),
            issuer=issuer.strip(),
            tags=tags,
            valid_from=valid_from,
            valid_until=valid_until,
            plain=plain.strip(),
            pages=await keep_pages(work, pages),
            author_id=by,
            added_at=at,
            is_public_info=is_public_info,
            area_ids=area_ids,
            place_id=None if place_id is None else (await work.resources.place(place_id)).id,
        )
        require_whole(leaflet)
        await require_quiet(work, leaflet.quiet_title, proof=proof, at=at)
        await work.leaflets.add(leaflet)
        await work.audit.append(event_of(leaflet, by=by, role=role, at=at))
        await work.commit()
        return leaflet
