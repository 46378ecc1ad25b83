"""Take an official form of a case out of the record, for paper."""

from datetime import datetime, tzinfo

from core.access import Action, Manner, NotYours
from core.assessments import IntakeAssessment
from core.audit import AuditEvent
from core.cases import Case
from core.days import local_day
from core.forms import (
    FormFacts,
    FormKind,
    FormNotThere,
    for_paper,
    plan_for,
    require_form,
    result_of,
)
from core.ids import CaseId, StaffId
from core.plans.record import Plan
from core.ports import UnitOfWork, Work
from core.programmes import Programme
from core.reading_steps import OPERATOR, Opened, open_for
from core.resources import ParticipationPlace


async def export_form(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    form: FormKind,
    programme: Programme,
    by: StaffId | None,
    at: datetime,
    tz: tzinfo,
) -> FormFacts:
    """What stands on the form (R-085). Who took it out, and which, becomes part of the record.

    Facts from taxation and what a 支援会議 decided stay in the record (R-043, R-082).

    Args:
        by: who asks; None for the operator at the machine.

    Raises:
        NotFound, NotActive, Shielded. NotYours: not one who reads the whole case.
        FormNotThere: there is no such sheet yet.
    """
    require_form(programme, form)
    async with uow.write() as work:
        case = await work.cases.get(case_id)
        today = local_day(at, tz=tz)
        opened = await open_for(work, case, by=by, at=at, today=today, most=None)
        if opened.reading.passed.manner is not Manner.FULL:
            raise NotYours(action=Action.READ_CASE.value, allowed="case_lead,coordinator")
        facts = await _facts(work, case, opened, form=form, programme=programme, at=at, tz=tz)
        await work.audit.append(
            opened.reading.event,
            AuditEvent(
                action="form.exported",
                at=at,
                actor=by or OPERATOR,
                role=OPERATOR if by is None else opened.reading.passed.role.value,
                subject=case.id,
                case_id=case.id,
                reason=form.value,
                evidence=(f"programme={programme.value}",),
            ),
        )
        await work.commit()
        return facts


async def _facts(
    work: Work,
    case: Case,
    opened: Opened,
    *,
    form: FormKind,
    programme: Programme,
    at: datetime,
    tz: tzinfo,
) -> FormFacts:
    person = next(one for one in opened.members if one.id == case.person_id)
    others = tuple(one for one in opened.members if one.id != person.id)
    home = case.household_id or person.household_id
    areas = {area.id: area.name for area in await work.towns.areas()}
    plan = await _plan(work, case, form=form, programme=programme)
    assessment, tax = await _assessment(work, case, form=form)
    applications = await work.applications.of_case(case.id) if form is FormKind.INTAKE else ()
    if plan is None and assessment is None and not applications:
        raise FormNotThere(form=form.value, programme=programme.value, allowed="write it first")
    return FormFacts(
        form=form,
        programme=programme,
        town=(await work.towns.get()).name,
        case=case,
        person=person,
        taken_on=local_day(at, tz=tz),
        area=areas.get(case.area_id, "") if case.area_id else "",
        household=None if home is None else await work.people.household(home),
        members=(person, *others),
        application=next(iter(applications), None),
        assessment=assessment,
        plan=plan,
        result=None
        if plan is None
        else result_of(plan, opened.meetings, bodies=opened.bodies, tz=tz),
        place=_place(plan, await work.resources.places()),
        agencies={agency.id: agency for agency in await work.towns.agencies()},
        names={member.id: member.name for member in await work.staff.all()},
        tax_left_out=tax,
    )


async def _plan(work: Work, case: Case, *, form: FormKind, programme: Programme) -> Plan | None:
    if form is FormKind.INTAKE:
        return None
    plans = await work.plans.of_case(case.id)
    return plan_for(plans, programme=programme, evaluated=form is FormKind.EVALUATION)


async def _assessment(
    work: Work, case: Case, *, form: FormKind
) -> tuple[IntakeAssessment | None, bool]:
    """The newest sheet, without what comes from taxation, and whether there was any."""
    if form is not FormKind.INTAKE:
        return None, False
    sheets = await work.assessments.of_case(case.id)
    return for_paper(sheets[0]) if sheets else (None, False)


def _place(plan: Plan | None, places: tuple[ParticipationPlace, ...]) -> str:
    part = None if plan is None else plan.sheet.participation
    if part is None:
        return ""
    return next((place.name for place in places if place.id == part.place_id), part.host)
