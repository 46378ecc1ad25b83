"""IntakeAssessment インテーク・アセスメントシート (DOMAIN §2.6, S0 第3-5(3)②).

Marks: [C] said in a seed, [S] sister programme's form, [I] inferred, [U] unverified memory.
Texts are sealed where stored. The sheet is also what the monthly report counts (R-086).
"""

import enum
from dataclasses import dataclass, replace
from datetime import date

from core.errors import CaseworkError
from core.fields import Field
from core.ids import AgencyId, AssessmentId, CaseId, PersonId, StaffId
from core.programmes import Programme


class IntakeRoute(enum.StrEnum):
    """By whom it came [I]."""

    SELF = "SELF"
    FAMILY = "FAMILY"
    AGENCY = "AGENCY"
    OUTREACH = "OUTREACH"
    RESIDENT = "RESIDENT"


class IntakeWay(enum.StrEnum):
    """How it came [I]."""

    WINDOW = "WINDOW"
    PHONE = "PHONE"
    VISIT = "VISIT"
    MESSAGE = "MESSAGE"


class Housing(enum.StrEnum):
    """Where the household lives [S]."""

    OWN = "OWN"
    RENT = "RENT"
    PUBLIC = "PUBLIC"
    COMPANY = "COMPANY"
    NONE = "NONE"
    OTHER = "OTHER"


class WorkKind(enum.StrEnum):
    """How a member works [S]."""

    REGULAR = "REGULAR"
    TEMPORARY = "TEMPORARY"
    SELF_EMPLOYED = "SELF_EMPLOYED"
    PENSIONER = "PENSIONER"
    NOT_WORKING = "NOT_WORKING"
    OTHER = "OTHER"


class Issue(enum.StrEnum):
    """The checklist of issues, per member [S, U]."""

    ILLNESS = "ILLNESS"
    INJURY = "INJURY"
    DISABILITY_CERTIFIED = "DISABILITY_CERTIFIED"
    DISABILITY_SUSPECTED = "DISABILITY_SUSPECTED"
    SELF_HARM = "SELF_HARM"
    MENTAL_HEALTH = "MENTAL_HEALTH"
    UNSTABLE_HOUSING = "UNSTABLE_HOUSING"
    POVERTY = "POVERTY"
    DEBT = "DEBT"
    BUDGETING = "BUDGETING"
    WORK_HARD_TO_FIND = "WORK_HARD_TO_FIND"
    LIFE_RHYTHM = "LIFE_RHYTHM"
    ISOLATION = "ISOLATION"
    FAMILY_PROBLEM = "FAMILY_PROBLEM"
    TRUANCY = "TRUANCY"
    DELINQUENCY = "DELINQUENCY"
    EARLY_SCHOOL_LEAVING = "EARLY_SCHOOL_LEAVING"
    SINGLE_PARENT = "SINGLE_PARENT"
    VIOLENCE = "VIOLENCE"
    FOREIGN_NATIONAL = "FOREIGN_NATIONAL"
    EX_OFFENDER = "EX_OFFENDER"
    COMMUNICATION = "COMMUNICATION"
    LITERACY = "LITERACY"
    DISASTER_VICTIM = "DISASTER_VICTIM"
    OTHER = "OTHER"


class Screening(enum.StrEnum):
    """What came of the intake [C idea S0 第3-5(3)①ア; list I]."""

    ACCEPT = "ACCEPT"
    RETURN_TO_SOURCE = "RETURN_TO_SOURCE"
    INFORMATION_ONLY = "INFORMATION_ONLY"
    EMERGENCY = "EMERGENCY"


