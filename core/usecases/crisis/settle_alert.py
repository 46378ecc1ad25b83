"""Settle a call: a person has answered (お返事しました), or there was no hurry after all."""

from collections.abc import Collection
from datetime import date, datetime, tzinfo

from core.closing import reopening_due
from core.crisis.alerts import AlertState, CrisisAlert, event_of, settled
from core.crisis_access import require_called, supervisors
from core.crisis_steps import keep, redraw
from core.days import local_day
from core.ids import AlertId, StaffId
from core.ports import UnitOfWork
from core.steps import refresh_desks


async def settle_alert(
    uow: UnitOfWork,
    *,
    alert_id: AlertId,
    answered: bool,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    closed_days: Collection[date] = (),
    note: str = "",
) -> CrisisAlert:
    """Either way a supervisor looks back on it within one working day; a false alarm is nobody's
    fault, and the person hears nothing of it.

    Args:
        answered: False where it was a false alarm.
        note: how it went; may be written later.

    Raises:
        NotFound, NotActive, NotYours. AlertMovedOn: it is settled already.
    """
    async with uow.write() as work:
        alert = await work.alerts.get(alert_id)
        role = await require_called(work, alert, by)
        due = reopening_due(local_day(at, tz=tz), closed_days=frozenset(closed_days))
        to = AlertState.ANSWERED if answered else AlertState.FALSE_ALARM
        ended = settled(alert, to=to, by=by, at=at, review_due_on=due, note=note)
        kept = await keep(work, ended, was=alert)
        action = "crisis.answered" if answered else "crisis.false_alarm"
        await work.audit.append(
            event_of(
                alert,
                kept,
                action,
                at=at,
                actor=by,
                role=role.value,
                evidence=(f"review_due={due.isoformat()}",),
            )
        )
        await redraw(work, kept, at=at)
        await refresh_desks(work, await supervisors(work, kept), at=at)
        await work.commit()
        return kept
