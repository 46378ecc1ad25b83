"""Mark a case as one whose information only is shared, without a plan (R-092)."""

from dataclasses import replace
from datetime import datetime

from core.access import Action
from core.cases import Case
from core.course_steps import come_to, event_of, keep_case, tell_case
from core.figures.moves import PLAN_LESS
from core.ids import CaseId, StaffId
from core.municipal_profiles.duties import PlanThere, require_plan_or_reason
from core.municipal_profiles.profile import MunicipalProfile
from core.ports import UnitOfWork


async def share_without_plan(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    because: str,
    profile: MunicipalProfile,
    by: StaffId,
    at: datetime,
) -> Case:
    """One agency supports it by itself; from now on meetings share it without a plan.

    It counts as new, and neither as closed nor as continuing. A plan that is drafted later ends
    the mark.

    Args:
        because: why there is no plan; staff text.
        profile: the town's own, which has to know such cases.

    Raises:
        NotFound, NotActive, NotYours, Overtaken.
        PlanNeeded: the town knows no such cases, or nothing was written. PlanThere.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        require_plan_or_reason(profile, plan=False, reason=because)
        if await work.plans.of_case(case_id):
            raise PlanThere(allowed="request_meeting")
        marked = replace(here.case, plan_less_because=because.strip())
        kept = await keep_case(work, marked, was=here.case)
        await work.audit.append(
            event_of(PLAN_LESS, kept, by=by, role=here.opened, at=at, reason=because.strip())
        )
        await tell_case(work, kept, here.seats, at=at)
        await work.commit()
        return kept
