"""The course of participation support (DOMAIN §3.1, S0 第3-2(3)); row ids PT are ours [D].

It may begin before the municipal decision where it cannot wait (R-061); the plan then comes
after, and nothing settles for good without it.
"""

import enum
from dataclasses import replace
from typing import Final

from core.agencies import Role
from core.closing import require_next_contact, with_next_contact
from core.courses import steps
from core.courses.grounds import Grounds, applied
from core.courses.steps import Course, CourseStep
from core.courses.walking import Guard, choose, course_event, proof
from core.errors import CaseworkError
from core.ids import CaseId, PersonId, StaffId
from core.programmes import Programme
from core.transitions import ANY_STAFF, Row


class ParticipationState(enum.StrEnum):
    """The states of DOMAIN §3.1; INTERRUPTED and REOPENED follow R-030 and R-070 [I]."""

    RECEIVED = "RECEIVED"
    ASSESSING = "ASSESSING"
    PLAN = "PLAN"
    MATCHING = "MATCHING"
    SETTLING = "SETTLING"
    CLOSED = "CLOSED"
    KEEP_IN_TOUCH = "KEEP_IN_TOUCH"
    INTERRUPTED = "INTERRUPTED"
    REOPENED = "REOPENED"


class EarlyStartUnexplained(CaseworkError):
    """Before the decision participation begins only for a reason (R-061). Facts: `allowed`."""

    rule = "R-061"


class MatchMissing(CaseworkError):
    """Settling needs a place that the person has tried (R-064)."""

    rule = "R-064"


class TiesNotStable(CaseworkError):
    """Participation closes when ties are there and stable (R-065)."""

    rule = "R-065"


Participation = Course[ParticipationState]
_S = ParticipationState
_WORKER: Final = frozenset({Role.PARTICIPATION_WORKER, Role.CASE_LEAD})
_DECISION: Final = _WORKER | {Role.MUNICIPAL_OFFICER, Role.SYSTEM}
_MEETING: Final = frozenset({Role.CHAIR, Role.SECRETARIAT, Role.CLERK, Role.COORDINATOR})
_SYSTEM: Final = frozenset({Role.SYSTEM})
_ACTIVE: Final = frozenset({_S.ASSESSING, _S.PLAN, _S.MATCHING, _S.SETTLING})


def early_start(course: Participation, g: Grounds) -> None:
    """R-061: named why it cannot wait."""
    if not g.early_start.strip():
        raise EarlyStartUnexplained(allowed="PT3 PLAN first; or say why it cannot wait")


def has_match(course: Participation, g: Grounds) -> None:
    """R-064: a place was tried."""
    if not g.match:
        raise MatchMissing(allowed="try a place first, in steps")


def stable(course: Participation, g: Grounds) -> None:
    """R-065: since when."""
    if g.stable_since is None or g.stable_since > g.today:
        raise TiesNotStable(allowed="go on settling; PT7 MATCHING")


def in_touch(course: Participation, g: Grounds) -> None:
    """R-065: ties are kept after the plan."""
    require_next_contact(g.closing or course.post_closing, today=g.today)


def _row(
    id: str,
    sources: set[ParticipationState] | frozenset[ParticipationState],
    to: ParticipationState,
    who: frozenset[Role],
    *guards: Guard[Participation],
) -> Row[ParticipationState, Guard[Participation]]:
    return Row(id=id, sources=frozenset(sources), to=to, who=who, guards=guards)


