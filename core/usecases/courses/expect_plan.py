"""Take the mark back that a case is shared without a plan (R-092)."""

from dataclasses import replace
from datetime import datetime

from core.access import Action
from core.cases import Case
from core.course_steps import come_to, event_of, keep_case, tell_case
from core.figures.moves import PLANNED
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def expect_plan(
    uow: UnitOfWork, *, case_id: CaseId, version: int, by: StaffId, at: datetime
) -> Case:
    """The case is to have a plan again, as every other.

    Raises:
        NotFound, NotActive, NotYours, Overtaken.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        if here.case.plan_required:
            return here.case
        kept = await keep_case(work, replace(here.case, plan_less_because=""), was=here.case)
        await work.audit.append(event_of(PLANNED, kept, by=by, role=here.opened, at=at))
        await tell_case(work, kept, here.seats, at=at)
        await work.commit()
        return kept
