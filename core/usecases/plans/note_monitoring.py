"""Note what came of looking at a plan (モニタリングを記録)."""

from datetime import date, datetime, tzinfo

from core.access import Action
from core.audit import AuditEvent
from core.basis import Basis
from core.days import local_day
from core.ids import MonitoringId, PlanId, StaffId
from core.plan_steps import AT_WORK, take_in_hand, tell
from core.plans.following import Monitoring, require_looked_at
from core.ports import UnitOfWork
from core.steps import note_fact


async def note_monitoring(
    uow: UnitOfWork,
    *,
    plan_id: PlanId,
    done_on: date,
    result: str,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    asks_for: Basis | None = None,
) -> Monitoring:
    """Close the monitoring that was planned, or note one that was not.

    Args:
        done_on: the local day on which it was looked at.
        asks_for: CASE or JUSO, where it is to be talked over (R-048).

    Raises:
        NotFound, NotActive, NotYours.
        MonitoringUnfit: no plan that runs, a day to come, no result, or another kind of meeting.
    """
    async with uow.write() as work:
        plan = await work.plans.get(plan_id)
        hand = await take_in_hand(
            work, plan.case_id, by=by, action=Action.READ_CONSENTED_CASE, allowed=AT_WORK
        )
        today = local_day(at, tz=tz)
        wish = "" if asks_for is None else asks_for.value
        require_looked_at(plan, done_on=done_on, result=result, asks_for=wish, today=today)
        planned = [m for m in await work.monitorings.of_plan(plan_id) if m.done_on is None]
        done = Monitoring(
            id=planned[-1].id if planned else MonitoringId(work.new_id()),
            plan_id=plan_id,
            due_on=planned[-1].due_on if planned else done_on,
            done_on=done_on,
            result=result.strip(),
            asks_for=wish,
        )
        await work.monitorings.put(done)
        await work.audit.append(
            AuditEvent(
                action="monitoring.noted",
                at=at,
                actor=by,
                role=hand.role.value,
                subject=plan_id,
                case_id=plan.case_id,
                now=wish,
                evidence=(f"monitoring={done.id}", f"due={done.due_on.isoformat()}"),
            )
        )
        await note_fact(work, plan.case_id, at=at)
        await tell(work, hand, at=at)
        await work.commit()
        return done
