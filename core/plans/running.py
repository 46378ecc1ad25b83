"""Guards of a plan in force: monitoring, evaluation, re-plan, end (P11 to P18)."""

from core.errors import CaseworkError
from core.plans.evaluation import (
    EvaluationResult,
    EvaluationSheet,
    require_complete,
    require_handed_over,
    require_in_order,
)
from core.plans.items import concerns, require_item, require_seats
from core.plans.record import Plan, PlanState, PlanStep
from core.plans.sheet import LegalStatus


class MonitoringNotSet(CaseworkError):
    """A plan in force has a later day on which it is looked at again (P11)."""

    rule = "P11"


class CopyNotOffered(CaseworkError):
    """The person has the plan, or was offered it, before it goes into force [D]."""

    rule = "P11"


class EvaluationNotDue(CaseworkError):
    """Neither has the monitoring day come nor a big change happened. Facts: `due`, `allowed`."""

    rule = "P12"


class OtherResult(CaseworkError):
    """The evaluation proposes something else. Facts: `found`, `allowed`."""

    rule = "P13"


class ContactNotLost(CaseworkError):
    """Interruption needs completely lost contact and recorded effort (R-052)."""

    rule = "R-052"


class SuccessorNotFinal(CaseworkError):
    """A plan before consent ends when the plan after consent is final (P18)."""

    rule = "P18"


def monitoring_set(plan: Plan, step: PlanStep) -> None:
    """A later monitoring day is named."""
    if step.next_monitoring_on is None or step.next_monitoring_on <= step.on:
        raise MonitoringNotSet(allowed=plan.state.value)


def copy_offered(plan: Plan, step: PlanStep) -> None:
    """The person has or was offered the plan."""
    if not step.copy_offered:
        raise CopyNotOffered(allowed="FINAL")


def evaluation_due(plan: Plan, step: PlanStep) -> None:
    """The monitoring day has come, or somebody names a big change."""
    day = plan.next_monitoring_on
    if not step.reason.strip() and (day is None or step.on < day):
        raise EvaluationNotDue(due="" if day is None else day.isoformat(), allowed="IN_FORCE")


def evaluation_complete(plan: Plan, step: PlanStep) -> None:
    """The evaluation sheet of this plan is there and complete."""
    if step.evaluation is None or step.evaluation.plan_id != plan.id:
        raise OtherResult(found="", allowed="EVALUATION_DUE")
    require_complete(step.evaluation)


def continues(plan: Plan, step: PlanStep) -> None:
    """Small change: the evaluation says go on, a case talk is enough (P14).

    Also when the meeting put a closing off (O11), and before an interruption, which has its row
    from a plan in force (P17) [I].
    """
    if _put_off(plan, step):
        return
    _require_result(plan, EvaluationResult.CONTINUE, EvaluationResult.INTERRUPT)


def replanned(plan: Plan, step: PlanStep) -> None:
    """The 重層的支援会議 decided to plan anew, whatever the evaluation proposed (P15).

    On an item of its own, or on a closing that it did not see yet (O11).
    """
    closing = step.meeting is not None and step.meeting.purpose == "CLOSE"
    purpose, decision = ("CLOSE", "REPLAN_NEEDED") if closing else ("REPLAN", "APPROVED")
    require_item(plan, step, purposes=(purpose,), bases=("JUSO",), decision=decision)
    require_seats(step)


def closed(plan: Plan, step: PlanStep) -> None:
    """The closing item was decided; an agency leads on and knows how to share (R-067, R-069).

    Where the person took sharing back and support ran on, the 支援会議 decides it [D].
    """
    evaluation = _require_result(plan, EvaluationResult.CLOSE)
    require_in_order(evaluation, programme=plan.programme)
    require_handed_over(evaluation)
    bases = ("JUSO",) if step.consents.meeting_covered else ("JUSO", "SHIEN")
    require_item(plan, step, purposes=("CLOSE",), bases=bases, decision="CLOSE_OK")
    if step.meeting is not None and step.meeting.basis == "JUSO":
        require_seats(step)


def interrupted(plan: Plan, step: PlanStep) -> None:
    """R-052: contact completely lost, effort on record, and a meeting's decision."""
    if not step.contact_lost:
        raise ContactNotLost(allowed="IN_FORCE,EVALUATION_DUE")
    # With consent it is one of the four timings of the 重層的支援会議; without, [I].
    bases = ("JUSO",) if step.consents.meeting_covered else ("SHIEN",)
    require_item(plan, step, purposes=("INTERRUPT",), bases=bases, decision="INTERRUPT_OK")
    if step.meeting is not None and step.meeting.basis == "JUSO":
        require_seats(step)


def succeeded(plan: Plan, step: PlanStep) -> None:
    """The plan after consent, of the same case and programme, is final."""
    after = step.successor
    if (
        after is None
        or after.case_id != plan.case_id
        or after.programme is not plan.programme
        or after.sheet.legal_status is not LegalStatus.POST_CONSENT
        or after.state not in {PlanState.FINAL, PlanState.IN_FORCE}
    ):
        raise SuccessorNotFinal(allowed="IN_FORCE_PRECONSENT")


def _require_result(plan: Plan, *results: EvaluationResult) -> EvaluationSheet:
    if plan.evaluation is None or plan.evaluation.result not in results:
        found = "" if plan.evaluation is None else plan.evaluation.result.value
        raise OtherResult(found=found, allowed=found or "EVALUATION_DUE")
    return plan.evaluation


def _put_off(plan: Plan, step: PlanStep) -> bool:
    item = step.meeting
    if item is None or not concerns(item, plan):
        return False
    return (item.purpose, item.basis, item.decision) == ("CLOSE", "JUSO", "NOT_YET")
