"""Note, on the day on which plans are looked at, that they are to be evaluated (P12)."""

from datetime import datetime, tzinfo
from typing import Final

from core.agencies import Role
from core.audit import SYSTEM
from core.course_steps import seats_of
from core.days import local_day
from core.plans.machine import take_step
from core.plans.record import PlanState, PlanStep
from core.ports import UnitOfWork
from core.steps import refresh_desks, watchers

MOST: Final = 50


async def note_evaluations_due(
    uow: UnitOfWork, *, at: datetime, tz: tzinfo, limit: int = MOST
) -> int:
    """P12 by the day alone, for every plan in force whose day has come.

    Whoever works on the case finds it on their desk. A plan that a colleague changed meanwhile is
    left to the next round.

    Returns:
        How many plans there were.
    """
    today = local_day(at, tz=tz)
    async with uow.read() as work:
        if not await work.plans.due_for_monitoring(on=today, limit=1):
            return 0
    async with uow.write() as work:
        moved = 0
        for plan in await work.plans.due_for_monitoring(on=today, limit=limit):
            step = PlanStep(
                to=PlanState.EVALUATION_DUE, by=SYSTEM, role=Role.SYSTEM, at=at, on=today
            )
            due = take_step(plan, step)
            if not await work.plans.change(due.plan, version=plan.version):
                continue
            await work.audit.append(due.event)
            case = await work.cases.get(plan.case_id)
            await refresh_desks(work, watchers(case, await seats_of(work, case)), at=at)
            moved += 1
        await work.commit()
        return moved