PARTICIPATION_TABLE: Final = (
    _row("PT1", frozenset(), _S.RECEIVED, ANY_STAFF),
    _row("PT2", {_S.RECEIVED}, _S.ASSESSING, _WORKER, steps.has_applied),
    _row("PT3", {_S.ASSESSING}, _S.PLAN, _WORKER, steps.has_applied, steps.has_assessment),
    _row("PT4", {_S.PLAN}, _S.MATCHING, _DECISION, steps.has_applied, steps.plan_is_final),
    _row("PT5", {_S.ASSESSING}, _S.MATCHING, _WORKER, steps.has_applied, early_start),
    _row(
        "PT6",
        {_S.MATCHING},
        _S.SETTLING,
        _WORKER,
        steps.has_applied,
        steps.plan_is_final,
        has_match,
    ),
    _row("PT7", {_S.SETTLING}, _S.MATCHING, _WORKER, steps.has_applied),
    _row("PT8", {_S.MATCHING, _S.SETTLING}, _S.PLAN, _MEETING, steps.has_applied, steps.may_replan),
    _row(
        "PT9",
        {_S.SETTLING},
        _S.CLOSED,
        frozenset({Role.COORDINATOR}),
        stable,
        steps.may_close,
    ),
    _row("PT10", {_S.CLOSED}, _S.KEEP_IN_TOUCH, _SYSTEM, in_touch),
    _row("PT11", _ACTIVE, _S.INTERRUPTED, _MEETING, steps.may_interrupt),
    _row(
        "PT12",
        {_S.CLOSED, _S.KEEP_IN_TOUCH, _S.INTERRUPTED},
        _S.REOPENED,
        ANY_STAFF,
        steps.reason_to_reopen,
    ),
    _row("PT13", {_S.REOPENED}, _S.RECEIVED, _WORKER | {Role.COORDINATOR}),
    _row("PT14", _ACTIVE, _S.RECEIVED, ANY_STAFF | _SYSTEM, steps.consent_gone),
    _row(
        "PT15",
        {_S.RECEIVED, _S.REOPENED},
        _S.CLOSED,
        frozenset({Role.COORDINATOR}),
        steps.let_go,
    ),
)


def receive_participation(
    case_id: CaseId, *, person: PersonId, by: StaffId, role: Role, grounds: Grounds
) -> CourseStep[ParticipationState]:
    """PT1: taken in, whatever the query is (R-001)."""
    course = Course(
        case_id=case_id,
        person_id=person,
        programme=Programme.PARTICIPATION,
        state=_S.RECEIVED,
    )
    event = course_event(
        "PT1", case_id=case_id, was="", now=_S.RECEIVED, by=by, role=role, at=grounds.at
    )
    return CourseStep(course=course, events=(event,))


def advance_participation(
    course: Participation,
    *,
    to: ParticipationState,
    by: StaffId | str,
    role: Role,
    grounds: Grounds,
) -> CourseStep[ParticipationState]:
    """Take the row from the present state to `to`.

    Raises:
        CourseStepClosed, CourseStepNotTheirs, or the refusal of the first guard that fails.
    """
    row = choose(PARTICIPATION_TABLE, state=course.state, to=to, role=role)
    for ask in row.guards:
        ask(course, grounds)
    moved = replace(course, state=to)
    match row.id:
        case "PT4" | "PT6":
            moved = replace(moved, supported=True)
        case "PT5":
            moved = replace(moved, early_start=grounds.early_start)
        case "PT9":
            moved = replace(moved, post_closing=grounds.closing, stable_since=grounds.stable_since)
        case "PT10":
            post = with_next_contact(course.post_closing, grounds.closing)
            moved = replace(moved, post_closing=post)
        case "PT11" | "PT12":
            moved = replace(moved, lost_since=grounds.lost_since)
        case "PT13" | "PT14":
            moved = replace(moved, supported=False, early_start="", stable_since=None)
    event = course_event(
        row.id,
        case_id=course.case_id,
        was=course.state,
        now=to,
        by=by,
        role=role,
        at=grounds.at,
        reason=grounds.reason or (grounds.reopen or ""),
        evidence=proof(grounds),
    )
    return CourseStep(course=moved, events=(event,))


def participation_after_consent_ended(
    course: Participation, *, by: StaffId | str, role: Role, grounds: Grounds
) -> CourseStep[ParticipationState]:
    """PT14 where it applies, in the transaction that ends a consent; else nothing changes."""
    stands = applied(grounds, person=course.person_id, programme=course.programme)
    if course.state not in _ACTIVE or stands:
        return CourseStep(course=course, events=())
    return advance_participation(course, to=_S.RECEIVED, by=by, role=role, grounds=grounds)
