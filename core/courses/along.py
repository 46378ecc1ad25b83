"""How a course beside outreach goes along its table; participation and multi-agency are two."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic

from core.agencies import Role
from core.courses.grounds import Grounds
from core.courses.steps import Course, CourseStep, S
from core.courses.walking import Guard, choose, course_event, proof
from core.ids import CaseId, PersonId, StaffId
from core.programmes import Programme
from core.transitions import Row


@dataclass(frozen=True, kw_only=True, slots=True)
class Machine(Generic[S]):
    """The table of a course, and what its rows write on it beside its state.

    Attributes:
        begins: the row by which a case is taken in; it stands at `received` then.
        plan, under_way, interrupted, reopened, closed: where rows that both machines have lead.
        writes: the course after a row of this id, its state already changed.
    """

    programme: Programme
    table: tuple[Row[S, Guard[Course[S]]], ...]
    begins: str
    received: S
    plan: S
    under_way: S
    interrupted: S
    reopened: S
    closed: S
    writes: Callable[[str, Course[S], Grounds], Course[S]]


def receive(
    machine: Machine[S],
    case_id: CaseId,
    *,
    person: PersonId,
    by: StaffId,
    role: Role,
    grounds: Grounds,
) -> CourseStep[S]:
    """PT1, MK1: taken in, whatever the query is (R-001)."""
    course = Course(
        case_id=case_id, person_id=person, programme=machine.programme, state=machine.received
    )
    event = course_event(
        machine.begins,
        case_id=case_id,
        was="",
        now=machine.received,
        by=by,
        role=role,
        at=grounds.at,
    )
    return CourseStep(course=course, events=(event,))


def advance_course(
    machine: Machine[S],
    course: Course[S],
    *,
    to: S,
    by: StaffId | str,
    role: Role,
    grounds: Grounds,
) -> CourseStep[S]:
    """Take the row from the present state to `to`.

    Raises:
        CourseStepClosed, CourseStepNotTheirs, or the refusal of the first guard that fails.
    """
    row = choose(machine.table, state=course.state, to=to, role=role)
    for ask in row.guards:
        ask(course, grounds)
    event = course_event(
        row.id,
        case_id=course.case_id,
        was=course.state,
        now=to,
        by=by,
        role=role,
        at=grounds.at,
        reason=grounds.reason or (grounds.reopen or grounds.screening or ""),
        evidence=proof(grounds),
    )
    moved = machine.writes(row.id, replace(course, state=to), grounds)
    return CourseStep(course=moved, events=(event,))
