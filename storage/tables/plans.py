"""Intake forms, assessments, plans with their evaluations, and monitoring."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index

from core.applications import IntakeApplicationForm
from core.assessments import IntakeAssessment
from core.plans.following import Monitoring
from core.plans.machine import ENDED
from core.plans.record import Plan, PlanState
from core.programmes import PLANNING
from storage.documents import SealedRecord
from storage.tables.columns import (
    Row,
    column,
    count,
    day,
    flag,
    key,
    of,
    one_of,
    partial,
    quoted,
    words,
)

_SETTLED = "'FINAL', 'IN_FORCE', 'EVALUATION_DUE', 'EVALUATED'"


class ApplicationRow(Row, table=True):
    """相談受付・申込票."""

    __tablename__ = "applications"
    __table_args__ = (
        of("case_id", "cases"),
        of("person_id", "people"),
        Index("ix_applications_case", "municipality_id", "case_id", "received_on", "id"),
    )
    municipality_id: str = key()
    id: str = key()
    case_id: str | None = words(null=True)
    person_id: str | None = words(null=True)
    received_on: date = day()
    content: Any = column(SealedRecord("applications.content", IntakeApplicationForm))


class AssessmentRow(Row, table=True):
    """インテーク・アセスメントシート."""

    __tablename__ = "assessments"
    __table_args__ = (
        of("case_id", "cases"),
        Index("ix_assessments_case", "municipality_id", "case_id", "assessed_on", "id"),
        partial(
            "ix_assessments_early",
            "municipality_id",
            "assessed_on",
            "id",
            where="early_links <> ''",
        ),
    )
    municipality_id: str = key()
    id: str = key()
    case_id: str = words()
    assessed_on: date = day()
    # Programmes that should be there early, as `,outreach,participation,`.
    early_links: str = words()
    content: Any = column(SealedRecord("assessments.content", IntakeAssessment))


class PlanRow(Row, table=True):
    """One edition of a plan, with its latest evaluation."""

    __tablename__ = "plans"
    __table_args__ = (
        of("case_id", "cases"),
        of("assessment_id", "assessments"),
        of("replaces", "plans"),
        one_of("state", PlanState),
        CheckConstraint(f"programme IN ({quoted(sorted(PLANNING))})", name="programme"),
        CheckConstraint(f"state NOT IN ({_SETTLED}) OR final_on IS NOT NULL", name="final_day"),
        CheckConstraint(
            "state <> 'IN_FORCE' OR next_monitoring_on IS NOT NULL", name="monitoring_set"
        ),
        # Nobody decides on a plan that they wrote on (DOMAIN §3.2); `drafted_by` is `,a,b,`.
        CheckConstraint(
            "decided_by IS NULL OR drafted_by NOT LIKE '%,' || decided_by || ',%'",
            name="not_own_plan",
        ),
        # Before consent nothing is decided by the municipality, and nothing goes before 重層.
        CheckConstraint(
            "NOT before_consent OR state IN ('DRAFT', 'SUBMITTED_SHIEN', 'RETURNED', 'ENDORSED',"
            " 'IN_FORCE_PRECONSENT', 'SUPERSEDED', 'CLOSED')",
            name="before_consent",
        ),
        # One plan of a programme before consent, and one after it, is under way in a case.
        partial(
            "uq_plans_under_way",
            "municipality_id",
            "case_id",
            "programme",
            "before_consent",
            where=f"state NOT IN ({quoted(sorted(ENDED))})",
            unique=True,
        ),
        partial(
            "ix_plans_monitoring",
            "municipality_id",
            "next_monitoring_on",
            "id",
            where="state = 'IN_FORCE'",
        ),
    )
    municipality_id: str = key()
    id: str = key()
    case_id: str = words()
    programme: str = words()
    assessment_id: str = words()
    state: str = words()
    edition: int = count()
    before_consent: bool = flag()
    replaces: str | None = words(null=True)
    drafted_by: str = words()
    decided_by: str | None = words(null=True)
    final_on: date | None = day(null=True)
    next_monitoring_on: date | None = day(null=True)
    report_due_on: date | None = day(null=True)
    reported_on: date | None = day(null=True)
    version: int = count()
    content: Any = column(SealedRecord("plans.content", Plan))


class MonitoringRow(Row, table=True):
    """When a plan is looked at, and what came of it."""

    __tablename__ = "monitorings"
    __table_args__ = (
        of("plan_id", "plans"),
        Index("ix_monitorings_plan", "municipality_id", "plan_id", "due_on", "id"),
    )
    municipality_id: str = key()
    id: str = key()
    plan_id: str = words()
    due_on: date = day()
    done_on: date | None = day(null=True)
    content: Any = column(SealedRecord("monitorings.content", Monitoring))
