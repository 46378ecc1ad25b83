"""The outreach course: rows O1 to O20 (DOMAIN §3.1).

O18, the emergency, is an overlay over all states and stands in `core.emergency`.
"""

from dataclasses import dataclass, replace
from typing import Final

from core.agencies import Role
from core.audit import AuditEvent
from core.cases import Case, CaseState
from core.closing import with_next_contact
from core.courses import outreach_guards as guard
from core.courses.grounds import Grounds, applied
from core.courses.modes import ModeReason, ModeUnfit, SupportMode, require_reason_for
from core.courses.outreach_guards import CONSENT_STATES, OutreachCourse, ReturnsElsewhere
from core.courses.walking import (
    CourseStepClosed,
    CourseStepNotTheirs,
    Guard,
    choose,
    course_event,
    proof,
)
from core.discovery import Discovery, require_source
from core.ids import StaffId
from core.programmes import Programme
from core.transitions import ANY_STAFF, Row, named, steps_from

_S = CaseState
_R = Role
_OUTREACH: Final = frozenset({_R.OUTREACH_WORKER, _R.CASE_LEAD})
_WITH_COORDINATOR: Final = frozenset({_R.OUTREACH_WORKER, _R.COORDINATOR})
_LEAD: Final = frozenset({_R.CASE_LEAD})
_COORDINATOR: Final = frozenset({_R.COORDINATOR})
# A meeting decides; its chair or secretariat, or the coordinator, carries it over to the case.
_MEETING: Final = frozenset({_R.CHAIR, _R.SECRETARIAT, _R.CLERK, _R.COORDINATOR})
_DECISION: Final = frozenset({_R.MUNICIPAL_OFFICER, _R.SYSTEM})
_SYSTEM: Final = frozenset({_R.SYSTEM})
_ANYBODY: Final = ANY_STAFF | _SYSTEM
REVIEWABLE: Final = frozenset(
    {_S.RELATIONSHIP_BUILDING, _S.CONSENTED, _S.CONTINUING_SUPPORT, _S.CLOSING_REVIEW}
)


def _row(
    id: str,
    sources: set[CaseState] | frozenset[CaseState],
    to: CaseState,
    who: frozenset[Role],
    *guards: Guard[OutreachCourse],
) -> Row[CaseState, Guard[OutreachCourse]]:
    return Row(id=id, sources=frozenset(sources), to=to, who=who, guards=guards)


