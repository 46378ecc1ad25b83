"""Register a concern (相談・気がかりを登録する): O1, PT1, MK1; no query is turned away (R-001)."""

from datetime import datetime, tzinfo
from typing import Final

from core.access import Action, require
from core.case_beginnings import Beginning, KnownAs, Newcomer, begin_course, new_case, person_for
from core.cases import Case, CaseState, Urgency
from core.days import local_day
from core.discovery import Discovery
from core.errors import CaseworkError
from core.ids import PersonId, StaffId
from core.ports import UnitOfWork
from core.programmes import PLANNING, Programme
from core.steps import refresh_desks

_COURSES: Final = PLANNING


class NoSuchCourse(CaseworkError):
    """A case begins in outreach, participation or multi-agency. Facts: `allowed`."""

    rule = "R-001"


async def register_concern(
    uow: UnitOfWork,
    *,
    who: PersonId | KnownAs | Newcomer,
    discovery: Discovery,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    programme: Programme = Programme.OUTREACH,
    urgency: Urgency = Urgency.NORMAL,
) -> Case:
    """A new case, and the person and household where we did not know them.

    Whoever registers it sits on it in the role in which they did; others are seated by them.

    Args:
        who: somebody on record, by id or by the town's own code, or a newcomer of whom nothing
            need be known.
        programme: by which course it begins; it may take up others later.

    Raises:
        NotFound, NotActive, NotYours. SourceUnrecorded: R-027. NoSuchCourse.
    """
    async with uow.write() as work:
        staff = await work.staff.get(by)
        role = require(staff, Action.CREATE_CASE).role
        if programme not in _COURSES:
            raise NoSuchCourse(allowed=", ".join(sorted(_COURSES)))
        begins = Beginning(by=by, role=role, at=at, today=local_day(at, tz=tz))
        person = await person_for(work, who, begins=begins)
        out = programme is Programme.OUTREACH
        state = CaseState.DISCOVERED if out else CaseState.RECEIVED
        case = await new_case(work, person, state=state, urgency=urgency, begins=begins)
        begun = await begin_course(
            work, case, programme=programme, discovery=discovery, begins=begins
        )
        await refresh_desks(work, (by,), at=at)
        await work.commit()
        return begun
