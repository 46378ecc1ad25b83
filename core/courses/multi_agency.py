"""The course of multi-agency support (DOMAIN §3.1, S0 第3-5(3)); row ids MK are ours [D]."""

import enum
from dataclasses import replace
from typing import Final

from core.agencies import Role
from core.assessments import Screening
from core.courses import steps
from core.courses.grounds import Grounds, applied
from core.courses.outreach_guards import SupportPlanNotFinal
from core.courses.steps import Course, CourseStep
from core.courses.walking import Guard, choose, course_event, proof
from core.errors import CaseworkError
from core.ids import CaseId, PersonId, StaffId
from core.programmes import Programme
from core.transitions import ANY_STAFF, Row


class MultiAgencyState(enum.StrEnum):
    """The states of DOMAIN §3.1; INTERRUPTED follows R-030 [I]."""

    RECEIVED = "RECEIVED"
    SCREENED = "SCREENED"
    ASSESSING = "ASSESSING"
    PLAN = "PLAN"
    COORDINATING = "COORDINATING"
    CLOSED = "CLOSED"
    INTERRUPTED = "INTERRUPTED"
    REOPENED = "REOPENED"


class ScreeningUndecided(CaseworkError):
    """A screening ends with a finding, such as taken on or given back. Facts: `allowed`."""

    rule = "F5"


class ReturnUnprepared(CaseworkError):
    """A case goes back after talking with the source, and a link stays (R-008).

    Facts: `missing`, `allowed`.
    """

    rule = "R-008"


class NotAccepted(CaseworkError):
    """The case was given back to its source; it may be referred anew (R-008)."""

    rule = "R-008"


class DirectAssessmentUncoordinated(CaseworkError):
    """Source and agencies assess; whoever asks the person directly coordinates first (R-005)."""

    rule = "R-005"


MultiAgency = Course[MultiAgencyState]
_S = MultiAgencyState
_COORDINATOR: Final = frozenset({Role.COORDINATOR})
_DECISION: Final = _COORDINATOR | {Role.MUNICIPAL_OFFICER, Role.SYSTEM}
_MEETING: Final = frozenset({Role.CHAIR, Role.SECRETARIAT, Role.CLERK, Role.COORDINATOR})
_ACTIVE: Final = frozenset({_S.ASSESSING, _S.PLAN, _S.COORDINATING})
_CONSENTED: Final = frozenset({_S.PLAN, _S.COORDINATING})


def screened(course: MultiAgency, g: Grounds) -> None:
    """Taken on, or given back with a link (R-008)."""
    if g.screening is None:
        raise ScreeningUndecided(allowed=", ".join(Screening))
    if g.screening is Screening.RETURN_TO_SOURCE:
        there = (("source_told", g.source_told), ("linked", bool(g.linked_arrangement.strip())))
        missing = [name for name, is_there in there if not is_there]
        if missing:
            raise ReturnUnprepared(missing=", ".join(missing), allowed="talk with the source")


def accepted(course: MultiAgency, g: Grounds) -> None:
    """Only a case that was taken on goes on."""
    if course.screening is not Screening.ACCEPT:
        raise NotAccepted(allowed="a new referral")


def coordinated(course: MultiAgency, g: Grounds) -> None:
    """R-005."""
    if g.direct_assessment and not g.coordination_note.strip():
        raise DirectAssessmentUncoordinated(allowed="a note of what was agreed with the source")


def still_supported(course: MultiAgency, g: Grounds) -> None:
    """Coordination goes on where a plan was final and the application stands."""
    steps.has_applied(course, g)
    if not course.supported:
        raise SupportPlanNotFinal(allowed="MK10 ASSESSING")


def _row(
    id: str,
    sources: set[MultiAgencyState] | frozenset[MultiAgencyState],
    to: MultiAgencyState,
    who: frozenset[Role],
    *guards: Guard[MultiAgency],
) -> Row[MultiAgencyState, Guard[MultiAgency]]:
    return Row(id=id, sources=frozenset(sources), to=to, who=who, guards=guards)


