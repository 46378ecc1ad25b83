"""Enter who is on shift (当番を決める)."""

from datetime import datetime

from core.audit import AuditEvent
from core.crisis.shifts import KEEPERS, Shift, require_fit
from core.ids import ShiftId, StaffId
from core.ports import UnitOfWork
from core.steps import acting_role


async def keep_shift(
    uow: UnitOfWork,
    *,
    staff_id: StaffId,
    starts_at: datetime,
    ends_at: datetime,
    place: int,
    by: StaffId,
    at: datetime,
) -> Shift:
    """A coordinator or officer enters a shift.

    Raises:
        NotFound: no such colleague. RoleNeeded. ShiftUnfit.
    """
    async with uow.write() as work:
        role = acting_role(await work.staff.get(by), (), KEEPERS)
        await work.staff.get(staff_id)
        shift = Shift(
            id=ShiftId(work.new_id()),
            municipality_id=work.municipality_id,
            staff_id=staff_id,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
        )
        require_fit(shift)
        await work.shifts.add(shift)
        await work.audit.append(_event(shift, "shift.entered", by=by, role=role.value, at=at))
        await work.commit()
        return shift


def _event(shift: Shift, action: str, *, by: StaffId, role: str, at: datetime) -> AuditEvent:
    return AuditEvent(
        action=action,
        at=at,
        actor=by,
        role=role,
        subject=shift.id,
        evidence=(
            f"staff={shift.staff_id}",
            f"place={shift.place}",
            f"from={shift.starts_at.isoformat()}",
            f"until={shift.ends_at.isoformat()}",
        ),
    )
