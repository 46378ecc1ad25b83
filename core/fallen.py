"""What becomes of plans, referrals, sheets and matches when their consent has ended (C5, C7).

Pure rows beside the machines P and F: each takes a record as it waits and gives it as it waits
on, with its event; None where nothing changes. Nothing is taken out of the record, and each can
be taken up again when the person wishes (DOMAIN §3.5).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from core.agencies import Role
from core.audit import SYSTEM, AuditEvent
from core.connect_sheets import ConnectSheet, SheetMoved
from core.consent.covers import Need, PlanFor, ShareWithAgency
from core.ids import AgencyId, StaffId
from core.plans.decisions import PlanConsents
from core.plans.machine import PlanMoved, take_step
from core.plans.record import Plan, PlanState, PlanStep
from core.plans.sheet import LegalStatus
from core.programmes import Programme
from core.referrals.machine import ReferralMoved
from core.referrals.record import Referral, ReferralKind, ReferralState
from core.resources import Match, MatchMoved, MatchState, ParticipationPlace, move_match

CONSENT_ENDED: Final = "consent ended"
# Between the person's consent and a decision on it.
WAITING: Final = frozenset(
    {PlanState.SUBMITTED_JUSO, PlanState.APPROVED, PlanState.AWAITING_DECISION}
)
UNSENT: Final = frozenset(
    {ReferralState.EXPLAINED, ReferralState.ACCEPTED_BY_PERSON, ReferralState.NOT_YET}
)
# What others arrange. A tie that has begun to hold is the person's own.
ARRANGED: Final = frozenset({MatchState.TOLD_OF, MatchState.VISITED, MatchState.TRIAL})
_TOWARDS: Final = {
    ReferralKind.TO_MULTI_AGENCY: Programme.MULTI_AGENCY,
    ReferralKind.TO_OUTREACH: Programme.OUTREACH,
    ReferralKind.TO_PARTICIPATION: Programme.PARTICIPATION,
}


def plan_without_consent(
    plan: Plan, *, consents: PlanConsents, at: datetime, on: date
) -> PlanMoved | None:
    """A plan that waits for a decision goes back; one in force is looked at anew (P12).

    The 重層的支援会議 and the municipality decide on what the person has applied for and shares
    (P3, P6, P8); where that has gone there is nothing before them any more. A plan that is final
    rests on the application alone: sharing has served its purpose by then.

    Args:
        consents: as they are after the change, towards the body that speaks on the plan.
        on: the local day of `at`.
    """
    if plan.sheet.legal_status is not LegalStatus.POST_CONSENT:
        return None
    applied = plan.programme in consents.service_use
    waits = plan.state in WAITING and not (applied and consents.meeting_covered)
    if waits or (plan.state is PlanState.FINAL and not applied):
        back = replace(
            plan,
            state=PlanState.RETURNED,
            approved_in="",
            final_on=None,
            municipal=None,
            report_due_on=None,
            version=plan.version + 1,
        )
        event = _event("plan.returned", plan.id, at=at, was=plan.state, now=back.state)
        evidence = ("row=C5", f"edition={plan.edition}")
        return PlanMoved(plan=back, event=replace(event, case_id=plan.case_id, evidence=evidence))
    if plan.state is PlanState.IN_FORCE and not applied:
        step = PlanStep(
            to=PlanState.EVALUATION_DUE,
            by=SYSTEM,
            role=Role.SYSTEM,
            at=at,
            on=on,
            reason=CONSENT_ENDED,
        )
        return take_step(plan, step)
    return None


def need_of_referral(referral: Referral, *, fallen: Iterable[Need]) -> Need | None:
    """What fell of that on which a referral stands: its programme, or telling its addressee."""
    towards = _TOWARDS.get(referral.kind)
    for need in fallen:
        if isinstance(need, PlanFor) and need.programme is towards:
            return need
        if isinstance(need, ShareWithAgency) and need.agency == referral.to_agency_id:
            return need
    return None


def need_to_tell(agency_id: AgencyId, *, fallen: Iterable[Need]) -> Need | None:
    """What fell of telling this agency, whatever the topic."""
    telling = (need for need in fallen if isinstance(need, ShareWithAgency))
    return next((need for need in telling if need.agency == agency_id), None)


def need_of_match(place: ParticipationPlace, *, fallen: Iterable[Need]) -> Need | None:
    """What fell of that on which a match stands: participation, or telling the host."""
    needs = tuple(fallen)
    asked = (n for n in needs if isinstance(n, PlanFor) and n.programme is Programme.PARTICIPATION)
    return next(asked, None) or need_to_tell(place.host_agency_id, fallen=needs)


def referral_without_consent(referral: Referral, *, at: datetime) -> ReferralMoved | None:
    """A referral that was not sent is a draft again: what the person accepted stands no more.

    It goes out only after it was explained anew and accepted anew (F2, F3).
    """
    if referral.state not in UNSENT:
        return None
    back = replace(
        referral,
        state=ReferralState.DRAFT,
        explained_at=None,
        own_words="",
        version=referral.version + 1,
    )
    event = _event("referral.draft", referral.id, at=at, was=referral.state, now=back.state)
    return ReferralMoved(
        referral=back, event=replace(event, case_id=referral.case_id, evidence=("row=C5",))
    )


def sheet_without_consent(sheet: ConnectSheet, *, at: datetime) -> SheetMoved | None:
    """A sheet that was not sent says no more that the person agrees."""
    if sheet.sent_on is not None or not sheet.consents:
        return None
    event = _event("connect_sheet.stopped", sheet.id, at=at)
    return SheetMoved(
        sheet=replace(sheet, consents=False, version=sheet.version + 1),
        event=replace(event, case_id=sheet.case_id, evidence=("row=C5",)),
    )


def match_without_consent(
    match: Match, *, place: ParticipationPlace, at: datetime, on: date
) -> MatchMoved | None:
    """A match that others still arrange ends; it can be taken up again."""
    if match.state not in ARRANGED:
        return None
    moved = move_match(
        match,
        to=MatchState.ENDED,
        place=place,
        person_wishes=False,
        by=StaffId(SYSTEM),
        role=Role.SYSTEM.value,
        at=at,
        on=on,
    )
    event = replace(moved.event, reason=CONSENT_ENDED, evidence=(*moved.event.evidence, "row=C5"))
    return replace(moved, event=event)


def _event(action: str, subject: str, *, at: datetime, was: str = "", now: str = "") -> AuditEvent:
    return AuditEvent(
        action=action,
        at=at,
        actor=SYSTEM,
        role=Role.SYSTEM.value,
        subject=subject,
        was=was,
        now=now,
        reason=CONSENT_ENDED,
    )
