"""Steps on courses that several use cases take inside their own open transaction.

What a row stands on is loaded in `core.course_grounds`; what follows by itself from what others
do stands in `core.course_echoes`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from core.access import Action, require
from core.agencies import Role, Seat, Staff
from core.audit import AuditEvent
from core.cases import Case, CaseState
from core.course_grounds import grounds_of
from core.course_kinds import KINDS, CourseKind, S
from core.courses.along import advance_course
from core.courses.ending import COURSE_OVER, OVER
from core.courses.outreach import OUTREACH_TABLE, OutreachStep, advance
from core.courses.outreach_guards import OutreachCourse
from core.courses.steps import Course, CourseStep
from core.courses.walking import course_event, row_to
from core.errors import NotFound
from core.ids import CaseId, StaffId
from core.letters import LetterKind, Reason
from core.ports import Work
from core.steps import Overtaken, acting_role, cancel, note_fact, refresh_desks, watchers

# Where no letter is on its way any more (S6).
RESTING: Final = OVER - {CaseState.FOLLOW_UP}
# Held without a seat on any one case (DOMAIN §3.7); all others work where they are seated.
AT_LARGE: Final = frozenset({Role.MUNICIPAL_OFFICER, Role.CHAIR, Role.SECRETARIAT, Role.CLERK})


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
        """In which role this colleague takes a row: of a seat on the case, or held at large.

        Raises:
            RoleNeeded.
        """
        if self.opened in allowed:
            return self.opened
        at_large = replace(self.staff, roles=self.staff.roles & AT_LARGE)
        return acting_role(at_large, self.seats, allowed)


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


async def course_of(work: Work, case: Case, kind: CourseKind[S]) -> Course[S]:
    """The course of participation or of multi-agency. Raises: NotFound."""
    course = await kind.of(work, case.id)
    if course is None:
        raise NotFound(what=kind.name, id=case.id)
    return course


async def course_shown(work: Work, case: Case, kind: CourseKind[S], *, version: int) -> None:
    """Refuse a step on a course that has moved since. Raises: NotFound, Overtaken."""
    if (await course_of(work, case, kind)).version != version:
        raise Overtaken(what=kind.name)


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
    if kept.state in RESTING:
        await rest_letters(work, kept.case, Reason.CASE_RESTS, at=step.events[0].at)
    return kept


async def rest_letters(work: Work, case: Case, reason: Reason, *, at: datetime) -> None:
    """Cancel what has not left on this case; letters of the person's other cases stay (S6)."""
    for letter in await work.letters.unsent_of_person(case.person_id):
        if letter.case_id == case.id and letter.kind is not LetterKind.ACKNOWLEDGEMENT:
            await cancel(work, letter, reason, at=at)


async def keep_course(work: Work, step: CourseStep[S], kind: CourseKind[S]) -> Course[S]:
    """Write a step of a course down. Raises: Overtaken."""
    if not await kind.change(work, step.course):
        raise Overtaken(what=kind.name)
    await work.audit.append(*step.events)
    return replace(step.course, version=step.course.version + 1)


async def walk_outreach(
    work: Work, here: AtWork, *, to: CaseState, at: datetime, today: date, **given: Any
) -> OutreachCourse:
    """Take a row of outreach on what the record and this colleague say; write it down and tell.

    Args:
        given: what only the colleague can say, by the names of `Grounds`.

    Raises:
        NotFound, RoleNeeded, Overtaken, CourseStepClosed, and what the row's guards raise.
    """
    course = await outreach_of(work, here.case)
    row = row_to(OUTREACH_TABLE, state=course.state, to=to)
    grounds = await grounds_of(work, here.case, at=at, today=today, **given)
    step = advance(course, to=to, by=here.staff.id, role=here.role_for(row.who), grounds=grounds)
    kept = await keep_outreach(work, step, was=here.case)
    await tell_case(work, kept.case, here.seats, at=at)
    return kept


async def walk_course(
    work: Work,
    here: AtWork,
    kind: CourseKind[S],
    *,
    to: S,
    at: datetime,
    today: date,
    **given: Any,
) -> Course[S]:
    """As `walk_outreach`, for participation or multi-agency."""
    machine = kind.machine
    course = await course_of(work, here.case, kind)
    row = row_to(machine.table, state=course.state, to=to)
    grounds = await grounds_of(
        work, here.case, at=at, today=today, programme=machine.programme, **given
    )
    role = here.role_for(row.who)
    step = advance_course(machine, course, to=to, by=here.staff.id, role=role, grounds=grounds)
    kept = await keep_course(work, step, kind)
    case = await settle_case(work, here.case, by=here.staff.id, role=role, at=at)
    await tell_case(work, case, here.seats, at=at)
    return kept


async def settle_case(
    work: Work, case: Case, *, by: StaffId | str, role: Role, at: datetime
) -> Case:
    """Bring a case that nobody reaches out on in line with its other courses.

    It is CLOSED when the last of them is over, and RECEIVED again when one goes on [D].
    """
    if await work.courses.outreach(case) is not None:
        return case
    found = [await kind.of(work, case.id) for kind in KINDS.values()]
    courses = [course for course in found if course is not None]
    over = all(course.state in COURSE_OVER for course in courses)
    now = CaseState.CLOSED if over and courses else CaseState.RECEIVED
    if now is case.state:
        return case
    event = course_event("CASE", case_id=case.id, was=case.state, now=now, by=by, role=role, at=at)
    await work.audit.append(event)
    kept = await keep_case(work, replace(case, state=now), was=case)
    if now is CaseState.CLOSED:
        await rest_letters(work, kept, Reason.CASE_RESTS, at=at)
    return kept


async def tell_case(work: Work, case: Case, seats: Iterable[Seat], *, at: datetime) -> None:
    """What happened is news about the person: letters wait, and desks are drawn anew."""
    await note_fact(work, case.id, at=at)
    await refresh_desks(work, watchers(case, seats), at=at)


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
