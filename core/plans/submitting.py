"""Guards of drafting and of going before a meeting (P1 to P3).

A guard looks at the plan and at the step asked of it; it returns nothing and refuses by raising.
"""

from typing import Final

from core.agencies import Role
from core.errors import CaseworkError
from core.plans.fitness import require_fit_for_juso, require_fit_for_shien
from core.plans.items import PlanNotDecidedInMeeting
from core.plans.record import Plan, PlanStep
from core.plans.sheet import LegalStatus
from core.programmes import Programme

# Whose staff drafts which programme's plan (DOMAIN §3.7).
STAFF_OF: Final = {
    Programme.OUTREACH: Role.OUTREACH_WORKER,
    Programme.PARTICIPATION: Role.PARTICIPATION_WORKER,
    Programme.MULTI_AGENCY: Role.COORDINATOR,
}


class PlanOfAnotherProgramme(CaseworkError):
    """A plan is drafted by staff of its own programme. Facts: `programme`, `allowed` (role)."""

    rule = "P1"


class OnlyOutreachBeforeConsent(CaseworkError):
    """Only outreach has a plan before consent; it goes to the 支援会議. Facts: `allowed`."""

    rule = "P2"


class JusoNeedsConsent(CaseworkError):
    """Without the person's application and permission to share, never the 重層的支援会議.

    Facts: `missing` (SERVICE_USE, SHARE_MEETING or POST_CONSENT), `allowed`.
    """

    rule = "R-021"


def own_staff(plan: Plan, step: PlanStep) -> None:
    """The step is taken by staff of the plan's programme."""
    if STAFF_OF.get(plan.programme) is not step.role:
        allowed = STAFF_OF[plan.programme].value
        raise PlanOfAnotherProgramme(programme=plan.programme.value, allowed=allowed)


def before_consent(plan: Plan, step: PlanStep) -> None:
    """P2: outreach, and no application yet; with a plan that fits."""
    if plan.programme is not Programme.OUTREACH:
        raise OnlyOutreachBeforeConsent(allowed="SUBMITTED_JUSO")
    if Programme.OUTREACH in step.consents.service_use:
        raise OnlyOutreachBeforeConsent(allowed="SUBMITTED_JUSO")
    require_fit_for_shien(plan.sheet)


def no_endorsement_needed(plan: Plan, step: PlanStep) -> None:
    """The town leaves endorsement to judgement (必要に応じて, DOMAIN §12-1)."""
    if step.endorsement_required:
        raise PlanNotDecidedInMeeting(
            purpose="PLAN", basis="SHIEN", decision="ENDORSED", allowed="SUBMITTED_SHIEN"
        )


def consents_cover(plan: Plan, step: PlanStep) -> None:
    """SERVICE_USE of this programme and SHARE_MEETING stand now (R-021)."""
    if plan.sheet.legal_status is not LegalStatus.POST_CONSENT:
        raise JusoNeedsConsent(missing="POST_CONSENT", allowed="SUBMITTED_SHIEN")
    if plan.programme not in step.consents.service_use:
        raise JusoNeedsConsent(missing="SERVICE_USE", allowed="SUBMITTED_SHIEN")
    if not step.consents.meeting_covered:
        raise JusoNeedsConsent(missing="SHARE_MEETING", allowed="SUBMITTED_SHIEN")


def fit_for_juso(plan: Plan, step: PlanStep) -> None:
    """The sheet holds what the meeting needs."""
    require_fit_for_juso(plan.sheet, programme=plan.programme)
