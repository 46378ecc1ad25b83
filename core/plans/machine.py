"""Machine P of DOMAIN §3.2 as data: which row leads where, behind which guards, by whom."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from core.agencies import Role
from core.audit import AuditEvent
from core.errors import CaseworkError
from core.plans import approving, running, submitting
from core.plans.record import Plan, PlanState, PlanStep

Guard = Callable[[Plan, PlanStep], None]
GUARDS: Final[dict[str, Guard]] = {
    guard.__name__: guard
    for guard in (
        submitting.own_staff,
        submitting.before_consent,
        submitting.no_endorsement_needed,
        submitting.consents_cover,
        submitting.fit_for_juso,
        approving.endorsed,
        approving.approved,
        approving.reason_given,
        approving.returned,
        approving.needs_decision,
        approving.needs_no_decision,
        approving.decided,
        approving.refused,
        approving.not_own_plan,
        running.monitoring_set,
        running.copy_offered,
        running.evaluation_due,
        running.evaluation_complete,
        running.continues,
        running.replanned,
        running.closed,
        running.interrupted,
        running.succeeded,
    )
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanRow:
    """One row: its id in the domain paper, from where to where, guards in order, who."""

    row: str
    was: PlanState
    now: PlanState
    who: frozenset[Role]
    guards: tuple[str, ...] = ()


def _row(row: str, was: PlanState, now: PlanState, who: frozenset[Role], *guards: str) -> PlanRow:
    return PlanRow(row=row, was=was, now=now, who=who, guards=guards)


_S = PlanState
SYSTEM: Final = frozenset({Role.SYSTEM})
OFFICER: Final = frozenset({Role.MUNICIPAL_OFFICER})
COORDINATOR: Final = frozenset({Role.COORDINATOR})
STAFF: Final = frozenset(submitting.STAFF_OF.values())
# What a meeting decides is entered by its chair or secretariat (M8).
MEETING: Final = frozenset({Role.CHAIR, Role.SECRETARIAT})
ANYBODY: Final = frozenset(Role) - {Role.AUDITOR, Role.COMMUNITY_SUPPORTER}
ROWS: Final[tuple[PlanRow, ...]] = (
    _row("P2", _S.DRAFT, _S.SUBMITTED_SHIEN, STAFF, "own_staff", "before_consent"),
    _row("P3", _S.DRAFT, _S.SUBMITTED_JUSO, STAFF, "own_staff", "consents_cover", "fit_for_juso"),
    _row("P4", _S.SUBMITTED_SHIEN, _S.ENDORSED, MEETING, "endorsed"),
    _row("P4", _S.ENDORSED, _S.IN_FORCE_PRECONSENT, SYSTEM | STAFF),
    # Where the town leaves endorsement to judgement (R-021 必要に応じて, DOMAIN §12-1).
    _row(
        "P4",
        _S.DRAFT,
        _S.IN_FORCE_PRECONSENT,
        STAFF,
        "own_staff",
        "before_consent",
        "no_endorsement_needed",
    ),
    _row("P5", _S.SUBMITTED_SHIEN, _S.RETURNED, MEETING, "reason_given", "returned"),
    _row("P5", _S.SUBMITTED_JUSO, _S.RETURNED, MEETING, "reason_given", "returned"),
    _row("P5", _S.RETURNED, _S.DRAFT, STAFF, "own_staff"),
    _row("P6", _S.SUBMITTED_JUSO, _S.APPROVED, MEETING, "consents_cover", "approved"),
    _row("P7", _S.APPROVED, _S.AWAITING_DECISION, SYSTEM, "needs_decision"),
    _row(
        "P8", _S.AWAITING_DECISION, _S.FINAL, OFFICER, "not_own_plan", "consents_cover", "decided"
    ),
    _row("P9", _S.AWAITING_DECISION, _S.RETURNED, OFFICER, "not_own_plan", "refused"),
    _row("P10", _S.APPROVED, _S.FINAL, SYSTEM | COORDINATOR, "needs_no_decision"),
    _row(
        "P11",
        _S.FINAL,
        _S.IN_FORCE,
        frozenset({Role.CASE_LEAD}),
        "consents_cover",
        "monitoring_set",
        "copy_offered",
    ),
    _row("P12", _S.IN_FORCE, _S.EVALUATION_DUE, ANYBODY, "evaluation_due"),
    _row("P13", _S.EVALUATION_DUE, _S.EVALUATED, STAFF, "own_staff", "evaluation_complete"),
    _row("P14", _S.EVALUATED, _S.IN_FORCE, COORDINATOR, "continues", "monitoring_set"),
    _row("P15", _S.EVALUATED, _S.SUPERSEDED, MEETING, "replanned"),
    _row("P16", _S.EVALUATED, _S.CLOSED, MEETING, "closed"),
    _row("P17", _S.IN_FORCE, _S.INTERRUPTED, MEETING, "interrupted"),
    _row("P18", _S.IN_FORCE_PRECONSENT, _S.SUPERSEDED, SYSTEM, "succeeded"),
)
NEW_PLAN: Final = "NEW_PLAN"
ENDED: Final = frozenset({_S.SUPERSEDED, _S.CLOSED, _S.INTERRUPTED})


class PlanNotFromHere(CaseworkError):
    """No row leads from the plan's state to the one asked for.

    Facts: `from`, `asked`, `allowed`.
    """

    rule = "DOMAIN-3.2"


class PlanStepNotYours(CaseworkError):
    """This step is another role's. Facts: `row`, `allowed` (roles)."""

    rule = "DOMAIN-3.2"


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanMoved:
    """The plan after a step, and what the trail keeps of it."""

    plan: Plan
    event: AuditEvent


