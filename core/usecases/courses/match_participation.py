"""Look for a place (参加の場を探す): PT4, or PT7 from settling."""

from datetime import datetime, tzinfo

from core.access import Action
from core.course_kinds import TAKING_PART
from core.course_steps import come_to, course_shown, walk_course
from core.courses.participation import Participation, ParticipationState
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def match_participation(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Participation:
    """The plan is final; or the place did not fit, and another is looked for.

    Args:
        version: of the course as it was shown.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        ServiceUseMissing, SupportPlanNotFinal, SharingNotAgreed.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE)
        await course_shown(work, here.case, TAKING_PART, version=version)
        moved = await walk_course(
            work,
            here,
            TAKING_PART,
            to=ParticipationState.MATCHING,
            at=at,
            today=local_day(at, tz=tz),
        )
        await work.commit()
        return moved
