"""Intake forms, assessments, plans and their monitoring."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import literal_column

from core.applications import IntakeApplicationForm
from core.assessments import IntakeAssessment
from core.ids import ApplicationId, AssessmentId, CaseId, PlanId
from core.plans.following import Monitoring
from core.plans.record import Plan, PlanState
from core.plans.sheet import LegalStatus
from core.programmes import Programme
from storage import tables
from storage.shelves import Shelf
from storage.transaction import Transaction


class SqlApplications:
    """core.ports.Applications."""

    def __init__(self, transaction: Transaction) -> None:
        self._shelf: Shelf[IntakeApplicationForm] = Shelf(
            transaction,
            tables.ApplicationRow,
            columns=lambda form: {
                "id": form.id,
                "case_id": form.case_id,
                "person_id": form.person_id,
                "received_on": form.received_on,
            },
            what="application",
        )

    async def get(self, application_id: ApplicationId) -> IntakeApplicationForm:
        """Raises: NotFound."""
        return await self._shelf.get(application_id)

    async def of_case(self, case_id: CaseId) -> tuple[IntakeApplicationForm, ...]:
        """Newest first."""
        c = self._shelf.c
        return await self._shelf.all(c.case_id == case_id, by=(c.received_on.desc(), c.id.desc()))

    async def put(self, form: IntakeApplicationForm) -> None:
        """New, or in its place."""
        await self._shelf.put(form)


class SqlAssessments:
    """core.ports.Assessments."""

    def __init__(self, transaction: Transaction) -> None:
        self._shelf: Shelf[IntakeAssessment] = Shelf(
            transaction,
            tables.AssessmentRow,
            columns=lambda sheet: {
                "id": sheet.id,
                "case_id": sheet.case_id,
                "assessed_on": sheet.assessed_on,
                "early_links": _listed(sorted(sheet.early_links or ())),
            },
            what="assessment",
        )

    async def get(self, assessment_id: AssessmentId) -> IntakeAssessment:
        """Raises: NotFound."""
        return await self._shelf.get(assessment_id)

    async def of_case(self, case_id: CaseId) -> tuple[IntakeAssessment, ...]:
        """Newest first."""
        c = self._shelf.c
        return await self._shelf.all(c.case_id == case_id, by=(c.assessed_on.desc(), c.id.desc()))

    async def asking_early(
        self, programme: Programme, *, limit: int
    ) -> tuple[IntakeAssessment, ...]:
        """Newest first."""
        c = self._shelf.c
        return await self._shelf.all(
            c.early_links != literal_column("''"),
            c.early_links.contains(f",{programme.value},", autoescape=True),
            by=(c.assessed_on.desc(), c.id.desc()),
            limit=limit,
        )

    async def put(self, assessment: IntakeAssessment) -> None:
        """New, or in its place."""
        await self._shelf.put(assessment)


class SqlPlans:
    """core.ports.Plans."""

    def __init__(self, transaction: Transaction) -> None:
        self._shelf: Shelf[Plan] = Shelf(
            transaction, tables.PlanRow, columns=_plan_columns, what="plan"
        )

    async def get(self, plan_id: PlanId) -> Plan:
        """Raises: NotFound."""
        return await self._shelf.get(plan_id)

    async def of_case(self, case_id: CaseId) -> tuple[Plan, ...]:
        """Newest first."""
        return await self._shelf.all(
            self._shelf.c.case_id == case_id, by=(self._shelf.c.id.desc(),)
        )

    async def due_for_monitoring(self, *, on: date, limit: int) -> tuple[Plan, ...]:
        """Earliest first."""
        c = self._shelf.c
        return await self._shelf.all(
            c.state == PlanState.IN_FORCE.value,
            c.next_monitoring_on <= on,
            by=c.next_monitoring_on,
            limit=limit,
        )

    async def unreported(self) -> tuple[Plan, ...]:
        """Earliest due first."""
        c = self._shelf.c
        return await self._shelf.all(
            c.report_due_on.is_not(None), c.reported_on.is_(None), by=c.report_due_on
        )

    async def awaiting_decision(self) -> tuple[Plan, ...]:
        """In the order in which they came."""
        return await self._shelf.all(self._shelf.c.state == PlanState.AWAITING_DECISION.value)

    async def of_cases(
        self, case_ids: Iterable[CaseId], *, states: Iterable[PlanState]
    ) -> tuple[Plan, ...]:
        """Oldest first."""
        c = self._shelf.c
        wanted, asked = sorted(case_ids), sorted(state.value for state in states)
        return await self._shelf.all(c.case_id.in_(wanted), c.state.in_(asked))

    async def add(self, plan: Plan) -> bool:
        """False when one is under way already."""
        return await self._shelf.add_once(plan)

    async def change(self, plan: Plan, *, version: int) -> bool:
        """Whether it still had that version."""
        return await self._shelf.change(plan, version=version)


class SqlMonitorings:
    """core.ports.Monitorings."""

    def __init__(self, transaction: Transaction) -> None:
        self._shelf: Shelf[Monitoring] = Shelf(
            transaction,
            tables.MonitoringRow,
            columns=lambda monitoring: {
                "id": monitoring.id,
                "plan_id": monitoring.plan_id,
                "due_on": monitoring.due_on,
                "done_on": monitoring.done_on,
            },
            what="monitoring",
        )

    async def of_plan(self, plan_id: PlanId) -> tuple[Monitoring, ...]:
        """Newest first."""
        c = self._shelf.c
        return await self._shelf.all(c.plan_id == plan_id, by=(c.due_on.desc(), c.id.desc()))

    async def put(self, monitoring: Monitoring) -> None:
        """New, or in its place."""
        await self._shelf.put(monitoring)


def _plan_columns(plan: Plan) -> dict[str, object]:
    return {
        "id": plan.id,
        "case_id": plan.case_id,
        "programme": plan.programme.value,
        "assessment_id": plan.assessment_id,
        "state": plan.state.value,
        "edition": plan.edition,
        "before_consent": plan.sheet.legal_status is LegalStatus.PRE_CONSENT,
        "replaces": plan.replaces,
        "drafted_by": _listed(sorted(plan.drafted_by)),
        "decided_by": None if plan.municipal is None else plan.municipal.by,
        "final_on": plan.final_on,
        "next_monitoring_on": plan.next_monitoring_on,
        "report_due_on": plan.report_due_on,
        "reported_on": plan.reported_on,
        "version": plan.version,
    }


def _listed(names: list[str]) -> str:
    """Names so that each can be found between commas; nothing for none."""
    return f",{','.join(names)}," if names else ""
