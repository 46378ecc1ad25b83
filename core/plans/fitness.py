"""Whether a sheet may go before a meeting: what it must and must not hold."""

from core.errors import CaseworkError
from core.plans.patterns import DECIDED_BY_TOWN
from core.plans.sheet import BELONGING, OUTCOMES, GoalKind, LegalStatus, PlanSheet
from core.programmes import Programme


class OutcomeBeforeTrust(CaseworkError):
    """A plan made before consent asks for no result such as work or going out (R-028).

    Facts: `found` (kinds of goal), `allowed` (kinds that fit).
    """

    rule = "R-028"


class TieNotExpressed(CaseworkError):
    """Goals express the tie that the person wishes, not employment alone (R-071).

    Facts: `missing`, `allowed`.
    """

    rule = "R-071"


class UseNotWritten(CaseworkError):
    """Outreach or participation is acted on but not written as used in the plan (R-060).

    Facts: `programmes`, `allowed`.
    """

    rule = "R-060"


class PublicAssistanceOfficeMissing(CaseworkError):
    """A household on 生活保護 keeps its office at the centre of the plan (R-011)."""

    rule = "R-011"


class PartsNotNamed(CaseworkError):
    """Every agency that acts is named with its part (P3). Facts: `agencies`, `allowed`."""

    rule = "P3"


class MonitoringTimeMissing(CaseworkError):
    """A plan proposes when it is looked at again (P3, S0 第4-4(2)⑤)."""

    rule = "P3"


class OutreachPartMissing(CaseworkError):
    """A plan before consent is outreach's own, with its method of approach (R-021).

    Facts: `missing`, `allowed`.
    """

    rule = "R-021"


def require_fit_for_shien(sheet: PlanSheet) -> None:
    """What a plan before consent must hold before the 支援会議 sees it (P2).

    Raises:
        OutreachPartMissing: no approach is written, or it is called a plan after consent.
        OutcomeBeforeTrust: a goal asks for a result.
    """
    if sheet.legal_status is not LegalStatus.PRE_CONSENT:
        raise OutreachPartMissing(missing="legal_status", allowed="SUBMITTED_JUSO")
    if sheet.outreach is None or not sheet.outreach.approach.strip():
        raise OutreachPartMissing(missing="approach", allowed="DRAFT")
    asked = sorted({goal.kind for goal in sheet.goals} & OUTCOMES)
    if asked:
        allowed = ",".join(kind for kind in GoalKind if kind not in OUTCOMES)
        raise OutcomeBeforeTrust(found=",".join(asked), allowed=allowed)


def require_fit_for_juso(sheet: PlanSheet, *, programme: Programme) -> None:
    """What a plan must hold before the 重層的支援会議 sees it (P3, S0 第4-4(2)⑤).

    Raises:
        PartsNotNamed: an agency acts without a named part, or none acts at all.
        MonitoringTimeMissing: no time to look again is proposed.
        UseNotWritten: an action is under a programme whose use the plan does not write down.
        PublicAssistanceOfficeMissing: the household is on 生活保護, the office is not in the plan.
        TieNotExpressed: the goals speak of employment alone, or say nothing of belonging.
    """
    require_parts_named(sheet)
    if sheet.monitoring_on is None:
        raise MonitoringTimeMissing(allowed="DRAFT")
    require_uses_written(sheet, programme=programme)
    office = any(part.is_public_assistance_office for part in sheet.agencies)
    if sheet.household_on_public_assistance and not office:
        raise PublicAssistanceOfficeMissing(allowed="DRAFT")
    require_more_than_employment(sheet, programme=programme)


def require_parts_named(sheet: PlanSheet) -> None:
    """Refuse a plan in which somebody acts without a named part, or nobody has one (P3)."""
    named = {part.agency_id for part in sheet.agencies if part.part.strip()}
    unnamed = {action.agency_id for action in sheet.actions} | {
        part.agency_id for part in sheet.agencies
    }
    unnamed -= named
    if unnamed or not named:
        raise PartsNotNamed(agencies=",".join(sorted(unnamed)), allowed="DRAFT")


def require_uses_written(sheet: PlanSheet, *, programme: Programme) -> None:
    """Refuse a plan that acts under outreach or participation without writing it (R-060)."""
    acted = {action.programme for action in sheet.actions if action.programme is not None}
    unwritten = sorted((acted & DECIDED_BY_TOWN) - sheet.uses - {programme})
    if unwritten:
        raise UseNotWritten(programmes=",".join(unwritten), allowed="DRAFT")


def require_more_than_employment(sheet: PlanSheet, *, programme: Programme) -> None:
    """Refuse goals of employment alone; participation also needs wish and belonging (R-071)."""
    kinds = {goal.kind for goal in sheet.goals}
    belonging = ",".join(sorted(BELONGING))
    if not kinds:
        raise TieNotExpressed(missing="goals", allowed=belonging)
    if kinds == {GoalKind.WORK}:
        raise TieNotExpressed(missing="other goals", allowed=belonging)
    if programme is Programme.PARTICIPATION:
        if not sheet.wish.strip():
            raise TieNotExpressed(missing="wish", allowed=belonging)
        if not kinds & BELONGING:
            raise TieNotExpressed(missing="belonging", allowed=belonging)
