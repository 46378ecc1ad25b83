"""Go on after a reopening (支援を続ける): O17, to where the consents still reach."""

from datetime import datetime, tzinfo

from core.access import Action
from core.course_grounds import grounds_of
from core.course_steps import come_to, outreach_of, walk_outreach
from core.courses.outreach_guards import OutreachCourse, state_after_reopening
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def resume_case(
    uow: UnitOfWork, *, case_id: CaseId, version: int, by: StaffId, at: datetime, tz: tzinfo
) -> OutreachCourse:
    """Support, the tie, or the preparation: which of them, the ledger says.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        today = local_day(at, tz=tz)
        course = await outreach_of(work, here.case)
        to = state_after_reopening(course, await grounds_of(work, here.case, at=at, today=today))
        moved = await walk_outreach(work, here, to=to, at=at, today=today)
        await work.commit()
        return moved
