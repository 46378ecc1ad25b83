"""A second person reads a leaflet and lets it go out (G-06, G-20)."""

from datetime import datetime

from core import leaflets
from core.ids import LeafletId, StaffId
from core.leaflet_steps import keeper, put, require_quiet, shown_leaflet
from core.leaflets import LEAFLET_APPROVERS, Leaflet
from core.lint import Proofreader
from core.ports import UnitOfWork


async def approve_leaflet(
    uow: UnitOfWork,
    *,
    leaflet_id: LeafletId,
    version: int,
    by: StaffId,
    at: datetime,
    proof: Proofreader,
) -> Leaflet:
    """The edition may be sent; an earlier one is replaced by it.

    Raises:
        NotFound, NotActive, RoleNeeded: the door. Overtaken. OwnLeaflet: G-06.
        LeafletStepClosed, LeafletIncomplete, LeafletNotPublic, DeadlinePressed, WordingBlocked.
    """
    async with uow.write() as work:
        role = await keeper(work, by=by, allowed=LEAFLET_APPROVERS)
        was = await shown_leaflet(work, leaflet_id, version=version)
        moved = leaflets.approve(was, by=by, role=role, at=at)
        await require_quiet(work, was.quiet_title, proof=proof, at=at)
        before = await work.leaflets.current(was.root_id)
        if before is not None:
            await put(work, before, leaflets.replace_by(before, by=by, role=role, at=at))
        approved = await put(work, was, moved)
        await work.commit()
        return approved
