"""End a case by a death or a move to another town (亡くなられた・転居された) [D]."""

from dataclasses import replace
from datetime import date, datetime, tzinfo
from typing import Final

from core.access import Action
from core.agencies import Role
from core.cases import Case
from core.course_steps import AtWork, come_to, keep_case, rest_letters, tell_case
from core.courses import ending
from core.courses.ending import EndReason, ended_course
from core.courses.multi_agency import MultiAgencyState
from core.courses.participation import ParticipationState
from core.days import local_day
from core.errors import CaseworkError
from core.ids import CaseId, StaffId
from core.leaving import Leaving, leave_nothing_open
from core.letters import Reason
from core.ports import UnitOfWork, Work
from core.steps import Overtaken, cancel_unsent
from core.withdrawal import end_with_death, end_with_move

_WHO: Final = frozenset({Role.CASE_LEAD, Role.COORDINATOR, Role.OUTREACH_WORKER})


class NotYetHappened(CaseworkError):
    """A death or a move is noted when it has happened."""

    rule = "G-22"


async def end_case(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    why: EndReason,
    on: date,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Case:
    """All courses of the case end, from wherever they stood, agreed on or not; nobody is asked,
    and nothing of it stays open. Letters stop: after a death, on every case of the person, and
    with what the person had agreed to (C7).

    What another town is told, it is told by a referral, with the person's consent: after a move
    that consent stays, and their own line to us; the others end with their last case here.

    Args:
        on: the day of it.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed, NotYetHappened.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        if on > local_day(at, tz=tz):
            raise NotYetHappened(allowed="today or before")
        role = here.role_for(_WHO)
        ended, event = ending.end_case(here.case, why=why, by=by, role=role, at=at)
        kept = await keep_case(work, ended, was=here.case)
        await work.audit.append(replace(event, evidence=(*event.evidence, f"on={on}")))
        await _end_courses(work, kept)
        today = local_day(at, tz=tz)
        leaving = Leaving(by=by, role=role, at=at, today=today, reason=why.value)
        await leave_nothing_open(work, kept, leaving)
        await _stop_letters(work, here, why=why, on=on, at=at)
        if why is EndReason.DECEASED:
            await end_with_death(work, kept.person_id, case_id=kept.id, at=at, tz=tz)
        else:
            await end_with_move(work, kept.person_id, case_id=kept.id, at=at, tz=tz)
        await tell_case(work, kept, here.seats, at=at)
        await work.commit()
        return kept


async def _end_courses(work: Work, case: Case) -> None:
    taking_part = await work.courses.participation(case.id)
    if taking_part is not None:
        over = ended_course(taking_part, closed=ParticipationState.CLOSED)
        if over != taking_part and not await work.courses.change_participation(over):
            raise Overtaken(what="participation")
    together = await work.courses.multi_agency(case.id)
    if together is not None:
        done = ended_course(together, closed=MultiAgencyState.CLOSED)
        if done != together and not await work.courses.change_multi_agency(done):
            raise Overtaken(what="multi_agency")


async def _stop_letters(
    work: Work, here: AtWork, *, why: EndReason, on: date, at: datetime
) -> None:
    if why is EndReason.MOVED_AWAY:
        await rest_letters(work, here.case, Reason.CASE_RESTS, at=at)
        return
    person = await work.people.get(here.case.person_id)
    await work.people.put(replace(person, deceased_on=on))
    await cancel_unsent(work, person.id, Reason.DECEASED, at=at)
