"""Settle when somebody keeps in touch next (次に様子をうかがう日を決める): R-065."""

from dataclasses import replace
from datetime import date, datetime, tzinfo

from core.access import Action
from core.cases import Case, CaseState
from core.closing import PostClosing, require_next_contact, with_next_contact
from core.course_steps import come_to, event_of, keep_case, tell_case
from core.courses.participation import ParticipationState
from core.courses.walking import CourseStepClosed
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork, Work
from core.steps import Overtaken


async def set_next_contact(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    on: date,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Case:
    """After a look, the day of the next; what was settled at closing stays.

    Raises:
        NotFound, NotActive, NotYours, Overtaken. NextContactUnset: a day that is past.
        CourseStepClosed: nobody keeps in touch on this case.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        posts = await work.courses.kept_in_touch([case_id])
        if case_id not in posts:
            raise CourseStepClosed(state=here.case.state, to="R-065", allowed="FOLLOW_UP")
        told = replace(posts[case_id], next_contact_on=on)
        require_next_contact(told, today=local_day(at, tz=tz))
        case = await keep_case(work, here.case, was=here.case)
        await _keep(work, case, told)
        event = event_of(
            "case.next_contact_set", case, by=by, role=here.opened, at=at, now=on.isoformat()
        )
        await work.audit.append(event)
        await tell_case(work, case, here.seats, at=at)
        await work.commit()
        return case


async def _keep(work: Work, case: Case, told: PostClosing) -> None:
    outreach = await work.courses.outreach(case)
    if outreach is not None and case.state is CaseState.FOLLOW_UP:
        post = with_next_contact(outreach.post_closing, told)
        await work.courses.put_outreach(replace(outreach, post_closing=post))
    taking_part = await work.courses.participation(case.id)
    if taking_part is not None and taking_part.state is ParticipationState.KEEP_IN_TOUCH:
        post = with_next_contact(taking_part.post_closing, told)
        if not await work.courses.change_participation(replace(taking_part, post_closing=post)):
            raise Overtaken(what="participation")
