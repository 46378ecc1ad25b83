"""Screen what was received (受理の判断をする): MK2 (R-008)."""

from datetime import datetime, tzinfo

from core.access import Action
from core.assessments import Screening
from core.course_kinds import TOGETHER
from core.course_steps import come_to, course_shown, walk_course
from core.courses.multi_agency import MultiAgency, MultiAgencyState
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def screen_multi_agency(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    screening: Screening,
    source_told: bool = False,
    linked_arrangement: str = "",
) -> MultiAgency:
    """Taken on, or given back after a talk with the source, and with a link that stays.

    Args:
        version: of the course as it was shown.
        source_told: whoever referred was consulted.
        linked_arrangement: how a case given back stays linked; staff text.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        ReturnUnprepared: R-008.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE)
        await course_shown(work, here.case, TOGETHER, version=version)
        moved = await walk_course(
            work,
            here,
            TOGETHER,
            to=MultiAgencyState.SCREENED,
            at=at,
            today=local_day(at, tz=tz),
            screening=screening,
            source_told=source_told,
            linked_arrangement=linked_arrangement.strip(),
        )
        await work.commit()
        return moved
