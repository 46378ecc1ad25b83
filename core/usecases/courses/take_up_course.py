"""Take up another course on a case (支援を加える): O1, PT1, MK1 on a case that is there."""

from datetime import datetime, tzinfo

from core.access import Action
from core.case_beginnings import Beginning, begin_course
from core.cases import Case
from core.course_steps import come_to, settle_case, tell_case
from core.courses.ending import PersonHasDied
from core.courses.walking import CourseStepClosed
from core.days import local_day
from core.discovery import Discovery
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork
from core.programmes import Programme


async def take_up_course(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    programme: Programme,
    discovery: Discovery,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Case:
    """Participation, multi-agency or outreach begins on the same case, under the same number.

    Args:
        discovery: why now, and from whom: the source is on record in each course (R-027).

    Raises:
        NotFound, NotActive, NotYours. SourceUnrecorded. PersonHasDied.
        Overtaken: the case moved, or has this course already.
        CourseStepClosed: outreach was there before; it is reopened, not begun anew.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        if (await work.people.get(here.case.person_id)).deceased_on is not None:
            raise PersonHasDied(allowed="a case of the family")
        there = await work.courses.outreach(here.case)
        if programme is Programme.OUTREACH and there is not None:
            raise CourseStepClosed(state=here.case.state, to="DISCOVERED", allowed="O16 REOPENED")
        begins = Beginning(by=by, role=here.opened, at=at, today=local_day(at, tz=tz))
        begun = await begin_course(
            work, here.case, programme=programme, discovery=discovery, begins=begins
        )
        case = await settle_case(work, begun, by=by, role=here.opened, at=at)
        await tell_case(work, case, here.seats, at=at)
        await work.commit()
        return case
