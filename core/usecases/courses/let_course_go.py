"""End what was never agreed on (同意のないまま区切る): PT15, MK13 [D]."""

from datetime import datetime, tzinfo
from typing import Any, Final

from core.access import Action
from core.agencies import Role
from core.closing import Farewell
from core.course_kinds import KINDS
from core.course_steps import come_to, course_shown, walk_course
from core.courses.steps import Course
from core.days import local_day
from core.ids import CaseId, StaffId
from core.leaving import Leaving, leave_nothing_open
from core.ports import UnitOfWork
from core.programmes import Programme

_WHO: Final = frozenset({Role.COORDINATOR})


async def let_course_go(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    programme: Programme,
    version: int,
    reason: str,
    source_told: bool,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    farewell: Farewell | None = None,
) -> Course[Any]:
    """Participation or multi-agency ends where no application is in force, or where it was given
    back to its source; no meeting is asked, and a case without another course ends with it.

    Args:
        programme: participation or multi-agency.
        version: of the course as it was shown.
        farewell: how letters came to their end, where they were sent.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        StillApplied: R-030. NoActionUnexplained: O20. FarewellOpen: G-21.
    """
    kind = KINDS[programme]
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE)
        leaving = Leaving(
            by=by,
            role=here.role_for(_WHO),
            at=at,
            today=local_day(at, tz=tz),
            reason=reason.strip(),
            programmes=frozenset({programme}),
        )
        await course_shown(work, here.case, kind, version=version)
        moved = await walk_course(
            work,
            here,
            kind,
            to=kind.machine.closed,
            at=at,
            today=leaving.today,
            reason=leaving.reason,
            source_told=source_told,
            farewell=farewell,
        )
        await leave_nothing_open(work, here.case, leaving)
        await work.commit()
        return moved
