"""Begin to approach the person (関わりを始める): O5."""

from datetime import datetime, tzinfo

from core.access import Action
from core.cases import CaseState
from core.course_steps import come_to, walk_outreach
from core.courses.outreach_guards import OutreachCourse
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def begin_approach(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    endorsement_required: bool = True,
) -> OutreachCourse:
    """Prepared, with a plan of the time before consent; from here on letters may be written.

    Args:
        endorsement_required: the town has each such plan looked at by the 支援会議 first.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        PreparationIncomplete: R-022. PreconsentPlanMissing: R-021. PlanNotEndorsed: O5.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        moved = await walk_outreach(
            work,
            here,
            to=CaseState.RELATIONSHIP_BUILDING,
            at=at,
            today=local_day(at, tz=tz),
            endorsement_required=endorsement_required,
        )
        await work.commit()
        return moved
