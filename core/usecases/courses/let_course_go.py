"""End what was never agreed on (同意のないまま区切る): PT15, MK13 [D]."""

from datetime import datetime, tzinfo
from typing import Final

from core.access import Action
from core.agencies import Role
from core.closing import Farewell
from core.course_steps import (
    AtWork,
    come_to,
    multi_agency_shown,
    participation_shown,
    walk_multi_agency,
    walk_participation,
)
from core.courses.multi_agency import MultiAgency, MultiAgencyState
from core.courses.participation import Participation, ParticipationState
from core.days import local_day
from core.errors import NotFound
from core.ids import CaseId, StaffId
from core.leaving import Leaving, leave_nothing_open
from core.ports import UnitOfWork, Work
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
) -> Participation | MultiAgency:
    """Participation or multi-agency ends where no application is in force, or where it was given
    back to its source; no meeting is asked, and a case without another course ends with it.

    Args:
        version: of the course as it was shown.
        farewell: how letters came to their end, where they were sent.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        StillApplied: R-030. NoActionUnexplained: O20. FarewellOpen: G-21.
    """
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
        moved = await _end(
            work,
            here,
            leaving,
            programme=programme,
            version=version,
            source_told=source_told,
            farewell=farewell,
        )
        await leave_nothing_open(work, here.case, leaving)
        await work.commit()
        return moved


async def _end(
    work: Work,
    here: AtWork,
    leaving: Leaving,
    *,
    programme: Programme,
    version: int,
    source_told: bool,
    farewell: Farewell | None,
) -> Participation | MultiAgency:
    match programme:
        case Programme.PARTICIPATION:
            await participation_shown(work, here.case, version=version)
            return await walk_participation(
                work,
                here,
                to=ParticipationState.CLOSED,
                at=leaving.at,
                today=leaving.today,
                reason=leaving.reason,
                source_told=source_told,
                farewell=farewell,
            )
        case Programme.MULTI_AGENCY:
            await multi_agency_shown(work, here.case, version=version)
            return await walk_multi_agency(
                work,
                here,
                to=MultiAgencyState.CLOSED,
                at=leaving.at,
                today=leaving.today,
                reason=leaving.reason,
                source_told=source_told,
                farewell=farewell,
            )
    raise NotFound(what=programme.value, id=here.case.id)
