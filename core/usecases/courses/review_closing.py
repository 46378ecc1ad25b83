"""Think over a closing (終結を考える): O9."""

from datetime import datetime, tzinfo

from core.access import Action
from core.cases import CaseState
from core.closing import PostClosing
from core.course_steps import come_to, walk_outreach
from core.courses.outreach_guards import OutreachCourse
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def review_closing(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    closing: PostClosing,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> OutreachCourse:
    """The evaluation proposes to close, for a reason that fits; a meeting decides.

    Args:
        closing: the reason; whatever else is settled already may stand in it.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        ServiceUseMissing. ClosingNotEvaluated: O9. NotStableYet: R-066, R-068.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        moved = await walk_outreach(
            work,
            here,
            to=CaseState.CLOSING_REVIEW,
            at=at,
            today=local_day(at, tz=tz),
            closing=closing,
        )
        await work.commit()
        return moved