OUTREACH_TABLE: Final = (
    _row("O1", frozenset(), _S.DISCOVERED, ANY_STAFF),
    _row("O2", {_S.DISCOVERED}, _S.LEAD_REVIEW, _OUTREACH, guard.first_note),
    _row("O3", {_S.LEAD_REVIEW}, _S.PRE_COORDINATION, _WITH_COORDINATOR, guard.lead_here),
    _row("O4", {_S.LEAD_REVIEW}, _S.REFERRED_OUT, _WITH_COORDINATOR, guard.lead_elsewhere),
    _row(
        "O5",
        {_S.PRE_COORDINATION},
        _S.RELATIONSHIP_BUILDING,
        _OUTREACH,
        guard.prepared,
        guard.preconsent_plan,
    ),
    _row("O6", {_S.RELATIONSHIP_BUILDING}, _S.CONSENTED, _OUTREACH, guard.has_applied),
    _row(
        "O7",
        {_S.CONSENTED},
        _S.CONTINUING_SUPPORT,
        _DECISION,
        guard.has_applied,
        guard.final_plan,
    ),
    _row(
        "O9",
        {_S.CONTINUING_SUPPORT},
        _S.CLOSING_REVIEW,
        _LEAD,
        guard.has_applied,
        guard.closing_evaluated,
    ),
    _row(
        "O10",
        {_S.CLOSING_REVIEW},
        _S.CLOSED,
        _COORDINATOR,
        guard.closing_decided,
        guard.handed_on,
    ),
    _row(
        "O11",
        {_S.CLOSING_REVIEW},
        _S.CONTINUING_SUPPORT,
        _MEETING,
        guard.has_applied,
        guard.not_yet,
    ),
    _row("O12", {_S.CLOSED}, _S.FOLLOW_UP, _SYSTEM, guard.next_contact),
    _row("O13", REVIEWABLE, _S.INTERRUPTION_REVIEW, _LEAD, guard.contact_lost),
    _row(
        "O14",
        {_S.INTERRUPTION_REVIEW},
        _S.INTERRUPTED,
        _MEETING,
        guard.contact_lost,
        guard.interruption_decided,
    ),
    *(
        _row("O15", {_S.INTERRUPTION_REVIEW}, back, _ANYBODY, guard.sign_of_contact)
        for back in sorted(REVIEWABLE)
    ),
    _row(
        "O16",
        {_S.CLOSED, _S.FOLLOW_UP, _S.INTERRUPTED},
        _S.REOPENED,
        ANY_STAFF,
        guard.reopening_reason,
    ),
    *(
        _row("O17", {_S.REOPENED}, again, _COORDINATOR)
        for again in (_S.PRE_COORDINATION, _S.RELATIONSHIP_BUILDING, _S.CONTINUING_SUPPORT)
    ),
    _row("O19", CONSENT_STATES, _S.RELATIONSHIP_BUILDING, _ANYBODY, guard.consent_gone),
    _row(
        "O20",
        {_S.DISCOVERED, _S.LEAD_REVIEW},
        _S.NO_ACTION,
        _COORDINATOR,
        guard.no_action,
    ),
    # [D] an approach that never came to consent, and whose case is closed in the SHIEN body.
    _row(
        "O20",
        {_S.PRE_COORDINATION, _S.RELATIONSHIP_BUILDING},
        _S.NO_ACTION,
        _COORDINATOR,
        guard.no_action,
        guard.ended_without_consent,
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class OutreachStep:
    """The course after a step, and what the audit is told."""

    course: OutreachCourse
    events: tuple[AuditEvent, ...]


def discover(
    case: Case, *, discovery: Discovery, by: StaffId, role: Role, grounds: Grounds
) -> OutreachStep:
    """O1: a case begins, whatever is known or not known of the person (R-001).

    A case that participation or multi-agency has taken in goes on under the same number.

    Args:
        case: a new one, DISCOVERED as it stands; or one that has no outreach yet.

    Raises:
        CourseStepNotTheirs, SourceUnrecorded.
    """
    if role not in ANY_STAFF:
        raise CourseStepNotTheirs(row="O1", role=role.value, allowed="any staff")
    require_source(discovery)
    course = OutreachCourse(case=replace(case, state=_S.DISCOVERED), discovery=discovery)
    event = course_event(
        "O1",
        case_id=case.id,
        was="" if case.state is _S.DISCOVERED else case.state,
        now=_S.DISCOVERED,
        by=by,
        role=role,
        at=grounds.at,
        reason=discovery.route.value,
    )
    return OutreachStep(course=course, events=(event,))


def advance(
    course: OutreachCourse, *, to: CaseState, by: StaffId | str, role: Role, grounds: Grounds
) -> OutreachStep:
    """Take the row from the present state to `to`.

    Raises:
        CourseStepClosed, CourseStepNotTheirs: no such row, or not for this role.
        CaseworkError: the refusal of the first guard that does not hold.
    """
    row = choose(OUTREACH_TABLE, state=course.state, to=to, role=role)
    for ask in row.guards:
        ask(course, grounds)
    if row.id in ("O15", "O17"):
        _require_way_back(row.id, course, to=to, grounds=grounds)
    after = _carry(row.id, course, grounds=grounds)
    event = course_event(
        row.id,
        case_id=course.case.id,
        was=course.state,
        now=to,
        by=by,
        role=role,
        at=grounds.at,
        reason=grounds.reason or (grounds.reopen or ""),
        evidence=proof(grounds),
    )
    moved = replace(after, case=replace(after.case, state=to))
    return OutreachStep(course=moved, events=(event,))


def change_mode(
    course: OutreachCourse,
    *,
    mode: SupportMode,
    why: ModeReason,
    by: StaffId,
    role: Role,
    grounds: Grounds,
) -> OutreachStep:
    """O8: alone, or together with multi-agency, as fits the person.

    Raises:
        CourseStepClosed, CourseStepNotTheirs, ModeUnfit.
    """
    if course.state is not _S.CONTINUING_SUPPORT:
        rows = named(steps_from(OUTREACH_TABLE, course.state))
        raise CourseStepClosed(state=course.state, to=mode, allowed=rows or "a new case")
    if role not in _WITH_COORDINATOR:
        raise CourseStepNotTheirs(
            row="O8", role=role.value, allowed=", ".join(sorted(_WITH_COORDINATOR))
        )
    require_reason_for(mode, reason=why)
    person = course.case.person_id
    together = mode is SupportMode.WITH_MULTI_AGENCY
    if together and not applied(grounds, person=person, programme=Programme.MULTI_AGENCY):
        raise ModeUnfit(allowed="SOLO; C1 for SERVICE_USE(multi_agency)")
    event = course_event(
        "O8",
        case_id=course.case.id,
        was=course.mode or "",
        now=mode,
        by=by,
        role=role,
        at=grounds.at,
        reason=why.value,
    )
    return OutreachStep(course=replace(course, mode=mode), events=(event,))


def after_consent_ended(
    course: OutreachCourse, *, by: StaffId | str, role: Role, grounds: Grounds
) -> OutreachStep:
    """O19 where it applies, in the transaction that ends a consent; else the state stays.

    Args:
        grounds: with the ledger as it is after the change.
    """
    person = course.case.person_id
    stands = applied(grounds, person=person, programme=Programme.OUTREACH)
    if course.state in CONSENT_STATES and not stands:
        return advance(course, to=_S.RELATIONSHIP_BUILDING, by=by, role=role, grounds=grounds)
    if not stands:
        return OutreachStep(course=replace(course, supported=False, mode=None), events=())
    together = course.mode is SupportMode.WITH_MULTI_AGENCY
    if together and not applied(grounds, person=person, programme=Programme.MULTI_AGENCY):
        event = course_event(
            "O8",
            case_id=course.case.id,
            was=SupportMode.WITH_MULTI_AGENCY,
            now=SupportMode.SOLO,
            by=by,
            role=role,
            at=grounds.at,
            reason="consent ended",
        )
        return OutreachStep(course=replace(course, mode=SupportMode.SOLO), events=(event,))
    return OutreachStep(course=course, events=())


def _require_way_back(row: str, course: OutreachCourse, *, to: CaseState, grounds: Grounds) -> None:
    if row == "O15":
        back = guard.state_before_review(course, grounds)
    else:
        back = guard.state_after_reopening(course, grounds)
    if to is not back:
        raise ReturnsElsewhere(state=course.state, to=to, allowed=f"{row} {back}")


def _carry(row: str, course: OutreachCourse, *, grounds: Grounds) -> OutreachCourse:
    """What a row writes on the course beside its state."""
    match row:
        case "O3" | "O4":
            return replace(course, lead=grounds.lead)
        case "O5":
            return replace(course, preparation=grounds.preparation or course.preparation)
        case "O7":
            return replace(course, supported=True)
        case "O12":
            post = with_next_contact(course.post_closing, grounds.closing)
            return replace(course, post_closing=post)
        case "O9" | "O10" | "O20":
            return replace(course, post_closing=grounds.closing or course.post_closing)
        case "O13":
            return replace(course, before_review=course.state, lost_since=grounds.lost_since)
        case "O14":
            return replace(course, before_review=None)
        case "O15":
            return replace(course, before_review=None, lost_since=None)
        case "O16":
            return replace(course, mode=None, lost_since=None)
        case "O19":
            return replace(course, mode=None, supported=False)
    return course
