"""IntakeApplicationForm 相談受付・申込票: what was asked for, and whether the person applies.

DOMAIN §2.6. Marks: [S] seen in a sister programme's form, [X1] Higashi-Osaka's copies, [I]
inferred, [C] said in a seed. Names, addresses, phones, free text: sealed where stored.
"""

import enum
from dataclasses import dataclass
from datetime import date, datetime

from core.errors import CaseworkError
from core.ids import ApplicationId, CaseId, PersonId, StaffId
from core.programmes import Programme


class ConsultationTopic(enum.StrEnum):
    """What the talk is about; more than one may be ticked [S]."""

    ILLNESS = "ILLNESS"
    HOUSING = "HOUSING"
    INCOME = "INCOME"
    RENT = "RENT"
    TAX_UTILITY = "TAX_UTILITY"
    DEBT = "DEBT"
    JOB_SEARCH = "JOB_SEARCH"
    WORK_TROUBLE = "WORK_TROUBLE"
    COMMUNITY = "COMMUNITY"
    FAMILY = "FAMILY"
    CHILD_REARING = "CHILD_REARING"
    CARE = "CARE"
    WITHDRAWAL = "WITHDRAWAL"
    VIOLENCE = "VIOLENCE"
    NO_FOOD = "NO_FOOD"
    OTHER = "OTHER"


class FormVersion(enum.StrEnum):
    """The form exists in two versions [X1]."""

    WITH_CONSENT = "WITH_CONSENT"
    WITHOUT_CONSENT = "WITHOUT_CONSENT"


class ApplicationMissing(CaseworkError):
    """An accepted multi-agency case has the person's application before its plan (R-009).

    Facts: `missing`, `allowed`.
    """

    rule = "R-009"


@dataclass(frozen=True, kw_only=True, slots=True)
class Visitor:
    """Who came, if not the person [S]; relation is family or other."""

    name: str
    phone: str = ""
    relation: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class IntakeApplicationForm:
    """One form; no field but reception and receiver is required: any query is accepted (R-001).

    Attributes:
        received_on, receiver_id: reception [S].
        person_id: None while nobody knows who it is; name, kana, sex, birth or age, address,
            phones, mail stand on the person [S].
        topics, main_topic: ○ and ◎ [S]; wishes: free text [S].
        programmes: what is applied for [C idea 第3-5(3)①].
        heard_privacy_rule, agrees_to_sharing, signed_on: the application [S].
        helped_by: who helped to fill it in; the source does (R-009, S0 第3-5(3)①ア).
        reason_without, informant, how_sought: only WITHOUT_CONSENT [X1/I].
    """

    id: ApplicationId
    version: FormVersion
    received_on: date
    receiver_id: StaffId
    case_id: CaseId | None = None
    person_id: PersonId | None = None
    visitor: Visitor | None = None
    topics: frozenset[ConsultationTopic] = frozenset()
    main_topic: ConsultationTopic | None = None
    wishes: str = ""
    programmes: frozenset[Programme] = frozenset()
    heard_privacy_rule: bool = False
    agrees_to_sharing: bool = False
    signed_on: date | None = None
    helped_by: StaffId | None = None
    reason_without: str = ""
    informant: str = ""
    how_sought: str = ""
    recorded_at: datetime | None = None


def applies_for(form: IntakeApplicationForm, programme: Programme) -> bool:
    """Whether this form is the person's signed application for a programme."""
    return (
        form.version is FormVersion.WITH_CONSENT
        and programme in form.programmes
        and form.heard_privacy_rule
        and form.signed_on is not None
    )


def require_application(
    form: IntakeApplicationForm | None, *, programme: Programme = Programme.MULTI_AGENCY
) -> None:
    """Refuse to go from acceptance to the plan without the person's application (R-009).

    Raises:
        ApplicationMissing: no form, no signature, or another programme.
    """
    if form is None or not applies_for(form, programme):
        raise ApplicationMissing(missing=programme.value, allowed="ASSESS,SHIEN")
