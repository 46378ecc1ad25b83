"""The guards of the outreach course, one for each condition of O2 to O20."""

from dataclasses import dataclass
from datetime import date, datetime

from core.approach import LeadNotChosen
from core.basis import Basis
from core.cases import Case, CaseState, LeadMode
from core.closing import (
    Farewell,
    FarewellOpen,
    PostClosing,
    ReopeningUnexplained,
    require_farewell,
    require_handed_on,
    require_next_contact,
    require_reason,
    silent,
)
from core.courses.grounds import (
    CLOSE_OK,
    INTERRUPT_OK,
    NOT_YET,
    Grounds,
    Lead,
    MeetingUndecided,
    applied,
    closing_basis,
    interruption_basis,
    may_be_shared,
    require_decided,
    shares_in_some_meeting,
)
from core.courses.modes import SupportMode
from core.discovery import Discovery
from core.errors import CaseworkError
from core.interruption import require_lost
from core.plans.record import PlanState
from core.preparation import PreCoordination, require_prepared
from core.programmes import Programme

_ENDORSED = frozenset({PlanState.ENDORSED, PlanState.IN_FORCE_PRECONSENT})
_FINAL = frozenset({PlanState.FINAL, PlanState.IN_FORCE})
# Nobody is here without having applied for outreach.
CONSENT_STATES = frozenset(
    {CaseState.CONSENTED, CaseState.CONTINUING_SUPPORT, CaseState.CLOSING_REVIEW}
)


class AssessmentNoteMissing(CaseworkError):
    """The question who leads is asked on a first assessment (O2)."""

    rule = "O2"


class LeadNotAccepted(CaseworkError):
    """A case is handed to an agency that has said yes (O4)."""

    rule = "O4"


class PreconsentPlanMissing(CaseworkError):
    """Whoever leads an outreach before consent has a plan of that kind (R-021)."""

    rule = "R-021"


class PlanNotEndorsed(CaseworkError):
    """This town has every plan before consent looked at by a 支援会議 (O5, DOMAIN §12-1)."""

    rule = "O5"


class ServiceUseMissing(CaseworkError):
    """The person has not applied for this programme, or has taken it back. Facts: `allowed`."""

    rule = "O6"


class SupportPlanNotFinal(CaseworkError):
    """Support goes on from a plan that is final (O7)."""

    rule = "O7"


class SharingNotAgreed(CaseworkError):
    """The person did not agree to be spoken of before these members (R-039)."""

    rule = "R-039"


class ClosingNotEvaluated(CaseworkError):
    """Closing is thought over on an evaluation sheet (O9)."""

    rule = "O9"


class NoSignYet(CaseworkError):
    """The review of an interruption ends with a sign of contact, or with a decision (O15)."""

    rule = "O15"


class ReturnsElsewhere(CaseworkError):
    """From here the case goes back to another state. Facts: `allowed`, that state."""

    rule = "O17"


class ConsentStands(CaseworkError):
    """The consent is in force, so the case stays where it is (O19)."""

    rule = "O19"


class NoActionUnexplained(CaseworkError):
    """Nothing is done only for a reason, and whoever told us hears of it (O20)."""

    rule = "O20"


@dataclass(frozen=True, kw_only=True, slots=True)
class OutreachCourse:
    """An outreach case on its way.

    Attributes:
        case: the case as stored; its `state` is where the course stands. `version` and `facts`
            are the storage's to count.
        supported: a plan was final under a consent that has not ended since (O7); without one
            nothing leads back into support.
        before_review: from where the review of an interruption began (O13), for O15.
        lost_since: since when contact seemed lost at O13; what came in after it counts at O14.
        line_reviewed_on: when a colleague last looked at a case that lives on LINE alone (R-029).
    """

    case: Case
    discovery: Discovery
    lead: Lead | None = None
    preparation: PreCoordination | None = None
    mode: SupportMode | None = None
    supported: bool = False
    before_review: CaseState | None = None
    lost_since: datetime | None = None
    post_closing: PostClosing | None = None
    line_reviewed_on: date | None = None

    @property
    def state(self) -> CaseState:
        """Where it stands."""
        return self.case.state


