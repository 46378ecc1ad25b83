"""Begin again (再開する): O16, one step and no approval (R-070)."""

from datetime import datetime, tzinfo

from core.access import Action
from core.cases import CaseState
from core.closing import ReopenReason
from core.course_steps import come_to, walk_outreach
from core.courses.ending import PersonHasDied
from core.courses.outreach_guards import OutreachCourse
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def reopen_case(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    why: ReopenReason,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> OutreachCourse:
    """Whoever sees that it is needed may do it; all that was kept is there.

    Raises:
        NotFound, NotActive, NotYours, Overtaken, CourseStepClosed. PersonHasDied.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.LOG_CONTACT, version=version)
        if (await work.people.get(here.case.person_id)).deceased_on is not None:
            raise PersonHasDied(allowed="a case of the family")
        moved = await walk_outreach(
            work, here, to=CaseState.REOPENED, at=at, today=local_day(at, tz=tz), reopen=why
        )
        await work.commit()
        return moved
