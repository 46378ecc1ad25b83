"""A plan that runs: programmes start, parts are divided again, the town is told (R-060 …)."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.agencies import Role
from core.audit import AuditEvent
from core.errors import CaseworkError
from core.ids import MonitoringId, PlanId, StaffId
from core.plans.decisions import MeetingDecision
from core.plans.fitness import require_parts_named
from core.plans.items import concerns
from core.plans.machine import PlanMoved, PlanStepNotYours
from core.plans.patterns import DECIDED_BY_TOWN, ConfirmationPattern, uses_of
from core.plans.record import Plan, PlanState
from core.plans.sheet import AgencyPart
from core.programmes import Programme

DECIDED_STATES = frozenset(
    {PlanState.FINAL, PlanState.IN_FORCE, PlanState.EVALUATION_DUE, PlanState.EVALUATED}
)

_LOOKED_AT = frozenset(
    {
        PlanState.IN_FORCE,
        PlanState.EVALUATION_DUE,
        PlanState.EVALUATED,
        PlanState.IN_FORCE_PRECONSENT,
    }
)


class StartGround(enum.StrEnum):
    """On what outreach or participation begins."""

    DECIDED = "DECIDED"
    PRE_CONSENT = "PRE_CONSENT"
    EARLY = "EARLY"


class StartBeforeDecision(CaseworkError):
    """Outreach and participation start after the decision on a plan that writes them down.

    Facts: `programme`, `allowed` (EARLY with `early_start_reason`, R-061).
    """

    rule = "R-060"


class PartsNotTalkedOver(CaseworkError):
    """Parts are divided again where the plan's progress is followed, in a meeting (R-063).

    Facts: `allowed` (bases).
    """

    rule = "R-063"


class ReportNotDue(CaseworkError):
    """Only a final plan of pattern 3 is reported, and once (P10). Facts: `allowed`."""

    rule = "P10"


def require_start(
    programme: Programme, *, plans: Iterable[Plan], early_start_reason: str = ""
) -> StartGround:
    """On what ground outreach or participation may begin now (R-060, R-061).

    Outreach may begin before multi-agency does, participation before the municipal decision,
    when early involvement is needed and somebody says why.

    Raises:
        StartBeforeDecision: no plan that writes it down is decided, and no reason is given.
    """
    known = tuple(plans)
    for plan in known:
        decided = plan.state in DECIDED_STATES
        if decided and programme in uses_of(plan.sheet, programme=plan.programme):
            return StartGround.DECIDED
    own = programme is Programme.OUTREACH
    if own and any(plan.state is PlanState.IN_FORCE_PRECONSENT for plan in known):
        return StartGround.PRE_CONSENT
    if programme in DECIDED_BY_TOWN and early_start_reason.strip():
        return StartGround.EARLY
    raise StartBeforeDecision(programme=programme.value, allowed=StartGround.EARLY.value)


def divide_parts_again(
    plan: Plan,
    *,
    parts: tuple[AgencyPart, ...],
    meeting: MeetingDecision,
    by: StaffId,
    role: Role,
    at: datetime,
) -> PlanMoved:
    """R-063: the agencies' parts change while the plan runs; what it uses does not.

    Raises:
        PartsNotTalkedOver: the plan does not run, or no case talk or meeting was held on it.
        PlanStepNotYours: not the coordinator.
        PartsNotNamed: an acting agency would be left without a part.
    """
    if role is not Role.COORDINATOR:
        raise PlanStepNotYours(row="R-063", allowed=Role.COORDINATOR.value)
    talked = meeting.basis in {"CASE", "JUSO"} and concerns(meeting, plan)
    if plan.state is not PlanState.IN_FORCE or not talked:
        raise PartsNotTalkedOver(allowed="CASE,JUSO")
    sheet = replace(plan.sheet, agencies=parts)
    require_parts_named(sheet)
    event = AuditEvent(
        action="plan.parts_divided",
        at=at,
        actor=by,
        role=role.value,
        subject=plan.id,
        case_id=plan.case_id,
        was=plan.state.value,
        now=plan.state.value,
        evidence=(f"meeting={meeting.meeting_id}",),
    )
    return PlanMoved(plan=replace(plan, sheet=sheet, version=plan.version + 1), event=event)


def report_plan(plan: Plan, *, by: StaffId, role: Role, at: datetime, on: date) -> PlanMoved:
    """P10: the municipality receives the report on a plan of pattern 3.

    Raises:
        ReportNotDue: another pattern, not final yet, or reported already.
        PlanStepNotYours: not the coordinator.
    """
    if role is not Role.COORDINATOR:
        raise PlanStepNotYours(row="P10", allowed=Role.COORDINATOR.value)
    neither = plan.pattern is ConfirmationPattern.NEITHER
    if not neither or plan.final_on is None or plan.reported_on is not None:
        raise ReportNotDue(allowed=plan.state.value)
    event = AuditEvent(
        action="plan.reported",
        at=at,
        actor=by,
        role=role.value,
        subject=plan.id,
        case_id=plan.case_id,
        was=plan.state.value,
        now=plan.state.value,
        evidence=("row=P10",),
    )
    return PlanMoved(plan=replace(plan, reported_on=on, version=plan.version + 1), event=event)


def report_overdue(plan: Plan, *, on: date) -> bool:
    """Whether a report of pattern 3 is late; it holds nothing up (P10)."""
    return plan.report_due_on is not None and plan.reported_on is None and on > plan.report_due_on


@dataclass(frozen=True, kw_only=True, slots=True)
class Monitoring:
    """モニタリング (DOMAIN §2.8): when the plan is looked at, and what came of it.

    Attributes:
        result: short staff text; sealed where stored.
        asks_for: CASE or JUSO when it led to an agenda item, else empty (R-048).
    """

    id: MonitoringId
    plan_id: PlanId
    due_on: date
    done_on: date | None = None
    result: str = ""
    asks_for: str = ""


class MonitoringUnfit(CaseworkError):
    """A plan that runs was looked at, up to today, and something came of it (R-048).

    Facts: `missing` (plan, day, result, basis), `allowed`.
    """

    rule = "R-048"


def require_looked_at(
    plan: Plan, *, done_on: date, result: str, asks_for: str, today: date
) -> None:
    """Refuse a monitoring that cannot have been.

    Raises:
        MonitoringUnfit: facts as above.
    """
    there = (
        ("plan", plan.state in _LOOKED_AT),
        ("day", done_on <= today),
        ("result", bool(result.strip())),
        ("basis", asks_for in {"", "CASE", "JUSO"}),
    )
    missing = [name for name, is_there in there if not is_there]
    if missing:
        raise MonitoringUnfit(missing=",".join(missing), allowed="IN_FORCE,CASE,JUSO")
