"""Leave a case for now (いまは動かないと決める): O20 before anybody was approached.

Also afterwards, in a town that has no 支援会議 which could be asked [D].
"""

from datetime import datetime, tzinfo

from core.access import Action
from core.agencies import Role
from core.cases import CaseState
from core.closing import Farewell
from core.course_steps import come_to, walk_outreach
from core.courses.outreach_guards import OutreachCourse
from core.days import local_day
from core.ids import CaseId, StaffId
from core.leaving import Leaving, leave_nothing_open
from core.ports import UnitOfWork
from core.programmes import Programme


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
    farewell: Farewell | None = None,
) -> OutreachCourse:
    """Looked at, and not needed; whoever told us hears of it.

    Args:
        farewell: how letters came to their end, where they were sent (G-21).

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        NoActionUnexplained: no reason, or the source does not know.
        MeetingUndecided: an approach had begun; `end_unconsented` ends it with a decision.
        FarewellOpen: letters would end by silence.
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
            farewell=farewell,
        )
        leaving = Leaving(
            by=by,
            role=here.role_for(frozenset({Role.COORDINATOR})),
            at=at,
            today=local_day(at, tz=tz),
            reason=reason.strip(),
            programmes=frozenset({Programme.OUTREACH}),
        )
        await leave_nothing_open(work, moved.case, leaving)
        await work.commit()
        return moved