MULTI_AGENCY_TABLE: Final = (
    _row("MK1", frozenset(), _S.RECEIVED, ANY_STAFF),
    _row("MK2", {_S.RECEIVED, _S.REOPENED}, _S.SCREENED, _COORDINATOR, screened),
    _row("MK3", {_S.SCREENED}, _S.ASSESSING, _COORDINATOR, accepted, coordinated),
    _row(
        "MK4",
        {_S.ASSESSING},
        _S.PLAN,
        _COORDINATOR,
        steps.has_applied,
        steps.has_assessment,
    ),
    _row(
        "MK5",
        {_S.PLAN},
        _S.COORDINATING,
        _DECISION,
        steps.has_applied,
        steps.plan_is_final,
    ),
    _row("MK6", {_S.COORDINATING}, _S.PLAN, _MEETING, steps.has_applied, steps.may_replan),
    _row("MK7", {_S.COORDINATING}, _S.CLOSED, _COORDINATOR, steps.may_close),
    _row("MK8", _ACTIVE, _S.INTERRUPTED, _MEETING, steps.may_interrupt),
    _row(
        "MK9",
        {_S.CLOSED, _S.INTERRUPTED},
        _S.REOPENED,
        ANY_STAFF,
        steps.reason_to_reopen,
    ),
    _row("MK10", {_S.REOPENED}, _S.ASSESSING, _COORDINATOR, accepted),
    _row("MK11", {_S.REOPENED}, _S.COORDINATING, _COORDINATOR, still_supported),
    _row("MK12", _CONSENTED, _S.ASSESSING, ANY_STAFF | {Role.SYSTEM}, steps.consent_gone),
    _row(
        "MK13",
        {_S.RECEIVED, _S.SCREENED, _S.ASSESSING, _S.REOPENED},
        _S.CLOSED,
        _COORDINATOR,
        steps.let_go,
    ),
)


def receive_multi_agency(
    case_id: CaseId, *, person: PersonId, by: StaffId, role: Role, grounds: Grounds
) -> CourseStep[MultiAgencyState]:
    """MK1: taken in, whatever the query is (R-001)."""
    course = Course(
        case_id=case_id,
        person_id=person,
        programme=Programme.MULTI_AGENCY,
        state=_S.RECEIVED,
    )
    event = course_event(
        "MK1", case_id=case_id, was="", now=_S.RECEIVED, by=by, role=role, at=grounds.at
    )
    return CourseStep(course=course, events=(event,))


def advance_multi_agency(
    course: MultiAgency,
    *,
    to: MultiAgencyState,
    by: StaffId | str,
    role: Role,
    grounds: Grounds,
) -> CourseStep[MultiAgencyState]:
    """Take the row from the present state to `to`.

    Raises:
        CourseStepClosed, CourseStepNotTheirs, or the refusal of the first guard that fails.
    """
    row = choose(MULTI_AGENCY_TABLE, state=course.state, to=to, role=role)
    for ask in row.guards:
        ask(course, grounds)
    moved = replace(course, state=to)
    match row.id:
        case "MK2":
            moved = replace(moved, screening=grounds.screening)
        case "MK5":
            moved = replace(moved, supported=True)
        case "MK7":
            moved = replace(moved, post_closing=grounds.closing)
        case "MK8" | "MK9":
            moved = replace(moved, lost_since=grounds.lost_since)
        case "MK12":
            moved = replace(moved, supported=False)
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
    return CourseStep(course=moved, events=(event,))


def multi_agency_after_consent_ended(
    course: MultiAgency, *, by: StaffId | str, role: Role, grounds: Grounds
) -> CourseStep[MultiAgencyState]:
    """MK12 where it applies, in the transaction that ends a consent; else the state stays."""
    if applied(grounds, person=course.person_id, programme=course.programme):
        return CourseStep(course=course, events=())
    if course.state not in _CONSENTED:
        return CourseStep(course=replace(course, supported=False), events=())
    return advance_multi_agency(course, to=_S.ASSESSING, by=by, role=role, grounds=grounds)