def open_rows(state: PlanState) -> tuple[PlanRow, ...]:
    """The rows that lead on from a state."""
    return tuple(row for row in ROWS if row.was is state)


def take_step(plan: Plan, step: PlanStep) -> PlanMoved:
    """Move a plan along one row, or refuse (P2 to P18).

    Raises:
        PlanNotFromHere: there is no such row from here.
        PlanStepNotYours: the row is another role's.
        CaseworkError: a guard of the row refused; see core/plans/{submitting,approving,running}.
    """
    rows = open_rows(plan.state)
    row = next((row for row in rows if row.now is step.to), None)
    if row is None:
        # After an end there is only a new plan.
        allowed = ",".join(row.now for row in rows) or NEW_PLAN
        raise PlanNotFromHere(asked=step.to.value, allowed=allowed, **{"from": plan.state.value})
    if step.role not in row.who:
        raise PlanStepNotYours(row=row.row, allowed=",".join(sorted(row.who)))
    for name in row.guards:
        GUARDS[name](plan, step)
    moved = replace(plan, state=row.now, version=plan.version + 1, **_learned(plan, step))
    return PlanMoved(plan=moved, event=_event(plan, step, row))


def _learned(plan: Plan, step: PlanStep) -> dict[str, Any]:
    """The facts that a step leaves on the plan."""
    if step.to in {_S.APPROVED, _S.ENDORSED} and step.meeting is not None:
        return {"approved_in": step.meeting.meeting_id}
    if step.to is _S.FINAL and plan.state is _S.AWAITING_DECISION:
        return {"final_on": step.on, "municipal": step.municipal}
    if step.to is _S.FINAL:
        due = step.on + timedelta(days=step.report_within_days)
        return {"final_on": step.on, "report_due_on": due}
    if step.to is _S.RETURNED and step.municipal is not None:
        return {"municipal": step.municipal}
    if step.to is _S.DRAFT:
        return {"approved_in": "", "municipal": None}
    if step.to is _S.IN_FORCE:
        return {"next_monitoring_on": step.next_monitoring_on}
    if step.to is _S.EVALUATED:
        return {"evaluation": step.evaluation}
    return {}


def _event(plan: Plan, step: PlanStep, row: PlanRow) -> AuditEvent:
    evidence = [f"row={row.row}", f"edition={plan.edition}"]
    if step.meeting is not None:
        evidence.append(f"meeting={step.meeting.meeting_id}")
    if step.to is _S.EVALUATED and step.evaluation is not None:
        evidence.append(f"evaluation={step.evaluation.id}")
    if step.successor is not None:
        evidence.append(f"successor={step.successor.id}")
    return AuditEvent(
        action=f"plan.{step.to.value.lower()}",
        at=step.at,
        actor=step.by,
        role=step.role.value,
        subject=plan.id,
        case_id=plan.case_id,
        was=plan.state.value,
        now=row.now.value,
        reason=step.reason,
        evidence=tuple(evidence),
    )
