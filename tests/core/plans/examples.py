"""Plans as they are put before meetings in みどり市: always the same, changed where it matters."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from core.agencies import Role
from core.ids import (
    AgencyId,
    AssessmentId,
    CaseId,
    EvaluationId,
    PlanId,
    StaffId,
)
from core.plans.decisions import (
    JUSO_SEATS,
    MeetingDecision,
    MunicipalAct,
    MunicipalDecision,
    PlanConsents,
)
from core.plans.evaluation import EvaluationKind, EvaluationResult, EvaluationSheet
from core.plans.machine import take_step
from core.plans.record import Plan, PlanState, PlanStep
from core.plans.sheet import (
    AgencyPart,
    Goal,
    GoalKind,
    LegalStatus,
    OutreachPart,
    PlannedAction,
    PlanSheet,
)
from core.plans.submitting import STAFF_OF
from core.programmes import PLANNING, Programme
from tests.people import MIDORI, MONDAY

TODAY = date(2026, 11, 30)
LATER = TODAY + timedelta(days=90)
OFFICE = AgencyId("agency-office")
CENTER = AgencyId("agency-self-reliance")
WRITER = StaffId("staff-writer")
OFFICER = StaffId("staff-officer")
LEAD = StaffId("staff-lead")

OUTREACH_ACT = PlannedAction(
    what="月に一度たずねる", agency_id=CENTER, programme=Programme.OUTREACH
)
PARTICIPATION_ACT = PlannedAction(
    what="お昼の会へいっしょに行く", agency_id=CENTER, programme=Programme.PARTICIPATION
)
OTHER_ACT = PlannedAction(what="家計の相談", agency_id=OFFICE)

SHEET = PlanSheet(
    number="P-1",
    made_on=TODAY,
    maker_id=WRITER,
    wish="しずかに暮らしたい",
    goals=(Goal(kind=GoalKind.TIE, text="話せる人がひとりいる"),),
    actions=(OUTREACH_ACT,),
    agencies=(
        AgencyPart(agency_id=CENTER, part="訪問", leads=True),
        AgencyPart(agency_id=OFFICE, part="家計"),
    ),
    uses=frozenset({Programme.OUTREACH}),
    monitoring_on=LATER,
)
BEFORE_CONSENT = replace(
    SHEET,
    goals=(Goal(kind=GoalKind.TRUST, text="覚えていてもらう"),),
    legal_status=LegalStatus.PRE_CONSENT,
    outreach=OutreachPart(lead_mode="SELF", approach="手紙を戸口に置く", hook="鉄道"),
)
ALL_CONSENTS = PlanConsents(service_use=PLANNING, meeting_covered=True)

PLAN = Plan(
    id=PlanId("plan-1"),
    municipality_id=MIDORI,
    case_id=CaseId("case-a12"),
    programme=Programme.OUTREACH,
    assessment_id=AssessmentId("assessment-1"),
    sheet=SHEET,
    drafted_by=frozenset({WRITER}),
)
JUSO_PLAN = MeetingDecision(
    meeting_id="meeting-1",
    purpose="PLAN",
    basis="JUSO",
    decision="APPROVED",
    held_on=TODAY,
    case_id=CaseId("case-a12"),
    programmes=PLANNING,
    attended=JUSO_SEATS,
    notes_kept=True,
)
SHIEN_PLAN = replace(JUSO_PLAN, meeting_id="meeting-2", basis="SHIEN", decision="ENDORSED")
DECISION = MunicipalDecision(
    acts=frozenset({MunicipalAct.DECIDED, MunicipalAct.CONFIRMED_OTHER}),
    by=OFFICER,
    decided_on=TODAY,
    content="月に一度の訪問",
)
REFUSAL = MunicipalDecision(
    acts=frozenset({MunicipalAct.REFUSED}), by=OFFICER, decided_on=TODAY, reason="内容の確認が必要"
)
# Who usually takes the step to a state.
TAKER = {
    PlanState.ENDORSED: Role.CHAIR,
    PlanState.IN_FORCE_PRECONSENT: Role.SYSTEM,
    PlanState.APPROVED: Role.CHAIR,
    PlanState.RETURNED: Role.CHAIR,
    PlanState.AWAITING_DECISION: Role.SYSTEM,
    PlanState.FINAL: Role.MUNICIPAL_OFFICER,
    PlanState.IN_FORCE: Role.CASE_LEAD,
    PlanState.EVALUATION_DUE: Role.SYSTEM,
    PlanState.SUPERSEDED: Role.CHAIR,
    PlanState.CLOSED: Role.CHAIR,
    PlanState.INTERRUPTED: Role.CHAIR,
}
BY = {Role.MUNICIPAL_OFFICER: OFFICER, Role.CASE_LEAD: LEAD}


def evaluation(plan: Plan, result: EvaluationResult, **changes: Any) -> EvaluationSheet:
    """A complete evaluation sheet of a plan."""
    sheet = EvaluationSheet(
        id=EvaluationId(f"evaluation-of-{plan.id}"),
        plan_id=plan.id,
        evaluated_on=TODAY,
        by=WRITER,
        kind=EvaluationKind.PERIODIC,
        result=result,
        change="食事の回数がふえた",
        attainment="半分ほど",
        of_plan="間隔はこのままでよい",
        supporters="ふたりで交替している",
        follow_up="季節ごとにはがき",
        lead_after=CENTER,
        sharing_after="月に一度の連絡会",
        issues_ordered=True,
        outlook_exists=True,
        roles_agreed=True,
    )
    return replace(sheet, **changes)


def step(plan: Plan, to: PlanState, **facts: Any) -> PlanStep:
    """A step as the right role would ask for it, with everything that it could need."""
    role = facts.pop("role", None) or TAKER.get(to) or STAFF_OF[plan.programme]
    asked = PlanStep(
        to=to,
        by=BY.get(role, WRITER),
        role=role,
        at=MONDAY,
        on=TODAY,
        consents=ALL_CONSENTS,
        meeting=JUSO_PLAN,
        municipal=DECISION,
        next_monitoring_on=LATER,
        copy_offered=True,
    )
    return replace(asked, **facts)


def moved(plan: Plan, to: PlanState, **facts: Any) -> Plan:
    """The plan after such a step."""
    return take_step(plan, step(plan, to, **facts)).plan


def walked(plan: Plan, *states: PlanState) -> Plan:
    """The plan after several such steps."""
    for state in states:
        plan = moved(plan, state)
    return plan


def in_force(plan: Plan = PLAN) -> Plan:
    """The plan through meeting and decision into force."""
    return walked(
        plan,
        PlanState.SUBMITTED_JUSO,
        PlanState.APPROVED,
        PlanState.AWAITING_DECISION,
        PlanState.FINAL,
        PlanState.IN_FORCE,
    )


def evaluated(result: EvaluationResult, plan: Plan = PLAN, **changes: Any) -> Plan:
    """The plan in force, evaluated with this result."""
    due = moved(in_force(plan), PlanState.EVALUATION_DUE, reason="入院した")
    return moved(due, PlanState.EVALUATED, evaluation=evaluation(plan, result, **changes))


def at(state: PlanState, plan: Plan = PLAN) -> Plan:
    """The plan, put into a state."""
    return replace(plan, state=state)
