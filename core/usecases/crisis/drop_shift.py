"""Take a shift out again (当番を取り消す)."""

from datetime import datetime

from core.audit import AuditEvent
from core.crisis.shifts import KEEPERS
from core.ids import ShiftId, StaffId
from core.ports import UnitOfWork
from core.steps import Overtaken, acting_role


async def drop_shift(uow: UnitOfWork, *, shift_id: ShiftId, by: StaffId, at: datetime) -> None:
    """From now on nobody is called by this shift; what it was stays in the trail.

    Raises:
        NotFound. RoleNeeded. Overtaken: somebody was faster.
    """
    async with uow.write() as work:
        role = acting_role(await work.staff.get(by), (), KEEPERS)
        shift = await work.shifts.get(shift_id)
        if not await work.shifts.remove(shift_id):
            raise Overtaken(what="shift")
        await work.audit.append(
            AuditEvent(
                action="shift.dropped",
                at=at,
                actor=by,
                role=role.value,
                subject=shift.id,
                evidence=(f"staff={shift.staff_id}", f"place={shift.place}"),
            )
        )
        await work.commit()
