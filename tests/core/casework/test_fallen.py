"""What becomes of what waited, when the consent it stood on has ended: each rule by itself."""

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.connect_sheets import ConnectSheet, ConnectStep
from core.consent.covers import (
    Need,
    PlanFor,
    PushLine,
    ShareWithAgency,
    covered_by,
    covers,
)
from core.consent.kinds import ConsentState
from core.consent.ledger import ConsentLine
from core.consent.scopes import Scope, is_empty
from core.consent.stops import fallen_needs
from core.fallen import (
    ARRANGED,
    CONSENT_ENDED,
    UNSENT,
    WAITING,
    match_without_consent,
    need_of_match,
    need_of_referral,
    plan_without_consent,
    referral_without_consent,
    sheet_without_consent,
)
from core.ids import AgencyId, ConnectSheetId, ConsentId, MatchId, PlaceId, StaffId
from core.plans.decisions import PlanConsents
from core.plans.record import Plan, PlanState
from core.programmes import PLANNING, Programme
from core.referrals.record import ReferralKind, ReferralState
from core.resources import Match, MatchState, ParticipationPlace, PlaceKind
from tests.core.plans import examples as plans
from tests.core.referrals.examples import REFERRAL
from tests.people import A12, MIDORI, MONDAY, A

TODAY = date(2026, 11, 30)
HOST = AgencyId("agency-host")
PLACE = ParticipationPlace(
    id=PlaceId("place-1"),
    municipality_id=MIDORI,
    kind=PlaceKind.COMMUNITY_MEAL,
    name="お昼の会",
    host_agency_id=HOST,
)
MATCH = Match(
    id=MatchId("match-1"),
    municipality_id=MIDORI,
    case_id=A12.id,
    person_id=A.id,
    place_id=PLACE.id,
)
SHEET = ConnectSheet(
    id=ConnectSheetId("sheet-1"),
    municipality_id=MIDORI,
    written_on=TODAY,
    from_agency_id=AgencyId("here"),
    from_staff_id=StaffId("staff-sato"),
    to_agency_id=HOST,
    step=ConnectStep.LETTER,
    case_id=A12.id,
    consents=True,
)
NOT_SHARED = PlanConsents(service_use=PLANNING, meeting_covered=False)
NOT_APPLIED = PlanConsents(service_use=frozenset(), meeting_covered=True)
scopes = st.one_of(*map(st.from_type, get_args(Scope))).filter(lambda scope: not is_empty(scope))


def line_of(scope: Scope, state: ConsentState = ConsentState.GIVEN) -> ConsentLine:
    return ConsentLine(
        id=ConsentId("line"), municipality_id=MIDORI, subject=A.id, scope=scope, state=state
    )


def after(plan: Plan, consents: PlanConsents) -> Plan | None:
    moved = plan_without_consent(plan, consents=consents, at=MONDAY, on=TODAY)
    return None if moved is None else moved.plan


@pytest.mark.rule("C5")
@settings(max_examples=60, deadline=None)
@given(scope=scopes)
def test_a_line_covers_exactly_what_falls_with_it(scope: Scope) -> None:
    needs = covered_by(scope)
    assert needs
    assert all(covers([line_of(scope)], need, subject=A.id, today=TODAY) for need in needs)
    gone = line_of(scope, ConsentState.WITHDRAWN)
    assert fallen_needs([gone], ledger=[gone], today=TODAY) == needs
    assert fallen_needs([gone], ledger=[gone, line_of(scope)], today=TODAY) == ()


@pytest.mark.rule("R-021")
@pytest.mark.parametrize("state", sorted(WAITING))
@pytest.mark.parametrize("consents", [NOT_SHARED, NOT_APPLIED])
def test_a_plan_that_waits_for_a_decision_goes_back(
    state: PlanState, consents: PlanConsents
) -> None:
    plan = replace(plans.at(state), approved_in="meeting-1", municipal=plans.DECISION)
    back = after(plan, consents)
    assert back is not None
    assert (back.state, back.version) == (PlanState.RETURNED, plan.version + 1)
    assert (back.approved_in, back.municipal, back.final_on) == ("", None, None)


