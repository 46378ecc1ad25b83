"""Support the supporters (協働を始める・続ける): MK5, or MK11 after a reopening."""

from datetime import datetime, tzinfo

from core.access import Action
from core.course_kinds import TOGETHER
from core.course_steps import come_to, course_shown, walk_course
from core.courses.multi_agency import MultiAgency, MultiAgencyState
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def coordinate_multi_agency(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> MultiAgency:
    """The plan is final and the application stands.

    Args:
        version: of the course as it was shown.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        ServiceUseMissing, SupportPlanNotFinal, SharingNotAgreed.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE)
        await course_shown(work, here.case, TOGETHER, version=version)
        moved = await walk_course(
            work,
            here,
            TOGETHER,
            to=MultiAgencyState.COORDINATING,
            at=at,
            today=local_day(at, tz=tz),
        )
        await work.commit()
        return moved
