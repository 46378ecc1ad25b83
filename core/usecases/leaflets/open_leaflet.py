"""Open a leaflet by the link in a letter. Nobody is asked who they are, and nothing is noted."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from core.days import local_day
from core.errors import NotFound
from core.leaflet_links import token_hash
from core.leaflet_pages import Picture
from core.leaflets import Leaflet
from core.ports import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedLeaflet:
    """What the link shows: the edition that counts now.

    Attributes:
        is_over: its last day has passed; the page says so kindly.
        account: how the town's LINE account is called.
        picture: the one that was asked for.
    """

    leaflet: Leaflet
    is_over: bool
    account: str
    picture: Picture | None = None


async def open_leaflet(
    uow: UnitOfWork,
    *,
    token: str,
    at: datetime,
    tz: tzinfo,
    page: int | None = None,
    full: bool = False,
) -> OpenedLeaflet:
    """The leaflet behind a link, or one of its pictures.

    It reads only: that, when or how often somebody opened a link is not written down anywhere.
    A newer edition is shown in the place of the one that was sent.

    Args:
        page: counted from 1; `full` for the picture's full size.

    Raises:
        NotFound: no such link, or it has ended or was stopped, or the leaflet was taken back, or
        it has no such page; always the same.
    """
    async with uow.read() as work:
        link = await work.leaflets.by_token(token_hash(token))
        if link is None or not link.opens(at):
            raise NotFound(what="leaflet")
        leaflet = await work.leaflets.current(link.root_id)
        if leaflet is None:
            raise NotFound(what="leaflet")
        picture = None
        if page is not None:
            if not 1 <= page <= len(leaflet.pages):
                raise NotFound(what="leaflet")
            ref = leaflet.pages[page - 1]
            picture = await work.leaflets.picture(ref.full if full else ref.preview)
        return OpenedLeaflet(
            leaflet=leaflet,
            is_over=local_day(at, tz=tz) > leaflet.valid_until,
            account=(await work.towns.get()).account_name,
            picture=picture,
        )
