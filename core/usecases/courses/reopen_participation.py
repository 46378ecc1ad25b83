"""Begin participation again (参加支援を再開する): PT12, one step and no approval (R-070)."""

from datetime import datetime, tzinfo

from core.access import Action
from core.closing import ReopenReason
from core.course_steps import come_to, participation_shown, walk_participation
from core.courses.ending import PersonHasDied
from core.courses.participation import Participation, ParticipationState
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def reopen_participation(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    why: ReopenReason,
) -> Participation:
    """Whoever sees that it is needed may do it.

    Args:
        version: of the course as it was shown.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        PersonHasDied.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.LOG_CONTACT)
        await participation_shown(work, here.case, version=version)
        if (await work.people.get(here.case.person_id)).deceased_on is not None:
            raise PersonHasDied(allowed="a case of the family")
        moved = await walk_participation(
            work,
            here,
            to=ParticipationState.REOPENED,
            at=at,
            today=local_day(at, tz=tz),
            reopen=why,
        )
        await work.commit()
        return moved
