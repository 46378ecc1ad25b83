"""Assess with those who know (多機関協働の見立てを始める): MK3 (R-005)."""

from datetime import datetime, tzinfo

from core.access import Action
from core.course_kinds import TOGETHER
from core.course_steps import come_to, course_shown, walk_course
from core.courses.multi_agency import MultiAgency, MultiAgencyState
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def assess_multi_agency(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    direct_assessment: bool = False,
    coordination_note: str = "",
) -> MultiAgency:
    """The source and the agencies assess; whoever asks the person directly coordinates first.

    Args:
        version: of the course as it was shown.
        coordination_note: what was agreed with the source; staff text.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        NotAccepted, DirectAssessmentUncoordinated.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE)
        await course_shown(work, here.case, TOGETHER, version=version)
        moved = await walk_course(
            work,
            here,
            TOGETHER,
            to=MultiAgencyState.ASSESSING,
            at=at,
            today=local_day(at, tz=tz),
            direct_assessment=direct_assessment,
            coordination_note=coordination_note.strip(),
        )
        await work.commit()
        return moved
