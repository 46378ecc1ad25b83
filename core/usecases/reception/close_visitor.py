"""Close a visit at the reception desk: somebody has read it, and nothing is left to do."""

from datetime import datetime

from core.access import Action, require
from core.audit import AuditEvent
from core.ids import StaffId, VisitorId
from core.ports import UnitOfWork
from core.reception import Visitor, VisitorState, handled
from core.reception_steps import put_visitor, visitor_shown
from core.steps import refresh_desks


async def close_visitor(
    uow: UnitOfWork, *, visitor_id: VisitorId, version: int, by: StaffId, at: datetime
) -> Visitor:
    """Off the desk; the words stay in the record. Whoever writes again stands there again.

    Args:
        version: the visitor's, as shown; who writes meanwhile is not closed away.

    Raises:
        NotYours, NotActive. NotFound, Overtaken. VisitorGone.
    """
    async with uow.write() as work:
        role = require(await work.staff.get(by), Action.READ_RECEPTION).role
        visitor = await visitor_shown(work, visitor_id, version=version)
        closed = handled(visitor, VisitorState.CLOSED, by=by, at=at)
        await put_visitor(work, visitor, closed)
        await work.inbox.leave_tray(visitor.link_id)
        await work.audit.append(
            AuditEvent(
                action="reception.closed",
                at=at,
                actor=by,
                role=role.value,
                subject=visitor.link_id,
            )
        )
        await work.cards.redraw((visitor.link_id,), at=at)
        await refresh_desks(work, (by,), at=at)
        await work.commit()
        return closed
