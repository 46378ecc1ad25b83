"""Show the 未対応 tray: what LINE sent and nobody could read."""

from datetime import datetime

from core.access import Action, require
from core.audit import AuditEvent
from core.ids import StaffId
from core.inbound import KeptEvent
from core.ports import UnitOfWork

OPERATOR = "operator"


async def show_tray(
    uow: UnitOfWork, *, by: StaffId | None, at: datetime, limit: int = 100
) -> tuple[KeptEvent, ...]:
    """The newest events of the tray, raw; that they were opened becomes part of the record.

    Args:
        by: who reads; None for the operator at the machine itself.

    Raises:
        NotYours: the reception desk is not this colleague's.
    """
    async with uow.write() as work:
        role = OPERATOR
        if by is not None:
            role = require(await work.staff.get(by), Action.READ_RECEPTION).role.value
        kept = await work.inbox.tray(limit=limit)
        if kept:
            await work.audit.append(
                AuditEvent(
                    action="tray.opened",
                    at=at,
                    actor=by or OPERATOR,
                    role=role,
                    subject=work.municipality_id,
                    evidence=(f"events={len(kept)}",),
                )
            )
        await work.commit()
        return kept
