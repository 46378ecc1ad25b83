"""The two courses beside outreach: the machine of each, and where the record keeps it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

from core.agencies import Role
from core.courses.along import Machine
from core.courses.grounds import Grounds
from core.courses.multi_agency import (
    MULTI_AGENCY,
    MultiAgencyState,
    multi_agency_after_consent_ended,
)
from core.courses.participation import (
    PARTICIPATION,
    ParticipationState,
    participation_after_consent_ended,
)
from core.courses.steps import Course, CourseStep
from core.ids import CaseId, StaffId
from core.ports import Work
from core.programmes import Programme

S = TypeVar("S", bound=str)


class AfterConsent(Protocol[S]):
    """What the course does when an application is not in force any more (PT14, MK12)."""

    def __call__(
        self, course: Course[S], *, by: StaffId | str, role: Role, grounds: Grounds
    ) -> CourseStep[S]: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseKind(Generic[S]):
    """One of the two.

    Attributes:
        name: how refusals call it.
        of: the course of a case, if it has one.
        add: whether it is new. change: whether nobody was faster; counts the version on.
    """

    name: str
    machine: Machine[S]
    of: Callable[[Work, CaseId], Awaitable[Course[S] | None]]
    add: Callable[[Work, Course[S]], Awaitable[bool]]
    change: Callable[[Work, Course[S]], Awaitable[bool]]
    after_consent_ended: AfterConsent[S]


TAKING_PART: Final[CourseKind[ParticipationState]] = CourseKind(
    name="participation",
    machine=PARTICIPATION,
    of=lambda work, case_id: work.courses.participation(case_id),
    add=lambda work, course: work.courses.add_participation(course),
    change=lambda work, course: work.courses.change_participation(course),
    after_consent_ended=participation_after_consent_ended,
)
TOGETHER: Final[CourseKind[MultiAgencyState]] = CourseKind(
    name="multi_agency",
    machine=MULTI_AGENCY,
    of=lambda work, case_id: work.courses.multi_agency(case_id),
    add=lambda work, course: work.courses.add_multi_agency(course),
    change=lambda work, course: work.courses.change_multi_agency(course),
    after_consent_ended=multi_agency_after_consent_ended,
)
KINDS: Final[dict[Programme, CourseKind[Any]]] = {
    Programme.PARTICIPATION: TAKING_PART,
    Programme.MULTI_AGENCY: TOGETHER,
}