class CoordinationNoteMissing(CaseworkError):
    """Multi-agency assesses by itself only after coordinating with those who know (R-005).

    Facts: `allowed`.
    """

    rule = "R-005"


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberIssues:
    """What one member of the household carries; each issue belongs to a member (S4 p15)."""

    person_id: PersonId
    issues: frozenset[Issue] = frozenset()
    work: WorkKind | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class InvolvedAgency:
    """An agency already there, and what it holds [I]."""

    agency_id: AgencyId
    holds: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Money:
    """Income, benefits, arrears, debts [I].

    Attributes:
        tax_derived: the facts come from tax officers; they are not shared without consent, not
            even in the 支援会議 (R-043).
        holder_id: the officer who brought such facts in and opens them; nobody else does.
    """

    income: str = ""
    benefits: str = ""
    arrears: str = ""
    debts: str = ""
    tax_derived: bool = False
    holder_id: StaffId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class IntakeAssessment:
    """One assessment. Nothing about attribute, age or field is required (R-001).

    Attributes:
        source_agency_id: who referred; asked for its information and reading [C 第3-5(3)②].
        authors: more than one, where agencies assess together (S4 p30 Sakai).
        consent_state: as the ledger had it on the day [I].
        fields: fields touched [C: S3 counts them].
        ties, days, hooks: relations with family and community; rhythm; hobbies and strengths
            [I; C idea 第3-4(4)①ア(ウ)].
        formulation, background: 見立て [C 第3-5(3)②].
        direct_assessment: multi-agency collected by itself; then `coordination_note` says with
            whom it was settled (R-005).
        early_links: programmes that should be there early [C 第3-5(3)②, R-012]; None while
            nobody has answered the question.
    """

    id: AssessmentId
    case_id: CaseId
    assessed_on: date
    authors: tuple[StaffId, ...]
    route: IntakeRoute | None = None
    way: IntakeWay | None = None
    source_agency_id: AgencyId | None = None
    consent_state: str = ""
    members: tuple[MemberIssues, ...] = ()
    housing: Housing | None = None
    insurance: str = ""
    pension: str = ""
    health: str = ""
    money: Money | None = None
    history: str = ""
    ties: str = ""
    days: str = ""
    hooks: str = ""
    fields: frozenset[Field] = frozenset()
    formulation: str = ""
    background: str = ""
    agencies: tuple[InvolvedAgency, ...] = ()
    direct_assessment: bool = False
    coordination_note: str = ""
    early_links: frozenset[Programme] | None = None
    screening: Screening | None = None
    next_step: str = ""


class TaxHolderMissing(CaseworkError):
    """Facts from taxation are kept for the municipal officer who brought them in, by name.

    Facts: `allowed`.
    """

    rule = "R-043"


class EarlyLinkUnanswered(CaseworkError):
    """The intake asks whether outreach or participation should be there early (R-012).

    Facts: `allowed`.
    """

    rule = "R-012"


def require_coordinated(assessment: IntakeAssessment) -> None:
    """Refuse a direct assessment that was not settled with the source and agencies (R-005).

    Raises:
        CoordinationNoteMissing: the note is empty.
    """
    if assessment.direct_assessment and not assessment.coordination_note.strip():
        raise CoordinationNoteMissing(allowed="ASK_SOURCE")


def tax_holder(sheet: IntakeAssessment) -> StaffId | None:
    """Who opens what this sheet has from taxation; None where it has nothing from there (R-043).

    Where nobody was named it is whoever wrote the sheet.
    """
    money = sheet.money
    if money is None or not money.tax_derived:
        return None
    return money.holder_id or next(iter(sheet.authors), None)


def without_tax_facts(sheet: IntakeAssessment) -> IntakeAssessment:
    """The sheet as those read it who did not bring its tax facts in: that there are some, and who
    has them (R-043)."""
    if sheet.money is None or not sheet.money.tax_derived:
        return sheet
    return replace(sheet, money=Money(tax_derived=True, holder_id=tax_holder(sheet)))


def to_notify(assessment: IntakeAssessment) -> frozenset[Programme]:
    """The providers to tell at once, because the intake says early (R-012).

    Raises:
        EarlyLinkUnanswered: the question is still open at the end of the screening.
    """
    if assessment.early_links is None:
        if assessment.screening is Screening.ACCEPT:
            raise EarlyLinkUnanswered(allowed="ANSWER")
        return frozenset()
    return assessment.early_links & {Programme.OUTREACH, Programme.PARTICIPATION}
