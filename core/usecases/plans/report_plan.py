"""Report a plan of pattern 3 to the municipality (P10, 市に報告する)."""

from datetime import datetime, tzinfo

from core.access import Action
from core.days import local_day
from core.ids import PlanId, StaffId
from core.plan_steps import keep, plan_shown, take_in_hand, tell
from core.plans import following
from core.plans.machine import COORDINATOR
from core.plans.record import Plan
from core.ports import UnitOfWork


async def report_plan(
    uow: UnitOfWork,
    *,
    plan_id: PlanId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Plan:
    """P10: the municipality has the report; it holds nothing up.

    Raises:
        NotFound, NotActive, NotYours, Overtaken; ReportNotDue.
    """
    async with uow.write() as work:
        plan = await plan_shown(work, plan_id, version=version)
        hand = await take_in_hand(
            work, plan.case_id, by=by, action=Action.READ_CASE, allowed=COORDINATOR
        )
        reported = following.report_plan(
            plan, by=by, role=hand.role, at=at, on=local_day(at, tz=tz)
        )
        kept = await keep(work, reported, was=plan)
        await tell(work, hand, at=at)
        await work.commit()
        return kept
