"""Write down how a call went (どうだったかを書く)."""

from datetime import datetime

from core.crisis.alerts import CrisisAlert, event_of, noted
from core.crisis_access import require_called
from core.crisis_steps import keep
from core.ids import AlertId, StaffId
from core.ports import UnitOfWork


async def note_alert(
    uow: UnitOfWork, *, alert_id: AlertId, note: str, by: StaffId, at: datetime
) -> CrisisAlert:
    """The note stays with the call, sealed, until a supervisor has looked back on it.

    Raises:
        NotFound, NotActive, NotYours. NoteNeeded. AlertMovedOn: not settled, or looked back on.
    """
    async with uow.write() as work:
        alert = await work.alerts.get(alert_id)
        role = await require_called(work, alert, by)
        kept = await keep(work, noted(alert, note=note), was=alert)
        await work.audit.append(
            event_of(alert, kept, "crisis.noted", at=at, actor=by, role=role.value)
        )
        await work.commit()
        return kept
