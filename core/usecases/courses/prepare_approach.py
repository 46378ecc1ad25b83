"""Prepare a first approach (事前調整を書く): the five parts (ア) to (オ) of R-022."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Final

from core.access import Action
from core.cases import CaseState
from core.course_steps import come_to, event_of, keep_case, outreach_of, tell_case
from core.courses.outreach_guards import OutreachCourse
from core.courses.walking import CourseStepClosed
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork
from core.preparation import PreCoordination, missing_in

_OPEN: Final = frozenset({CaseState.LEAD_REVIEW, CaseState.PRE_COORDINATION, CaseState.REOPENED})


async def prepare_approach(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    preparation: PreCoordination,
    by: StaffId,
    at: datetime,
) -> OutreachCourse:
    """Keep what has been prepared so far; parts that are not answered here stay as they were.

    Raises:
        NotFound, NotActive, NotYours, Overtaken.
        CourseStepClosed: the approach has begun, or the case has ended.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        course = await outreach_of(work, here.case)
        if course.state not in _OPEN:
            raise CourseStepClosed(
                state=course.state, to="PreCoordination", allowed=", ".join(sorted(_OPEN))
            )
        prepared = _over(course.preparation or PreCoordination(), preparation)
        case = await keep_case(work, here.case, was=here.case)
        now = replace(course, case=case, preparation=prepared)
        await work.courses.put_outreach(now)
        open_parts = tuple(f"open={part.value}" for part in missing_in(prepared))
        event = event_of("case.prepared", case, by=by, role=here.opened, at=at, evidence=open_parts)
        await work.audit.append(event)
        await tell_case(work, case, here.seats, at=at)
        await work.commit()
        return now


def _over(was: PreCoordination, told: PreCoordination) -> PreCoordination:
    answered = {f.name: getattr(told, f.name) for f in fields(told)}
    return replace(was, **{name: part for name, part in answered.items() if part is not None})
