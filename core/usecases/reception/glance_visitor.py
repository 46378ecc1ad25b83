"""Glance at a visitor: what the card of the reception desk may show."""

from core.access import Action, require
from core.ids import LinkId, StaffId
from core.ports import UnitOfWork
from core.reception import Visitor


async def glance_visitor(uow: UnitOfWork, *, link_id: LinkId, viewer: StaffId) -> Visitor | None:
    """The visitor of this account who still stands at the desk; None once they were seen to.

    Raises:
        NotYours, NotActive: the reception desk is not this colleague's.
    """
    async with uow.read() as work:
        require(await work.staff.get(viewer), Action.READ_RECEPTION)
        return await work.visitors.here(link_id)
