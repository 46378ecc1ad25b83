"""Take a leaflet back: it is not sent any more, and links to it open nothing."""

from datetime import datetime

from core import leaflets
from core.ids import LeafletId, StaffId
from core.leaflet_steps import keeper, put, shown_leaflet
from core.leaflets import LEAFLET_KEEPERS, Leaflet
from core.ports import UnitOfWork


async def withdraw_leaflet(
    uow: UnitOfWork, *, leaflet_id: LeafletId, version: int, why: str, by: StaffId, at: datetime
) -> Leaflet:
    """The edition is withdrawn. Letters that carry it and have not left are not sent: the second
    look at the moment of sending says why.

    Args:
        why: for colleagues; names nobody.

    Raises:
        NotFound, NotActive, RoleNeeded: the door. Overtaken. LeafletStepClosed.
    """
    async with uow.write() as work:
        role = await keeper(work, by=by, allowed=LEAFLET_KEEPERS)
        was = await shown_leaflet(work, leaflet_id, version=version)
        gone = await put(work, was, leaflets.withdraw(was, why=why, by=by, role=role, at=at))
        await work.commit()
        return gone
