"""Look back on a call (ふりかえる), within one working day."""

from datetime import datetime

from core.crisis.alerts import CrisisAlert, event_of, reviewed
from core.crisis_access import require_supervisor
from core.crisis_steps import keep, redraw
from core.ids import AlertId, StaffId
from core.ports import UnitOfWork
from core.steps import refresh_desks


async def review_alert(
    uow: UnitOfWork, *, alert_id: AlertId, review: str, by: StaffId, at: datetime
) -> CrisisAlert:
    """A coordinator or officer who did not settle it themselves writes what there is to learn.

    Raises:
        NotFound, NotActive, NotYours. NoteNeeded, OwnAlert. AlertMovedOn: not settled yet, or
        looked back on before.
    """
    async with uow.write() as work:
        alert = await work.alerts.get(alert_id)
        role = await require_supervisor(work, alert, by)
        kept = await keep(work, reviewed(alert, by=by, at=at, review=review), was=alert)
        await work.audit.append(
            event_of(alert, kept, "crisis.reviewed", at=at, actor=by, role=role.value)
        )
        await redraw(work, kept, at=at)
        await refresh_desks(work, (by,), at=at)
        await work.commit()
        return kept
