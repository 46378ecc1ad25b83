"""Open a leaflet by the link in a letter. Nobody is asked who they are, and nothing is noted."""

from datetime import datetime, tzinfo

from core.errors import NotFound
from core.leaflet_steps import OpenedLeaflet, opened_leaflet
from core.link_tokens import token_hash
from core.ports import UnitOfWork


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
        return await opened_leaflet(work, link.root_id, at=at, tz=tz, page=page, full=full)
