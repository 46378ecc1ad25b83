"""The plan as a record, and one step asked of it."""

import enum
from dataclasses import dataclass, field
from datetime import date, datetime

from core.agencies import Role
from core.ids import AssessmentId, CaseId, MunicipalityId, PlanId, StaffId
from core.plans.decisions import MeetingDecision, MunicipalDecision, PlanConsents
from core.plans.evaluation import EvaluationSheet
from core.plans.patterns import ConfirmationPattern, pattern_of
from core.plans.sheet import PlanSheet
from core.programmes import Programme


class PlanState(enum.StrEnum):
    """The states of DOMAIN §3.2; SUBMITTED is two, by the meeting it goes to."""

    DRAFT = "DRAFT"
    SUBMITTED_SHIEN = "SUBMITTED_SHIEN"
    SUBMITTED_JUSO = "SUBMITTED_JUSO"
    RETURNED = "RETURNED"
    ENDORSED = "ENDORSED"
    IN_FORCE_PRECONSENT = "IN_FORCE_PRECONSENT"
    APPROVED = "APPROVED"
    AWAITING_DECISION = "AWAITING_DECISION"
    FINAL = "FINAL"
    IN_FORCE = "IN_FORCE"
    EVALUATION_DUE = "EVALUATION_DUE"
    EVALUATED = "EVALUATED"
    SUPERSEDED = "SUPERSEDED"
    CLOSED = "CLOSED"
    INTERRUPTED = "INTERRUPTED"


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """One plan of one programme, in one edition.

    Attributes:
        edition: 1 for the first plan, n+1 for the re-plan of edition n (再プラン).
        replaces: the edition before, or None.
        drafted_by: everybody who wrote on this edition; none of them may decide on it.
        approved_in: id of the meeting that approved or endorsed it.
        replanned_in: id of the meeting that called for this edition; another one approves it.
        final_on: the day on which it became final.
        next_monitoring_on: set when it goes into force.
        report_due_on, reported_on: the report of pattern 3, a due date and no gate (P10).
        municipal: the decision on pattern 1 and 2.
        evaluation: the latest evaluation.
    """

    id: PlanId
    municipality_id: MunicipalityId
    case_id: CaseId
    programme: Programme
    assessment_id: AssessmentId
    sheet: PlanSheet
    state: PlanState = PlanState.DRAFT
    edition: int = 1
    replaces: PlanId | None = None
    drafted_by: frozenset[StaffId] = frozenset()
    approved_in: str = ""
    replanned_in: str = ""
    final_on: date | None = None
    next_monitoring_on: date | None = None
    report_due_on: date | None = None
    reported_on: date | None = None
    municipal: MunicipalDecision | None = None
    evaluation: EvaluationSheet | None = None
    version: int = 1

    @property
    def pattern(self) -> ConfirmationPattern:
        """The confirmation pattern, computed from the sheet (R-062)."""
        return pattern_of(self.sheet, programme=self.programme)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanStep:
    """One step asked of a plan, with what it stands on; only what the row needs is looked at.

    Attributes:
        by: staff id, or `system`.
        on: the local day of `at`.
        reason: why (P5, P9, and a big change for P12); never the person's words.
        copy_offered: the person has the plan, or was offered it (P11).
        contact_lost: the case's own check of R-052 held (O13).
        endorsement_required: the town wants every pre-consent plan endorsed (DOMAIN §12-1).
        report_within_days: by when pattern 3 is reported [D].
        successor: the post-consent plan (P18).
    """

    to: PlanState
    by: StaffId | str
    role: Role
    at: datetime
    on: date
    reason: str = ""
    consents: PlanConsents = field(default_factory=PlanConsents)
    meeting: MeetingDecision | None = None
    municipal: MunicipalDecision | None = None
    evaluation: EvaluationSheet | None = None
    next_monitoring_on: date | None = None
    copy_offered: bool = False
    contact_lost: bool = False
    endorsement_required: bool = True
    report_within_days: int = 30
    successor: Plan | None = None
