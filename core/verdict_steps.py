"""What a meeting decided on a case, taken over by whoever may, inside an open transaction."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Final

from core.access import Action
from core.agencies import Role, Seat
from core.audit import SYSTEM
from core.cases import Case, CaseState
from core.course_grounds import grounds_of
from core.course_kinds import KINDS, TAKING_PART, CourseKind, S
from core.course_steps import (
    AT_LARGE,
    AtWork,
    come_to,
    course_of,
    is_over,
    keep_course,
    keep_outreach,
    outreach_of,
    seats_of,
    settle_case,
    tell_case,
)
from core.courses.along import advance_course
from core.courses.ending import COURSE_OVER
from core.courses.outreach import advance
from core.courses.outreach_guards import OutreachCourse
from core.courses.participation import ParticipationState
from core.courses.steps import Course
from core.ids import StaffId
from core.meeting_steps import decision_of, note_followed, participant_of, role_here
from core.meetings.circles import NotInTheCircle
from core.meetings.ids import ItemId, MeetingId
from core.meetings.items import AgendaItem, AgendaPurpose
from core.meetings.results import NothingDecidedYet
from core.meetings.sittings import Meeting, MeetingState
from core.plans.decisions import MeetingDecision
from core.ports import Work
from core.programmes import Programme

_ENDS: Final = frozenset({AgendaPurpose.CLOSE, AgendaPurpose.INTERRUPT})


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """A firm decision on one item, and the role in which somebody takes it over."""

    meeting: Meeting
    item: AgendaItem
    decision: MeetingDecision
    case: Case
    seats: tuple[Seat, ...]
    by: StaffId
    role: Role


async def take_verdict(
    work: Work,
    meeting_id: MeetingId,
    item_id: ItemId,
    *,
    by: StaffId,
    allowed: frozenset[Role],
    tz: tzinfo,
) -> Verdict:
    """The decision on an item about a case, for whoever may bring the case in line with it.

    Args:
        allowed: the roles of the row; one of the table's takes part only from within the
            item's circle (R-082), one of the case's from their seat on it.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, NotAtTheTable, NotInTheCircle.
        NothingDecidedYet: dropped, undecided, not confirmed by the chair, or on no case.
    """
    meeting, decision = await decision_of(work, meeting_id, item_id, tz=tz)
    item = meeting.item(item_id)
    if item is None or item.case_id is None:
        raise NothingDecidedYet(item=item_id, allowed="record_decision,confirm_minutes")
    case = await work.cases.get(item.case_id)
    seats = await seats_of(work, case)
    role = await _role(work, item, case, by=by, allowed=allowed)
    return Verdict(
        meeting=meeting,
        item=item,
        decision=decision,
        case=case,
        seats=seats,
        by=by,
        role=role,
    )


async def note_verdict_followed(work: Work, verdict: Verdict, *, at: datetime) -> None:
    """Note that the case follows, once every course that the item names has come to its end.

    Other outcomes than an end are followed by plans, or are done by saying them (M8).
    """
    item, meeting = verdict.item, verdict.meeting
    if item.purpose not in _ENDS or item.decision is None or item.decision.applied_at is not None:
        return
    if meeting.state is not MeetingState.MINUTES_CONFIRMED or await _open_courses(work, verdict):
        return
    await note_followed(work, meeting, item.id, by=verdict.by, role=verdict.role, at=at)


async def _role(
    work: Work, item: AgendaItem, case: Case, *, by: StaffId, allowed: frozenset[Role]
) -> Role:
    on_case = allowed - AT_LARGE
    here = await _seated(work, case, by=by, allowed=on_case)
    if here is not None:
        return here
    role = await role_here(work, [item], by=by, allowed=allowed & AT_LARGE)
    one = await participant_of(work, by)
    if one.id not in item.circle:
        basis = item.ground.basis.value if item.ground else ""
        raise NotInTheCircle(participant=one.id, basis=basis, allowed="ask_secretariat")
    return role


async def _seated(work: Work, case: Case, *, by: StaffId, allowed: frozenset[Role]) -> Role | None:
    """The role of a seat on the case; None where this colleague has none of these there."""
    held = {seat.role for seat in await seats_of(work, case) if seat.staff_id == by}
    if not held & allowed:
        return None
    at_work: AtWork = await come_to(work, case.id, by=by, action=Action.MOVE_CASE)
    return at_work.role_for(allowed)


async def _open_courses(work: Work, verdict: Verdict) -> bool:
    """Whether a course that the item is about still runs."""
    for programme in verdict.item.programmes:
        match programme:
            case Programme.OUTREACH:
                case = await work.cases.get(verdict.case.id)
                if await work.courses.outreach(case) is not None and not is_over(case):
                    return True
            case Programme.PARTICIPATION | Programme.MULTI_AGENCY:
                course = await KINDS[programme].of(work, verdict.case.id)
                if course is not None and course.state not in COURSE_OVER:
                    return True
    return False


def require_about(verdict: Verdict, programme: Programme) -> None:
    """Refuse a decision that was not about this programme (R-030: each on its own).

    Raises:
        NothingDecidedYet.
    """
    if programme not in verdict.item.programmes:
        raise NothingDecidedYet(item=verdict.item.id, allowed="record_decision,confirm_minutes")


async def follow_outreach(
    work: Work, verdict: Verdict, *, to: CaseState, at: datetime, today: date, **given: Any
) -> OutreachCourse:
    """Take the row of outreach that a decision opens; write it down and tell.

    Args:
        given: what else the row needs, by the names of `Grounds`.

    Raises:
        NotFound, Overtaken, CourseStepClosed, CourseStepNotTheirs, NothingDecidedYet, and what
        the row's guards raise.
    """
    require_about(verdict, Programme.OUTREACH)
    course = await outreach_of(work, verdict.case)
    grounds = await grounds_of(
        work, verdict.case, at=at, today=today, meeting=verdict.decision, **given
    )
    step = advance(course, to=to, by=verdict.by, role=verdict.role, grounds=grounds)
    kept = await keep_outreach(work, step, was=verdict.case)
    await tell_case(work, kept.case, verdict.seats, at=at)
    return kept


async def follow_course(
    work: Work,
    verdict: Verdict,
    kind: CourseKind[S],
    *,
    to: S,
    at: datetime,
    today: date,
    **given: Any,
) -> Course[S]:
    """As `follow_outreach`, for participation or multi-agency."""
    machine = kind.machine
    require_about(verdict, machine.programme)
    course = await course_of(work, verdict.case, kind)
    grounds = await grounds_of(
        work,
        verdict.case,
        at=at,
        today=today,
        programme=machine.programme,
        meeting=verdict.decision,
        **given,
    )
    step = advance_course(machine, course, to=to, by=verdict.by, role=verdict.role, grounds=grounds)
    return await keep_course(work, step, kind)


async def settle_verdict(work: Work, verdict: Verdict, *, at: datetime) -> None:
    """After a course other than outreach followed: the case, its desks, and the item."""
    case = await work.cases.get(verdict.case.id)
    case = await settle_case(work, case, by=verdict.by, role=verdict.role, at=at)
    await tell_case(work, case, verdict.seats, at=at)
    await note_verdict_followed(work, verdict, at=at)


async def keep_in_touch(work: Work, case: Case, *, at: datetime, today: date) -> OutreachCourse:
    """O12: after closing, somebody keeps in touch; by itself, in the transaction of O10."""
    course = await outreach_of(work, case)
    grounds = await grounds_of(work, case, at=at, today=today)
    step = advance(course, to=CaseState.FOLLOW_UP, by=SYSTEM, role=Role.SYSTEM, grounds=grounds)
    return await keep_outreach(work, step, was=case)


async def keep_in_touch_there(
    work: Work, case: Case, *, at: datetime, today: date
) -> Course[ParticipationState]:
    """PT10: ties are kept after the plan; by itself, in the transaction of PT9."""
    course = await course_of(work, case, TAKING_PART)
    grounds = await grounds_of(work, case, at=at, today=today, programme=Programme.PARTICIPATION)
    step = advance_course(
        TAKING_PART.machine,
        course,
        to=ParticipationState.KEEP_IN_TOUCH,
        by=SYSTEM,
        role=Role.SYSTEM,
        grounds=grounds,
    )
    return await keep_course(work, step, TAKING_PART)
