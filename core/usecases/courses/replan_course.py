"""Plan participation or multi-agency anew (再プランする): PT8, MK6 (R-063)."""

from datetime import datetime, tzinfo
from typing import Any, Final

from core.agencies import Role
from core.course_kinds import KINDS
from core.course_steps import course_shown
from core.courses.steps import Course
from core.days import local_day
from core.ids import StaffId
from core.meetings.ids import ItemId, MeetingId
from core.ports import UnitOfWork
from core.programmes import Programme
from core.verdict_steps import follow_course, settle_verdict, take_verdict

_WHO: Final = frozenset({Role.CHAIR, Role.SECRETARIAT, Role.CLERK, Role.COORDINATOR})


async def replan_course(
    uow: UnitOfWork,
    *,
    programme: Programme,
    meeting_id: MeetingId,
    item_id: ItemId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Course[Any]:
    """A meeting decided so.

    Args:
        programme: which of the two.
        version: of the course as it was shown.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, NotInTheCircle, Overtaken, NothingDecidedYet.
        CourseStepClosed. ServiceUseMissing. MeetingUndecided: R-030.
    """
    kind = KINDS[programme]
    async with uow.write() as work:
        verdict = await take_verdict(work, meeting_id, item_id, by=by, allowed=_WHO, tz=tz)
        await course_shown(work, verdict.case, kind, version=version)
        moved = await follow_course(
            work, verdict, kind, to=kind.machine.plan, at=at, today=local_day(at, tz=tz)
        )
        await settle_verdict(work, verdict, at=at)
        await work.commit()
        return moved
