"""Plan participation or multi-agency (計画に入る): PT3, MK4."""

from datetime import datetime, tzinfo
from typing import Any

from core.access import Action
from core.course_kinds import KINDS
from core.course_steps import come_to, course_shown, walk_course
from core.courses.steps import Course
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork
from core.programmes import Programme


async def plan_course(
    uow: UnitOfWork,
    *,
    programme: Programme,
    case_id: CaseId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Course[Any]:
    """The person applied for it, and there is an assessment.

    Args:
        programme: which of the two.
        version: of the course as it was shown.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        ServiceUseMissing, CourseAssessmentMissing.
    """
    kind = KINDS[programme]
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE)
        await course_shown(work, here.case, kind, version=version)
        moved = await walk_course(
            work, here, kind, to=kind.machine.plan, at=at, today=local_day(at, tz=tz)
        )
        await work.commit()
        return moved
