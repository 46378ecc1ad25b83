"""Taking one row of a table: found, allowed to this role, its guards asked, written down."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from core.agencies import Role
from core.audit import AuditEvent
from core.courses.grounds import Grounds
from core.errors import CaseworkError
from core.ids import CaseId, StaffId
from core.transitions import Row, named, steps_from

C = TypeVar("C")
S = TypeVar("S", bound=str)
Guard = Callable[[C, Grounds], None]


class CourseStepClosed(CaseworkError):
    """The case has no such step from here. Facts: `state`, `to`, `allowed`."""

    rule = "DOMAIN-3.1"


class CourseStepNotTheirs(CaseworkError):
    """This role does not take this step. Facts: `row`, `role`, `allowed`."""

    rule = "DOMAIN-3.7"


def choose(table: Iterable[Row[S, Guard[C]]], *, state: S, to: S, role: Role) -> Row[S, Guard[C]]:
    """The row from `state` to `to`, if there is one and this role may take it.

    Raises:
        CourseStepClosed, CourseStepNotTheirs.
    """
    row = row_to(table, state=state, to=to)
    if role not in row.who:
        raise CourseStepNotTheirs(row=row.id, role=role.value, allowed=", ".join(sorted(row.who)))
    return row


def row_to(table: Iterable[Row[S, Guard[C]]], *, state: S, to: S) -> Row[S, Guard[C]]:
    """The row from `state` to `to`, whoever may take it.

    Raises:
        CourseStepClosed.
    """
    rows = steps_from(table, state)
    row = next((row for row in rows if row.to == to), None)
    if row is None:
        raise CourseStepClosed(state=state, to=to, allowed=named(rows) or "a new case")
    return row


def course_event(
    row: str,
    *,
    case_id: CaseId,
    was: str,
    now: str,
    by: StaffId | str,
    role: Role,
    at: datetime,
    reason: str = "",
    evidence: tuple[str, ...] = (),
) -> AuditEvent:
    """The event of a step: who, in which role, when, from where to where, why, on what."""
    return AuditEvent(
        action="case.moved",
        at=at,
        actor=by,
        role=role.value,
        subject=case_id,
        case_id=case_id,
        was=was,
        now=now,
        reason=reason,
        evidence=(f"row={row}", *evidence),
    )


def proof(grounds: Grounds) -> tuple[str, ...]:
    """Ids of what a step stood on, as evidence."""
    found = (
        ("assessment", grounds.assessment),
        ("plan", grounds.plan.id if grounds.plan else ""),
        ("evaluation", grounds.evaluation),
        ("meeting", grounds.meeting.meeting_id if grounds.meeting else ""),
        ("match", grounds.match),
        *(("sign", sign) for sign in grounds.signs),
    )
    return tuple(f"{name}={value}" for name, value in found if value)
