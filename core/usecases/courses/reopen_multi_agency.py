"""Untangle again (多機関協働を再開する): MK9, one step and no approval (R-070)."""

from datetime import datetime, tzinfo

from core.access import Action
from core.closing import ReopenReason
from core.course_steps import come_to, multi_agency_shown, walk_multi_agency
from core.courses.ending import PersonHasDied
from core.courses.multi_agency import MultiAgency, MultiAgencyState
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def reopen_multi_agency(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    why: ReopenReason,
) -> MultiAgency:
    """Whoever sees that it is needed may do it.

    Args:
        version: of the course as it was shown.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        PersonHasDied.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.LOG_CONTACT)
        await multi_agency_shown(work, here.case, version=version)
        if (await work.people.get(here.case.person_id)).deceased_on is not None:
            raise PersonHasDied(allowed="a case of the family")
        moved = await walk_multi_agency(
            work, here, to=MultiAgencyState.REOPENED, at=at, today=local_day(at, tz=tz), reopen=why
        )
        await work.commit()
        return moved
