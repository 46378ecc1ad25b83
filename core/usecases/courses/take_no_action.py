"""Leave a case for now (いまは動かないと決める): O20 before anybody was approached."""

from datetime import datetime, tzinfo

from core.access import Action
from core.cases import CaseState
from core.course_steps import come_to, walk_outreach
from core.courses.outreach_guards import OutreachCourse
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def take_no_action(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    reason: str,
    source_told: bool,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> OutreachCourse:
    """Looked at, and not needed; whoever told us hears of it.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        NoActionUnexplained: no reason, or the source does not know.
        MeetingUndecided: an approach had begun; `end_unconsented` ends it with a decision.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        moved = await walk_outreach(
            work,
            here,
            to=CaseState.NO_ACTION,
            at=at,
            today=local_day(at, tz=tz),
            reason=reason.strip(),
            source_told=source_told,
        )
        await work.commit()
        return moved
