"""Close a case that no meeting here may speak of (会議のない町で終結する): O10 and O12 [D]."""

from datetime import datetime, tzinfo
from typing import Final

from core.access import Action
from core.agencies import Role
from core.cases import CaseState
from core.closing import PostClosing
from core.course_steps import come_to, walk_outreach
from core.courses.outreach_guards import OutreachCourse
from core.days import local_day
from core.ids import CaseId, StaffId
from core.leaving import Leaving, leave_nothing_open
from core.ports import UnitOfWork
from core.programmes import Programme
from core.verdict_steps import keep_in_touch

_WHO: Final = frozenset({Role.COORDINATOR})


async def close_without_table(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    closing: PostClosing,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> OutreachCourse:
    """As `close_case`, where sharing was taken back and the town has no 支援会議 to decide it.

    Everything else a closing asks for stays: evaluation, hand-over, farewell, the next contact.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        MeetingUndecided: a meeting can decide it. NotStableYet, HandOverOpen, FarewellOpen,
        NextContactUnset.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        today = local_day(at, tz=tz)
        closed = await walk_outreach(
            work, here, to=CaseState.CLOSED, at=at, today=today, closing=closing
        )
        leaving = Leaving(
            by=by,
            role=here.role_for(_WHO),
            at=at,
            today=today,
            reason=closing.reason.value,
            programmes=frozenset({Programme.OUTREACH}),
        )
        await leave_nothing_open(work, closed.case, leaving)
        followed = await keep_in_touch(work, closed.case, at=at, today=today)
        await work.commit()
        return followed
