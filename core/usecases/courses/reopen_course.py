"""Begin participation or multi-agency again (再開する): PT12, MK9, with no approval (R-070)."""

from datetime import datetime, tzinfo
from typing import Any

from core.access import Action
from core.closing import ReopenReason
from core.course_kinds import KINDS
from core.course_steps import come_to, course_shown, walk_course
from core.courses.ending import PersonHasDied
from core.courses.steps import Course
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork
from core.programmes import Programme


async def reopen_course(
    uow: UnitOfWork,
    *,
    programme: Programme,
    case_id: CaseId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    why: ReopenReason,
) -> Course[Any]:
    """Whoever sees that it is needed may do it.

    Args:
        programme: which of the two.
        version: of the course as it was shown.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        PersonHasDied.
    """
    kind = KINDS[programme]
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.LOG_CONTACT)
        await course_shown(work, here.case, kind, version=version)
        if (await work.people.get(here.case.person_id)).deceased_on is not None:
            raise PersonHasDied(allowed="a case of the family")
        moved = await walk_course(
            work,
            here,
            kind,
            to=kind.machine.reopened,
            at=at,
            today=local_day(at, tz=tz),
            reopen=why,
        )
        await work.commit()
        return moved
