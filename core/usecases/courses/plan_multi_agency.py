"""Plan together (多機関協働の計画に入る): MK4."""

from datetime import datetime, tzinfo

from core.access import Action
from core.course_steps import come_to, multi_agency_shown, walk_multi_agency
from core.courses.multi_agency import MultiAgency, MultiAgencyState
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def plan_multi_agency(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> MultiAgency:
    """The person applied for it, and there is an assessment.

    Args:
        version: of the course as it was shown.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        ServiceUseMissing, CourseAssessmentMissing.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE)
        await multi_agency_shown(work, here.case, version=version)
        moved = await walk_multi_agency(
            work, here, to=MultiAgencyState.PLAN, at=at, today=local_day(at, tz=tz)
        )
        await work.commit()
        return moved
