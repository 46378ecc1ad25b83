"""Think over an interruption (中断を考える): O13 (R-052)."""

from datetime import datetime, tzinfo

from core.access import Action
from core.cases import CaseState
from core.course_steps import come_to, walk_outreach
from core.courses.outreach_guards import OutreachCourse
from core.days import local_day
from core.ids import CaseId, StaffId
from core.interruption import EffortRules
from core.ports import UnitOfWork


async def review_interruption(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    lost_since: datetime,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    effort: EffortRules | None = None,
) -> OutreachCourse:
    """Contact seems lost completely, and everything was tried; silence over LINE is neither.

    Args:
        lost_since: since when; aware. The contact log is read from there on.
        effort: how much the town asks for.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        TieStillThere, EffortMissing: R-052.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        moved = await walk_outreach(
            work,
            here,
            to=CaseState.INTERRUPTION_REVIEW,
            at=at,
            today=local_day(at, tz=tz),
            lost_since=lost_since,
            effort=effort,
        )
        await work.commit()
        return moved
