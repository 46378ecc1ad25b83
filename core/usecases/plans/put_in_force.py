"""Put a final plan into force (P11, プランを始める)."""

from datetime import date, datetime, tzinfo
from typing import Final

from core.access import Action
from core.agencies import Role
from core.days import local_day
from core.ids import PlanId, StaffId
from core.plan_steps import (
    consents_of_approval,
    keep,
    plan_monitoring,
    plan_shown,
    take_in_hand,
    tell,
)
from core.plans.machine import take_step
from core.plans.record import Plan, PlanState, PlanStep
from core.ports import UnitOfWork

_LEAD: Final = frozenset({Role.CASE_LEAD})


async def put_in_force(
    uow: UnitOfWork,
    *,
    plan_id: PlanId,
    version: int,
    next_monitoring_on: date,
    copy_offered: bool,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Plan:
    """P11: the case's lead begins it, with the day on which it is looked at again.

    Args:
        copy_offered: the person has the plan, or was offered it.

    Raises:
        NotFound, NotActive, NotYours, Overtaken; PlanNotFromHere.
        MonitoringNotSet, CopyNotOffered: P11. JusoNeedsConsent: the consent has gone meanwhile.
    """
    async with uow.write() as work:
        plan = await plan_shown(work, plan_id, version=version)
        hand = await take_in_hand(
            work, plan.case_id, by=by, action=Action.READ_CONSENTED_CASE, allowed=_LEAD
        )
        today = local_day(at, tz=tz)
        step = PlanStep(
            to=PlanState.IN_FORCE,
            by=by,
            role=hand.role,
            at=at,
            on=today,
            consents=await consents_of_approval(work, plan, hand.case, today=today),
            next_monitoring_on=next_monitoring_on,
            copy_offered=copy_offered,
        )
        kept = await keep(work, take_step(plan, step), was=plan)
        await plan_monitoring(work, kept)
        await tell(work, hand, at=at)
        await work.commit()
        return kept
