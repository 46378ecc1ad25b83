"""What participation and multi-agency share: one record, one way to take a row."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Generic, TypeVar

from core.assessments import Screening
from core.audit import AuditEvent
from core.basis import Basis
from core.closing import (
    PostClosing,
    ReopeningUnexplained,
    require_handed_on,
    require_reason,
)
from core.courses.grounds import (
    CLOSE_OK,
    INTERRUPT_OK,
    Grounds,
    MeetingUndecided,
    applied,
    closing_basis,
    decided,
    interruption_basis,
    may_be_shared,
    require_decided,
)
from core.courses.outreach_guards import (
    ClosingNotEvaluated,
    ConsentStands,
    NoActionUnexplained,
    NoSignYet,
    ServiceUseMissing,
    SharingNotAgreed,
    SupportPlanNotFinal,
    require_not_by_silence,
)
from core.errors import CaseworkError
from core.ids import CaseId, PersonId
from core.interruption import require_lost
from core.plans.record import PlanState
from core.programmes import Programme

FINAL: Final = frozenset({PlanState.FINAL, PlanState.IN_FORCE})
S = TypeVar("S", bound=str)


class CourseAssessmentMissing(CaseworkError):
    """A plan is made from an assessment (S0 第3-2(3)②, 第3-5(3)②)."""

    rule = "P1"


class StillApplied(CaseworkError):
    """What the person applied for ends by a meeting's decision, or by their own word (R-030)."""

    rule = "R-030"


@dataclass(frozen=True, kw_only=True, slots=True)
class Course(Generic[S]):
    """A case of participation support or of multi-agency on its way.

    Attributes:
        screening: what it found, for multi-agency.
        early_start: why participation began before the decision (R-061).
        supported: a plan was final under a consent that has not ended since.
        lost_since: since when contact seemed lost, where support was interrupted.
        version: as stored; storage counts it on.
    """

    case_id: CaseId
    person_id: PersonId
    programme: Programme
    state: S
    screening: Screening | None = None
    early_start: str = ""
    supported: bool = False
    stable_since: date | None = None
    post_closing: PostClosing | None = None
    lost_since: datetime | None = None
    version: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseStep(Generic[S]):
    """The course after a step, and what the audit is told."""

    course: Course[S]
    events: tuple[AuditEvent, ...]


def has_applied(course: Course[S], g: Grounds) -> None:
    """The person applied for this programme (利用申込)."""
    if not applied(g, person=course.person_id, programme=course.programme):
        raise ServiceUseMissing(allowed="C1 explain; C2 when the person wishes")


def has_assessment(course: Course[S], g: Grounds) -> None:
    """There is an assessment."""
    if not g.assessment:
        raise CourseAssessmentMissing(allowed="write the assessment")


def plan_is_final(course: Course[S], g: Grounds) -> None:
    """Its plan is final, by a meeting before which the person agreed to be spoken of."""
    plan = g.plan
    if plan is None or plan.programme is not course.programme or plan.before_consent:
        raise SupportPlanNotFinal(allowed="P1, then P3 SUBMITTED to the JUSO body")
    if plan.state not in FINAL or plan.meeting is None:
        raise SupportPlanNotFinal(allowed="P3 SUBMITTED to the JUSO body, P8 or P10")
    if not may_be_shared(g, plan.meeting, person=course.person_id):
        raise SharingNotAgreed(allowed="C6 a wider SHARE_MEETING; a SHIEN item")


def may_close(course: Course[S], g: Grounds) -> None:
    """Evaluated, for a reason that fits, decided, and handed on (R-030, R-065 to R-069)."""
    if not g.evaluation:
        raise ClosingNotEvaluated(allowed="write the evaluation sheet")
    post = require_reason(g.closing, programme=course.programme)
    basis = closing_basis(g, person=course.person_id)
    require_decided(g, purpose="CLOSE", basis=basis, word=CLOSE_OK)
    require_handed_on(post)


def may_interrupt(course: Course[S], g: Grounds) -> None:
    """R-052 with a decision (R-030), for each of the three programmes."""
    if g.loss is None:
        raise NoSignYet(allowed="read the log since contact seems lost")
    require_lost(g.loss)
    basis = interruption_basis(g, person=course.person_id, programme=course.programme)
    require_decided(g, purpose="INTERRUPT", basis=basis, word=INTERRUPT_OK)


def may_replan(course: Course[S], g: Grounds) -> None:
    """R-030, R-063: the 重層的支援会議 decided on a re-plan, or put a closing off for one."""
    if decided(g.meeting, purpose="REPLAN", basis=Basis.JUSO, word="APPROVED") or decided(
        g.meeting, purpose="CLOSE", basis=Basis.JUSO, word="REPLAN_NEEDED"
    ):
        return
    raise MeetingUndecided(
        allowed="an item REPLAN in JUSO, decided APPROVED; CLOSE, decided REPLAN_NEEDED"
    )


def let_go(course: Course[S], g: Grounds) -> None:
    """[D] What nobody applied for, or was given back, ends without a meeting: there is no
    support that a meeting could close, and no consent by which it might speak of it.

    A reason stays on record, whoever told us hears of it, and letters end with a farewell (G-21).
    """
    there = applied(g, person=course.person_id, programme=course.programme)
    if there and course.screening in (None, Screening.ACCEPT):
        raise StillApplied(allowed="C5 if the person takes it back; CLOSE by decision")
    if not g.reason.strip() or not g.source_told:
        raise NoActionUnexplained(allowed="a reason, and a word to the source")
    require_not_by_silence(g)


def reason_to_reopen(course: Course[S], g: Grounds) -> None:
    """R-070: a reason, and no approval."""
    if g.reopen is None:
        raise ReopeningUnexplained(allowed="a reason, no approval")


def consent_gone(course: Course[S], g: Grounds) -> None:
    """The application is not in force any more."""
    if applied(g, person=course.person_id, programme=course.programme):
        raise ConsentStands(allowed="C5 first, if the person takes it back")
