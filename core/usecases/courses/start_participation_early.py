"""Begin participation before the decision (決定の前に始める): PT5 (R-061)."""

from datetime import datetime, tzinfo

from core.access import Action
from core.course_kinds import TAKING_PART
from core.course_steps import come_to, course_shown, walk_course
from core.courses.participation import Participation, ParticipationState
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def start_participation_early(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    why: str,
) -> Participation:
    """Where it cannot wait, and somebody says why.

    Args:
        version: of the course as it was shown.
        why: why it cannot wait for the decision; staff text.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        ServiceUseMissing, EarlyStartUnexplained.
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
            early_start=why.strip(),
        )
        await work.commit()
        return moved
