"""Take a call (受け取りました): this colleague sees to it, and it rings no more."""

from datetime import datetime

from core.crisis.alerts import AlertState, CrisisAlert, acknowledged, event_of
from core.crisis_access import require_called
from core.crisis_steps import keep, redraw
from core.ids import AlertId, StaffId
from core.ports import UnitOfWork


async def acknowledge_alert(
    uow: UnitOfWork, *, alert_id: AlertId, by: StaffId, at: datetime
) -> CrisisAlert:
    """Whoever was called, or works on the case, takes it. Pressed twice by the same colleague, it
    is taken once.

    Raises:
        NotFound, NotActive, NotYours. AlertMovedOn: somebody else was faster.
    """
    async with uow.write() as work:
        alert = await work.alerts.get(alert_id)
        role = await require_called(work, alert, by)
        if alert.state is AlertState.ACKNOWLEDGED and alert.acknowledged_by == by:
            return alert
        taken = await keep(work, acknowledged(alert, by=by, at=at), was=alert)
        await work.audit.append(
            event_of(alert, taken, "crisis.acknowledged", at=at, actor=by, role=role.value)
        )
        await redraw(work, taken, at=at)
        await work.commit()
        return taken