def first_note(course: OutreachCourse, g: Grounds) -> None:
    """O2."""
    if not g.assessment:
        raise AssessmentNoteMissing(allowed="O20 NO_ACTION; write the note")


def lead_here(course: OutreachCourse, g: Grounds) -> None:
    """O3, R-020."""
    mine = g.lead is not None and (
        g.lead.mode is LeadMode.SELF
        or (g.lead.mode is LeadMode.CO_LEAD and g.lead.agency_id is not None)
    )
    if not mine:
        raise LeadNotChosen(allowed="SELF, CO_LEAD with an agency; O4 with OTHER_LEAD")


def lead_elsewhere(course: OutreachCourse, g: Grounds) -> None:
    """O4."""
    lead = g.lead
    if lead is None or lead.mode is not LeadMode.OTHER_LEAD:
        raise LeadNotChosen(allowed="OTHER_LEAD; O3 with SELF or CO_LEAD")
    if lead.agency_id is None or lead.accepted_on is None:
        raise LeadNotAccepted(allowed="wait for their yes; O3 with SELF or CO_LEAD")


def prepared(course: OutreachCourse, g: Grounds) -> None:
    """O5, R-022."""
    require_prepared(g.preparation or course.preparation)


def preconsent_plan(course: OutreachCourse, g: Grounds) -> None:
    """O5, R-021."""
    plan = g.plan
    if plan is None or plan.programme is not Programme.OUTREACH or not plan.before_consent:
        raise PreconsentPlanMissing(allowed="P1 a plan of outreach before consent")
    if g.endorsement_required and plan.state not in _ENDORSED:
        raise PlanNotEndorsed(allowed="P2 SUBMITTED to the SHIEN body")


def has_applied(course: OutreachCourse, g: Grounds) -> None:
    """O6, and wherever support stands on the application."""
    if not applied(g, person=course.case.person_id, programme=Programme.OUTREACH):
        raise ServiceUseMissing(allowed="go on as before consent; C1 when the person wishes")


def final_plan(course: OutreachCourse, g: Grounds) -> None:
    """O7."""
    plan = g.plan
    fit = plan is not None and plan.programme is Programme.OUTREACH and not plan.before_consent
    if plan is None or not fit or plan.state not in _FINAL or plan.meeting is None:
        raise SupportPlanNotFinal(allowed="P3 SUBMITTED to the JUSO body")
    if not may_be_shared(g, plan.meeting, person=course.case.person_id):
        raise SharingNotAgreed(allowed="C6 a wider SHARE_MEETING; a SHIEN item")


def closing_evaluated(course: OutreachCourse, g: Grounds) -> None:
    """O9, R-066, R-068."""
    if not g.evaluation:
        raise ClosingNotEvaluated(allowed="write the evaluation sheet")
    require_reason(g.closing, programme=Programme.OUTREACH)


def closing_decided(course: OutreachCourse, g: Grounds) -> None:
    """O10, R-030; where only a 支援会議 could decide it and the town has none, nobody is waited
    for [D]."""
    basis = closing_basis(g, person=course.case.person_id)
    if basis is Basis.SHIEN and not g.shien_sits:
        return
    require_decided(g, purpose="CLOSE", basis=basis, word=CLOSE_OK)


def handed_on(course: OutreachCourse, g: Grounds) -> None:
    """O10, R-069, G-21."""
    post = require_reason(g.closing or course.post_closing, programme=Programme.OUTREACH)
    require_handed_on(post)
    require_farewell(post, letters_were_sent=g.letters_were_sent, end_made=g.end_made)


