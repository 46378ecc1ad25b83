"""Steps on courses that several use cases take inside their own open transaction.

What a row stands on is loaded in `core.course_grounds`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from core.access import Action, require
from core.agencies import Role, Seat, Staff
from core.audit import AuditEvent
from core.cases import Case, CaseState
from core.course_grounds import grounds_of
from core.courses.ending import COURSE_OVER, OVER
from core.courses.multi_agency import MultiAgencyState, advance_multi_agency
from core.courses.outreach import OutreachStep, advance
from core.courses.outreach_guards import (
    OutreachCourse,
    ServiceUseMissing,
    SharingNotAgreed,
    SupportPlanNotFinal,
)
from core.courses.participation import ParticipationState, advance_participation
from core.courses.steps import Course, CourseStep
from core.courses.walking import course_event
from core.errors import NotFound
from core.ids import CaseId, StaffId
from core.plans.record import Plan
from core.ports import Work
from core.programmes import Programme
from core.steps import Overtaken, acting_role, note_fact, refresh_desks, watchers

S = TypeVar("S", bound=str)


@dataclass(frozen=True, kw_only=True, slots=True)
class AtWork:
    """A colleague before a case whose door was opened to them.

    Attributes:
        opened: the role that opened the door.
        seats: of the case; whoever leads it sits there as its lead, too.
    """

    staff: Staff
    case: Case
    seats: tuple[Seat, ...]
    opened: Role

    def role_for(self, allowed: frozenset[Role]) -> Role:
        """In which role this colleague takes a row. Raises: RoleNeeded."""
        return acting_role(self.staff, self.seats, allowed)


async def seats_of(work: Work, case: Case) -> tuple[Seat, ...]:
    """The seats of a case; whoever leads it sits there as its lead."""
    seats = await work.staff.seats(case.id)
    if case.lead_staff_id is None:
        return seats
    lead = Seat(case_id=case.id, staff_id=case.lead_staff_id, role=Role.CASE_LEAD)
    return seats if lead in seats else (*seats, lead)


async def come_to(
    work: Work, case_id: CaseId, *, by: StaffId, action: Action, version: int | None = None
) -> AtWork:
    """The door of a case.

    Args:
        version: of the case as it was shown; None where the row carries its own.

    Raises:
        NotFound, NotActive, NotYours. Overtaken: the case has moved since.
    """
    case = await work.cases.get(case_id)
    if version is not None and case.version != version:
        raise Overtaken(what="case")
    staff = await work.staff.get(by)
    seats = await seats_of(work, case)
    opened = require(staff, action, case_id=case_id, seats=seats).role
    return AtWork(staff=staff, case=case, seats=seats, opened=opened)


async def outreach_of(work: Work, case: Case) -> OutreachCourse:
    """The outreach course.

    Raises:
        NotFound: nobody reaches out on this case.
    """
    course = await work.courses.outreach(case)
    if course is None:
        raise NotFound(what="outreach", id=case.id)
    return course


async def keep_case(work: Work, case: Case, *, was: Case) -> Case:
    """Put a changed case in the place of the one it was made from. Raises: Overtaken."""
    kept = replace(case, version=was.version + 1)
    if not await work.cases.change(kept, version=was.version):
        raise Overtaken(what="case")
    return kept


async def keep_outreach(work: Work, step: OutreachStep, *, was: Case) -> OutreachCourse:
    """Write a step of outreach down: case, course, events. Raises: Overtaken."""
    kept = replace(step.course, case=await keep_case(work, step.course.case, was=was))
    await work.courses.put_outreach(kept)
    await work.audit.append(*step.events)
    return kept


async def keep_participation(
    work: Work, step: CourseStep[ParticipationState]
) -> Course[ParticipationState]:
    """Write a step of participation down. Raises: Overtaken."""
    if not await work.courses.change_participation(step.course):
        raise Overtaken(what="participation")
    await work.audit.append(*step.events)
    return replace(step.course, version=step.course.version + 1)


async def keep_multi_agency(
    work: Work, step: CourseStep[MultiAgencyState]
) -> Course[MultiAgencyState]:
    """Write a step of multi-agency down. Raises: Overtaken."""
    if not await work.courses.change_multi_agency(step.course):
        raise Overtaken(what="multi_agency")
    await work.audit.append(*step.events)
    return replace(step.course, version=step.course.version + 1)


async def settle_case(
    work: Work, case: Case, *, by: StaffId | str, role: Role, at: datetime
) -> Case:
    """Bring a case that nobody reaches out on in line with its other courses.

    It is CLOSED when the last of them is over, and RECEIVED again when one goes on [D].
    """
    if await work.courses.outreach(case) is not None:
        return case
    courses: list[Course[ParticipationState] | Course[MultiAgencyState]] = [
        course
        for course in (
            await work.courses.participation(case.id),
            await work.courses.multi_agency(case.id),
        )
        if course is not None
    ]
    over = all(course.state in COURSE_OVER for course in courses)
    now = CaseState.CLOSED if over and courses else CaseState.RECEIVED
    if now is case.state:
        return case
    event = course_event("CASE", case_id=case.id, was=case.state, now=now, by=by, role=role, at=at)
    await work.audit.append(event)
    return await keep_case(work, replace(case, state=now), was=case)


async def tell_case(work: Work, case: Case, seats: Iterable[Seat], *, at: datetime) -> None:
    """What happened is news about the person: letters wait, and desks are drawn anew."""
    await note_fact(work, case.id, at=at)
    await refresh_desks(work, watchers(case, seats), at=at)


async def support_begins(
    work: Work,
    *,
    case: Case,
    plan: Plan,
    by: StaffId | str,
    role: Role,
    at: datetime,
    today: date,
) -> None:
    """O7, PT4 or MK5, in the transaction in which a plan becomes final.

    Where the row is not open from where the course stands, or the person has not agreed to what
    it needs, the course stays; whoever works on it takes the row later.
    """
    given = await grounds_of(work, case, at=at, today=today, programme=plan.programme, plan=plan)
    try:
        match plan.programme:
            case Programme.OUTREACH:
                outreach = await work.courses.outreach(case)
                if outreach is not None and outreach.state is CaseState.CONSENTED:
                    to = CaseState.CONTINUING_SUPPORT
                    step = advance(outreach, to=to, by=by, role=role, grounds=given)
                    await keep_outreach(work, step, was=case)
            case Programme.PARTICIPATION:
                taking_part = await work.courses.participation(case.id)
                if taking_part is not None and taking_part.state is ParticipationState.PLAN:
                    await keep_participation(
                        work,
                        advance_participation(
                            taking_part,
                            to=ParticipationState.MATCHING,
                            by=by,
                            role=role,
                            grounds=given,
                        ),
                    )
            case Programme.MULTI_AGENCY:
                together = await work.courses.multi_agency(case.id)
                if together is not None and together.state is MultiAgencyState.PLAN:
                    await keep_multi_agency(
                        work,
                        advance_multi_agency(
                            together,
                            to=MultiAgencyState.COORDINATING,
                            by=by,
                            role=role,
                            grounds=given,
                        ),
                    )
    except (ServiceUseMissing, SupportPlanNotFinal, SharingNotAgreed):
        return


def event_of(
    action: str,
    case: Case,
    *,
    by: StaffId | str,
    role: Role,
    at: datetime,
    was: str = "",
    now: str = "",
    reason: str = "",
    evidence: tuple[str, ...] = (),
) -> AuditEvent:
    """An event of a case that is no row of a machine."""
    return AuditEvent(
        action=action,
        at=at,
        actor=by,
        role=role.value,
        subject=case.id,
        case_id=case.id,
        was=was,
        now=now,
        reason=reason,
        evidence=evidence,
    )


def is_over(case: Case) -> bool:
    """Whether the case has come to an end, of whatever kind."""
    return case.state in OVER
