"""The official forms 帳票 as they leave the record: which sheet, and what stays out of it.

S0 names the forms of each programme; their fields are those of the records (DOMAIN §2.6, R-085).
A form is carried about on paper: what comes from taxation (R-043) and what a 支援会議 decided or
spoke of (R-082) stays in the record.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from core.agencies import Agency
from core.applications import IntakeApplicationForm
from core.assessments import IntakeAssessment
from core.basis import Basis
from core.cases import Case
from core.days import local_day
from core.errors import CaseworkError
from core.figures.reported import missing_items, require_reported_items
from core.ids import AgencyId, StaffId
from core.meetings.bodies import MeetingBody
from core.meetings.decisions import Outcome
from core.meetings.sittings import Meeting
from core.municipal_profiles.own_forms import OwnForm
from core.people import Household, Person
from core.plans.record import Plan, PlanState
from core.programmes import PLANNING, Programme


class FormKind(enum.StrEnum):
    """The forms that can be taken out; the intake is the application with its assessment."""

    INTAKE = "intake"
    PLAN = "plan"
    EVALUATION = "evaluation"


class FormNotThere(CaseworkError):
    """The case has no such sheet of this programme yet. Facts: `form`, `programme`, `allowed`."""

    rule = "R-085"


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingResult:
    """When a 重層的支援会議 spoke of the plan, and what it decided."""

    body: str
    on: date
    decision: Outcome | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FormFacts:
    """Everything that stands on one form, and nothing else.

    Attributes:
        members: everybody of the household, the person first.
        tax_left_out: facts from taxation were there and stay in the record.
        place: name of the place of participation that the plan names.
    """

    form: FormKind
    programme: Programme
    town: str
    case: Case
    person: Person
    taken_on: date
    area: str = ""
    household: Household | None = None
    members: tuple[Person, ...] = ()
    application: IntakeApplicationForm | None = None
    assessment: IntakeAssessment | None = None
    plan: Plan | None = None
    result: MeetingResult | None = None
    place: str = ""
    agencies: dict[AgencyId, Agency] | None = None
    names: dict[StaffId, str] | None = None
    tax_left_out: bool = False

    def agency(self, agency_id: AgencyId | None) -> str:
        """An organisation's name; "" where there is none."""
        known = self.agencies or {}
        return "" if agency_id is None or agency_id not in known else known[agency_id].name

    def colleague(self, staff_id: StaffId | None) -> str:
        """A colleague's name; "" where there is none."""
        return "" if staff_id is None else (self.names or {}).get(staff_id, "")


def require_form(programme: Programme, form: FormKind) -> None:
    """Refuse a form of a programme that has none.

    Raises:
        FormNotThere.
    """
    if programme not in PLANNING:
        allowed = ",".join(sorted(PLANNING))
        raise FormNotThere(form=form.value, programme=programme.value, allowed=allowed)


def lacks(form: OwnForm) -> tuple[str, ...]:
    """The reported items that a form of the town's own has no column for; none where it may take
    the place of the intake sheet (R-085, X1)."""
    return missing_items(form.items)


def own_form(forms: Iterable[OwnForm], name: str) -> OwnForm:
    """The town's own form of this name, fit to be used in the place of the intake sheet.

    Raises:
        FormNotThere: the town has none of this name.
        ReportedItemMissing: it lacks reported items (R-085).
    """
    known = tuple(forms)
    found = next((form for form in known if form.name == name), None)
    if found is None:
        allowed = ",".join(form.name for form in known)
        raise FormNotThere(form=name, programme="", allowed=allowed)
    require_reported_items(found.items)
    return found


def for_paper(assessment: IntakeAssessment) -> tuple[IntakeAssessment, bool]:
    """The sheet without what comes from taxation, and whether there was any (R-043)."""
    if assessment.money is None or not assessment.money.tax_derived:
        return assessment, False
    return replace(assessment, money=None), True


def plan_for(plans: tuple[Plan, ...], *, programme: Programme, evaluated: bool) -> Plan | None:
    """The plan that a form shows: the newest one that stands; a draft only where there is no
    other.

    Args:
        plans: newest first.
        evaluated: one that has an evaluation.
    """
    mine = [plan for plan in plans if plan.programme is programme]
    if evaluated:
        mine = [plan for plan in mine if plan.evaluation is not None]
    standing = [plan for plan in mine if plan.state not in _NOT_STANDING]
    return next(iter((*standing, *mine)), None)


_NOT_STANDING = frozenset({PlanState.DRAFT, PlanState.RETURNED, PlanState.SUPERSEDED})


def result_of(
    plan: Plan,
    meetings: Iterable[Meeting],
    *,
    bodies: Iterable[MeetingBody],
    tz: tzinfo,
) -> MeetingResult | None:
    """What the 重層的支援会議 that approved the plan decided; a 支援会議 stays off the paper."""
    names = {body.id: body.name for body in bodies}
    for meeting in meetings:
        if meeting.id != plan.approved_in or not meeting.blocks:
            continue
        on = local_day(min(block.begins_at for block in meeting.blocks), tz=tz)
        for item in meeting.live:
            ground = item.ground
            if item.case_id == plan.case_id and ground is not None and ground.basis is Basis.JUSO:
                decided = None if item.decision is None else item.decision.outcome
                return MeetingResult(body=names.get(ground.body_id, ""), on=on, decision=decided)
    return None
