"""Guards between a meeting's judgement and a final plan (P4 to P10)."""

from core.agencies import Role
from core.errors import CaseworkError
from core.plans.decisions import MunicipalAct, MunicipalDecision
from core.plans.items import PlanNotDecidedInMeeting, require_item, require_seats
from core.plans.patterns import NEEDS_DECISION, ConfirmationPattern
from core.plans.record import Plan, PlanState, PlanStep


class NotesMissing(CaseworkError):
    """Endorsement leaves notes of what was judged sound (P4)."""

    rule = "P4"


class PlanReasonMissing(CaseworkError):
    """Sending a plan back says why. Facts: `allowed`."""

    rule = "P5"


class NoDecisionNeeded(CaseworkError):
    """A plan without outreach and participation is final at approval (R-062, pattern 3)."""

    rule = "R-062"


class DecisionNeeded(CaseworkError):
    """A plan with outreach or participation becomes final by municipal decision (R-062)."""

    rule = "R-062"


class MunicipalDecisionMissing(CaseworkError):
    """The decision that this step records is not there or does not fit.

    Facts: `missing`, `allowed`.
    """

    rule = "P8"


class OwnPlan(CaseworkError):
    """Nobody both drafts a plan and takes the municipal decision on it [D]."""

    rule = "DOMAIN-3.2"


def endorsed(plan: Plan, step: PlanStep) -> None:
    """The 支援会議 judged direction and method sound, and kept notes."""
    require_item(plan, step, purposes=("PLAN", "REPLAN"), bases=("SHIEN",), decision="ENDORSED")
    if step.meeting is not None and not step.meeting.notes_kept:
        raise NotesMissing(allowed="SUBMITTED_SHIEN")


def approved(plan: Plan, step: PlanStep) -> None:
    """The 重層的支援会議 approved, with every mandatory seat filled (R-030 to R-033).

    A new edition comes before another sitting than the one that called for it.
    """
    purpose = "PLAN" if plan.edition == 1 else "REPLAN"
    require_item(plan, step, purposes=(purpose,), bases=("JUSO",), decision="APPROVED")
    if step.meeting is not None and step.meeting.meeting_id == plan.replanned_in:
        raise PlanNotDecidedInMeeting(
            purpose=purpose, basis="JUSO", decision="APPROVED", allowed="REQUEST_MEETING"
        )
    require_seats(step)


def reason_given(plan: Plan, step: PlanStep) -> None:
    """A plan that goes back says why."""
    if not step.reason.strip():
        raise PlanReasonMissing(allowed=plan.state.value)


def returned(plan: Plan, step: PlanStep) -> None:
    """A meeting sent it back."""
    bases = ("SHIEN",) if plan.state is PlanState.SUBMITTED_SHIEN else ("JUSO",)
    require_item(plan, step, purposes=("PLAN", "REPLAN"), bases=bases, decision="RETURNED")


def needs_decision(plan: Plan, step: PlanStep) -> None:
    """Pattern 1 or 2."""
    if plan.pattern not in NEEDS_DECISION:
        raise NoDecisionNeeded(allowed="FINAL")


def needs_no_decision(plan: Plan, step: PlanStep) -> None:
    """Pattern 3."""
    if plan.pattern in NEEDS_DECISION:
        raise DecisionNeeded(allowed="AWAITING_DECISION")


def decided(plan: Plan, step: PlanStep) -> None:
    """The municipality decides to provide, and what; with other support it confirms that too."""
    municipal = _municipal(plan, step)
    missing = [] if MunicipalAct.DECIDED in municipal.acts else ["DECIDED"]
    both = plan.pattern is ConfirmationPattern.DECIDED_AND_OTHER
    if both and MunicipalAct.CONFIRMED_OTHER not in municipal.acts:
        missing.append("CONFIRMED_OTHER")
    if not municipal.content.strip():
        missing.append("content")
    if MunicipalAct.REFUSED in municipal.acts:
        missing.append("no REFUSED")
    if missing:
        raise MunicipalDecisionMissing(missing=",".join(missing), allowed="AWAITING_DECISION")


def refused(plan: Plan, step: PlanStep) -> None:
    """The municipality refuses, and says why."""
    municipal = _municipal(plan, step)
    if municipal.acts != frozenset({MunicipalAct.REFUSED}):
        raise MunicipalDecisionMissing(missing="REFUSED", allowed="AWAITING_DECISION")
    if not municipal.reason.strip():
        raise PlanReasonMissing(allowed="AWAITING_DECISION")


def not_own_plan(plan: Plan, step: PlanStep) -> None:
    """Whoever wrote on the plan does not decide on it."""
    if step.by in plan.drafted_by:
        raise OwnPlan(allowed=Role.MUNICIPAL_OFFICER.value)


def _municipal(plan: Plan, step: PlanStep) -> MunicipalDecision:
    if step.municipal is None or step.municipal.by != step.by:
        raise MunicipalDecisionMissing(missing="DECIDED", allowed=plan.state.value)
    return step.municipal
