"""How a plan begins: the first draft, changes to a draft, a new edition (P1, P15)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from core.agencies import Role
from core.audit import AuditEvent
from core.errors import CaseworkError
from core.ids import AssessmentId, CaseId, MunicipalityId, PlanId, StaffId
from core.plans.machine import ENDED, PlanMoved, take_step
from core.plans.record import Plan, PlanState, PlanStep
from core.plans.sheet import PlanSheet
from core.plans.submitting import STAFF_OF, PlanOfAnotherProgramme
from core.programmes import PLANNING, Programme


class AssessmentMissing(CaseworkError):
    """A plan follows from an assessment (P1). Facts: `allowed`."""

    rule = "P1"


class ProgrammeWithoutPlan(CaseworkError):
    """Only multi-agency, participation and outreach make plans (P1). Facts: `allowed`."""

    rule = "P1"


class PlanUnderWay(CaseworkError):
    """A programme has one plan before consent and one after it under way in a case (P1).

    Facts: `programme`, `allowed`.
    """

    rule = "P1"


class SheetFixed(CaseworkError):
    """A sheet is written while the plan is a draft; afterwards it stands. Facts: `allowed`."""

    rule = "P1"


def require_alone(plan: Plan, *, others: Iterable[Plan]) -> None:
    """Refuse a draft beside a plan of the same programme and legal status that has not ended.

    Raises:
        PlanUnderWay: there is one.
    """
    for other in others:
        alike = (other.programme, other.sheet.legal_status) == (
            plan.programme,
            plan.sheet.legal_status,
        )
        if alike and other.id != plan.id and other.state not in ENDED:
            raise PlanUnderWay(programme=plan.programme.value, allowed=other.state.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Replanned:
    """P15: the edition that ends, and the draft that follows it."""

    before: PlanMoved
    draft: Plan


def draft_plan(
    sheet: PlanSheet,
    *,
    id: PlanId,
    municipality_id: MunicipalityId,
    case_id: CaseId,
    programme: Programme,
    assessment_id: AssessmentId | None,
    by: StaffId,
    role: Role,
    at: datetime,
) -> PlanMoved:
    """P1: a first draft, by staff of the programme, on an assessment.

    Raises:
        ProgrammeWithoutPlan: the programme makes no plans.
        PlanOfAnotherProgramme: the role drafts another programme's plans.
        AssessmentMissing: there is no assessment yet.
    """
    if programme not in PLANNING:
        raise ProgrammeWithoutPlan(allowed=",".join(sorted(PLANNING)))
    _require_own(programme, role=role)
    if assessment_id is None:
        raise AssessmentMissing(allowed="ASSESS")
    plan = Plan(
        id=id,
        municipality_id=municipality_id,
        case_id=case_id,
        programme=programme,
        assessment_id=assessment_id,
        sheet=sheet,
        drafted_by=frozenset({by, sheet.maker_id}),
    )
    return PlanMoved(plan=plan, event=_written(plan, by=by, role=role, at=at, row="P1"))


def rewrite_sheet(
    plan: Plan, *, sheet: PlanSheet, by: StaffId, role: Role, at: datetime
) -> PlanMoved:
    """Change a draft; whoever does is among its drafters.

    Raises:
        SheetFixed: the plan is no draft any more.
        PlanOfAnotherProgramme: the role drafts another programme's plans.
    """
    _require_own(plan.programme, role=role)
    if plan.state is not PlanState.DRAFT:
        raise SheetFixed(allowed="DRAFT")
    drafters = plan.drafted_by | {by, sheet.maker_id}
    changed = replace(plan, sheet=sheet, drafted_by=drafters, version=plan.version + 1)
    return PlanMoved(plan=changed, event=_written(changed, by=by, role=role, at=at, row="P1"))


def replan(plan: Plan, *, step: PlanStep, id: PlanId, drafter: StaffId) -> Replanned:
    """P15: the meeting decided to plan anew; edition n ends, a draft of n+1 begins on its sheet.

    Raises:
        CaseworkError: as `take_step` to SUPERSEDED.
    """
    before = take_step(plan, replace(step, to=PlanState.SUPERSEDED))
    draft = replace(
        plan,
        id=id,
        state=PlanState.DRAFT,
        edition=plan.edition + 1,
        replaces=plan.id,
        drafted_by=frozenset({drafter, plan.sheet.maker_id}),
        approved_in="",
        replanned_in="" if step.meeting is None else step.meeting.meeting_id,
        final_on=None,
        next_monitoring_on=None,
        report_due_on=None,
        reported_on=None,
        municipal=None,
        evaluation=None,
        version=1,
    )
    return Replanned(before=before, draft=draft)


def _require_own(programme: Programme, *, role: Role) -> None:
    if STAFF_OF[programme] is not role:
        allowed = STAFF_OF[programme].value
        raise PlanOfAnotherProgramme(programme=programme.value, allowed=allowed)


def _written(plan: Plan, *, by: StaffId, role: Role, at: datetime, row: str) -> AuditEvent:
    return AuditEvent(
        action="plan.drafted",
        at=at,
        actor=by,
        role=role.value,
        subject=plan.id,
        case_id=plan.case_id,
        now=plan.state.value,
        evidence=(f"row={row}", f"edition={plan.edition}"),
    )