@pytest.mark.rule("C5")
def test_what_is_final_rests_on_the_application_alone() -> None:
    final = replace(plans.at(PlanState.FINAL), final_on=TODAY)
    assert after(final, NOT_SHARED) is None
    back = after(final, NOT_APPLIED)
    assert back is not None
    assert (back.state, back.final_on) == (PlanState.RETURNED, None)


@pytest.mark.rule("P12")
def test_a_plan_in_force_is_looked_at_anew_when_the_application_is_gone() -> None:
    running = plans.in_force()
    assert after(running, NOT_SHARED) is None
    moved = plan_without_consent(running, consents=NOT_APPLIED, at=MONDAY, on=TODAY)
    assert moved is not None
    assert (moved.plan.state, moved.event.reason) == (PlanState.EVALUATION_DUE, CONSENT_ENDED)


@pytest.mark.rule("R-021")
@pytest.mark.parametrize(
    "state", sorted(set(PlanState) - WAITING - {PlanState.FINAL, PlanState.IN_FORCE})
)
def test_no_other_plan_changes(state: PlanState) -> None:
    for plan in (plans.at(state), replace(plans.at(state), sheet=plans.BEFORE_CONSENT)):
        assert after(plan, PlanConsents()) is None


def test_a_plan_before_consent_stands_on_the_law() -> None:
    for state in PlanState:
        assert after(replace(plans.at(state), sheet=plans.BEFORE_CONSENT), PlanConsents()) is None


@pytest.mark.rule("R-002")
@pytest.mark.parametrize("state", ReferralState)
def test_a_referral_that_was_not_sent_is_a_draft_again(state: ReferralState) -> None:
    told = replace(REFERRAL, state=state, explained_at=MONDAY, own_words="話してみてもいい")
    moved = referral_without_consent(told, at=MONDAY)
    assert (moved is not None) is (state in UNSENT)
    if moved is not None:
        again = moved.referral
        assert (again.state, again.explained_at, again.own_words) == (ReferralState.DRAFT, None, "")
        assert (moved.event.was, moved.event.now) == (state, ReferralState.DRAFT)


@pytest.mark.rule("C5")
def test_a_referral_stands_on_its_programme_or_on_telling_its_addressee() -> None:
    tell = ShareWithAgency(agency=REFERRAL.to_agency_id, topic="HEALTH")
    other = ShareWithAgency(agency=HOST, topic="HEALTH")
    use = PlanFor(programme=Programme.MULTI_AGENCY)
    needs: list[Need] = [PushLine(), other, PlanFor(programme=Programme.OUTREACH)]
    assert need_of_referral(REFERRAL, fallen=needs) is None
    assert need_of_referral(REFERRAL, fallen=[*needs, tell]) == tell
    assert need_of_referral(REFERRAL, fallen=[*needs, use]) == use
    plain = replace(REFERRAL, kind=ReferralKind.TO_AGENCY)
    assert need_of_referral(plain, fallen=[use]) is None


@pytest.mark.rule("DOMAIN-2.5")
def test_a_sheet_that_was_not_sent_says_no_more_that_the_person_agrees() -> None:
    moved = sheet_without_consent(SHEET, at=MONDAY)
    assert moved is not None
    assert (moved.sheet.consents, moved.sheet.version) == (False, 2)
    for left in (replace(SHEET, sent_on=TODAY), replace(SHEET, consents=False)):
        assert sheet_without_consent(left, at=MONDAY) is None


@pytest.mark.rule("R-073")
@pytest.mark.parametrize("state", MatchState)
def test_what_is_arranged_ends_and_a_tie_that_holds_is_the_persons_own(state: MatchState) -> None:
    moved = match_without_consent(replace(MATCH, state=state), place=PLACE, at=MONDAY, on=TODAY)
    assert (moved is not None) is (state in ARRANGED)
    if moved is not None:
        assert (moved.match.state, moved.match.ended_on) == (MatchState.ENDED, TODAY)


@pytest.mark.rule("C5")
def test_a_match_stands_on_participation_and_on_telling_the_host() -> None:
    tell = ShareWithAgency(agency=HOST, topic="HEALTH")
    use = PlanFor(programme=Programme.PARTICIPATION)
    assert need_of_match(PLACE, fallen=[PlanFor(programme=Programme.OUTREACH)]) is None
    assert need_of_match(PLACE, fallen=[tell]) == tell
    assert need_of_match(PLACE, fallen=[use]) == use