def not_yet(course: OutreachCourse, g: Grounds) -> None:
    """O11."""
    basis = closing_basis(g, person=course.case.person_id)
    if g.meeting is None or g.meeting.basis != basis or g.meeting.decision not in NOT_YET:
        raise MeetingUndecided(
            allowed=f"an item CLOSE in {basis}, decided NOT_YET or REPLAN_NEEDED"
        )


def next_contact(course: OutreachCourse, g: Grounds) -> None:
    """O12."""
    require_next_contact(g.closing or course.post_closing, today=g.today)


def contact_lost(course: OutreachCourse, g: Grounds) -> None:
    """O13 and again at O14, R-052: what came in meanwhile counts."""
    if g.loss is None:
        raise NoSignYet(allowed="read the log since contact seems lost")
    require_lost(g.loss)


def interruption_decided(course: OutreachCourse, g: Grounds) -> None:
    """O14, R-030."""
    basis = interruption_basis(g, person=course.case.person_id, programme=Programme.OUTREACH)
    require_decided(g, purpose="INTERRUPT", basis=basis, word=INTERRUPT_OK)


def sign_of_contact(course: OutreachCourse, g: Grounds) -> None:
    """O15."""
    if not g.signs:
        raise NoSignYet(allowed="O14 by decision; go on trying")


def reopening_reason(course: OutreachCourse, g: Grounds) -> None:
    """O16, R-070."""
    if g.reopen is None:
        raise ReopeningUnexplained(allowed="a reason, no approval")


def consent_gone(course: OutreachCourse, g: Grounds) -> None:
    """O19."""
    if applied(g, person=course.case.person_id, programme=Programme.OUTREACH):
        raise ConsentStands(allowed="C5 first, if the person takes it back")


def no_action(course: OutreachCourse, g: Grounds) -> None:
    """O20."""
    if not g.reason.strip() or not g.source_told:
        raise NoActionUnexplained(allowed="a reason, and a word to the source")


def state_before_review(course: OutreachCourse, g: Grounds) -> CaseState:
    """Where O15 leads: back, or before consent where consent ended meanwhile."""
    before = course.before_review or CaseState.RELATIONSHIP_BUILDING
    gone = not applied(g, person=course.case.person_id, programme=Programme.OUTREACH)
    unsupported = before is not CaseState.CONSENTED and not course.supported
    if before in CONSENT_STATES and (gone or unsupported):
        return CaseState.RELATIONSHIP_BUILDING
    return before


def state_after_reopening(course: OutreachCourse, g: Grounds) -> CaseState:
    """Where O17 leads, by what is still agreed [I].

    Support goes on where the application and sharing have stood since a plan was final; with
    the preparation done before, the tie is taken up again; else it is prepared anew.
    """
    person = course.case.person_id
    agreed = applied(g, person=person, programme=Programme.OUTREACH)
    if course.supported and agreed and shares_in_some_meeting(g, person=person):
        return CaseState.CONTINUING_SUPPORT
    still = any(line.subject == person and line.in_force(g.today) for line in g.ledger)
    if still and course.preparation is not None:
        return CaseState.RELATIONSHIP_BUILDING
    return CaseState.PRE_COORDINATION


def ended_without_consent(course: OutreachCourse, g: Grounds) -> None:
    """O20 after an approach has begun: decided in the SHIEN body, and never by silence [D].

    A town that has set none up cannot be asked; there the coordinator's reason stands alone.
    """
    if g.shien_sits:
        require_decided(g, purpose="CLOSE", basis=Basis.SHIEN, word=CLOSE_OK)
    require_not_by_silence(g)


def require_not_by_silence(g: Grounds) -> None:
    """Refuse an end after letters without a word that they end.

    Raises:
        FarewellOpen: facts `allowed`.
    """
    said = g.closing.farewell if g.closing is not None else g.farewell
    if g.letters_were_sent and silent(said, letters_were_sent=True, end_made=g.end_made):
        raise FarewellOpen(allowed=f"{Farewell.ANNOUNCED_THEN_LAST}, {Farewell.TOLD_IN_PERSON}")
