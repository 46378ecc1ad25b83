"""The two ends that no meeting decides: a death, and a move to another town [D].

Neither is a closing in the sense of R-069: there is nobody here any more to lead on for. What
the new town is told, it is told by a referral, and only with the person's consent.
"""

import enum
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar

from core.agencies import Role
from core.audit import AuditEvent
from core.cases import Case, CaseState
from core.courses.steps import Course
from core.courses.walking import CourseStepClosed, course_event
from core.errors import CaseworkError
from core.ids import StaffId

S = TypeVar("S", bound=str)
OVER: Final = frozenset(
    {
        CaseState.CLOSED,
        CaseState.FOLLOW_UP,
        CaseState.INTERRUPTED,
        CaseState.REFERRED_OUT,
        CaseState.NO_ACTION,
    }
)
# Of the two courses beside outreach; by name, since both spell them alike.
COURSE_OVER: Final = frozenset({"CLOSED", "KEEP_IN_TOUCH", "INTERRUPTED"})
# After a closing somebody keeps in touch; there is nobody here any more to keep in touch with.
_NOT_HERE: Final = OVER - {CaseState.FOLLOW_UP}


class EndReason(enum.StrEnum):
    """Why a case ends by itself."""

    DECEASED = "DECEASED"
    MOVED_AWAY = "MOVED_AWAY"


class PersonHasDied(CaseworkError):
    """Nothing begins again for somebody who has died (G-22)."""

    rule = "G-22"


def end_case(
    case: Case, *, why: EndReason, by: StaffId, role: Role, at: datetime
) -> tuple[Case, AuditEvent]:
    """The case at its end, from wherever it stood.

    Raises:
        CourseStepClosed: it has ended before; a death is noted all the same by whoever asks.
    """
    if case.state in _NOT_HERE and why is not EndReason.DECEASED:
        raise CourseStepClosed(state=case.state, to=CaseState.CLOSED, allowed="O16 REOPENED")
    event = course_event(
        "END",
        case_id=case.id,
        was=case.state,
        now=CaseState.CLOSED,
        by=by,
        role=role,
        at=at,
        reason=why.value,
    )
    return replace(case, state=CaseState.CLOSED), event


def ended_course(course: Course[S], *, closed: S) -> Course[S]:
    """A course of participation or multi-agency that ends with its case."""
    kept_up = course.state == "KEEP_IN_TOUCH"
    return replace(course, state=closed) if kept_up or course.state not in COURSE_OVER else course
