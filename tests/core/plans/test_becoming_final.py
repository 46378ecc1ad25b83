"""From draft to final: drafting, meetings, the three confirmation patterns (P1 to P10)."""

from dataclasses import replace
from typing import Any

import pytest

from core.agencies import Role
from core.errors import CaseworkError
from core.ids import AssessmentId, CaseId, PlanId
from core.plans.approving import (
    DecisionNeeded,
    MunicipalDecisionMissing,
    NoDecisionNeeded,
    NotesMissing,
    OwnPlan,
    PlanReasonMissing,
)
from core.plans.decisions import (
    JUSO_SEATS,
    MunicipalAct,
    PlanConsents,
)
from core.plans.drafting import (
    AssessmentMissing,
    ProgrammeWithoutPlan,
    SheetFixed,
    draft_plan,
    rewrite_sheet,
)
from core.plans.fitness import (
    MonitoringTimeMissing,
    OutcomeBeforeTrust,
    OutreachPartMissing,
    PartsNotNamed,
    PublicAssistanceOfficeMissing,
    TieNotExpressed,
    UseNotWritten,
)
from core.plans.items import PlanMeetingIncomplete, PlanNotDecidedInMeeting
from core.plans.machine import PlanNotFromHere, PlanStepNotYours, take_step
from core.plans.patterns import ConfirmationPattern, pattern_of
from core.plans.record import Plan, PlanState
from core.plans.sheet import AgencyPart, Goal, GoalKind, LegalStatus, PlannedAction, PlanSheet
from core.plans.submitting import (
    JusoNeedsConsent,
    OnlyOutreachBeforeConsent,
    PlanOfAnotherProgramme,
)
from core.programmes import Programme
from tests.core.plans.examples import (
    ALL_CONSENTS,
    BEFORE_CONSENT,
    CENTER,
    DECISION,
    JUSO_PLAN,
    OFFICE,
    OFFICER,
    OTHER_ACT,
    OUTREACH_ACT,
    PARTICIPATION_ACT,
    PLAN,
    REFUSAL,
    SHEET,
    SHIEN_PLAN,
    TODAY,
    WRITER,
    at,
    moved,
    step,
    walked,
)
from tests.people import MIDORI, MONDAY

S = PlanState
NOTHING = PlanConsents()
PRE = replace(PLAN, sheet=BEFORE_CONSENT)
COORDINATION = replace(
    PLAN,
    programme=Programme.MULTI_AGENCY,
    sheet=replace(SHEET, actions=(OTHER_ACT,), uses=frozenset()),
)


def drafted(
    programme: Programme = Programme.OUTREACH,
    *,
    role: Role = Role.OUTREACH_WORKER,
    assessment_id: AssessmentId | None = PLAN.assessment_id,
) -> Plan:
    return draft_plan(
        SHEET,
        id=PlanId("plan-9"),
        municipality_id=MIDORI,
        case_id=CaseId("case-a12"),
        programme=programme,
        assessment_id=assessment_id,
        by=WRITER,
        role=role,
        at=MONDAY,
    ).plan


def refused(plan: Plan, to: PlanState, **facts: Any) -> CaseworkError:
    with pytest.raises(CaseworkError) as caught:
        take_step(plan, step(plan, to, **facts))
    assert caught.value.facts.get("allowed")
    return caught.value


@pytest.mark.rule("P1")
def test_a_draft_follows_from_an_assessment_and_is_written_by_the_programmes_own_staff() -> None:
    assert drafted().state is S.DRAFT
    assert drafted().drafted_by == {WRITER}
    with pytest.raises(AssessmentMissing):
        drafted(assessment_id=None)
    with pytest.raises(PlanOfAnotherProgramme):
        drafted(role=Role.COORDINATOR)
    with pytest.raises(ProgrammeWithoutPlan):
        drafted(Programme.COMMUNITY_BUILDING)


@pytest.mark.rule("P1")
def test_whoever_rewrites_a_draft_is_among_its_drafters_and_a_submitted_sheet_stands() -> None:
    other = replace(SHEET, maker_id=OFFICER)
    written = rewrite_sheet(PLAN, sheet=other, by=WRITER, role=Role.OUTREACH_WORKER, at=MONDAY)
    assert written.plan.drafted_by == {WRITER, OFFICER}
    with pytest.raises(SheetFixed):
        rewrite_sheet(at(S.APPROVED), sheet=SHEET, by=WRITER, role=Role.OUTREACH_WORKER, at=MONDAY)


@pytest.mark.rule("P2")
@pytest.mark.rule("R-021")
def test_an_outreach_plan_before_consent_goes_to_the_shien_meeting_only() -> None:
    assert moved(PRE, S.SUBMITTED_SHIEN, consents=NOTHING).state is S.SUBMITTED_SHIEN
    error = refused(PRE, S.SUBMITTED_JUSO, consents=NOTHING)
    assert isinstance(error, JusoNeedsConsent)
    assert error.facts["allowed"] == "SUBMITTED_SHIEN"
    # A plan written before consent does not slip in once consent is there.
    assert isinstance(refused(PRE, S.SUBMITTED_JUSO), JusoNeedsConsent)
    assert isinstance(refused(PRE, S.SUBMITTED_SHIEN), OnlyOutreachBeforeConsent)


@pytest.mark.rule("P2")
def test_other_programmes_have_no_plan_before_consent() -> None:
    coordination = replace(COORDINATION, sheet=BEFORE_CONSENT)
    error = refused(coordination, S.SUBMITTED_SHIEN, consents=NOTHING)
    assert isinstance(error, OnlyOutreachBeforeConsent)


@pytest.mark.rule("R-021")
def test_outreach_writes_its_own_approach_before_consent() -> None:
    for sheet in (
        replace(BEFORE_CONSENT, outreach=None),
        replace(BEFORE_CONSENT, legal_status=LegalStatus.POST_CONSENT),
    ):
        error = refused(replace(PLAN, sheet=sheet), S.SUBMITTED_SHIEN, consents=NOTHING)
        assert isinstance(error, OutreachPartMissing)


@pytest.mark.rule("R-028")
@pytest.mark.parametrize("kind", [GoalKind.WORK, GoalKind.LEAVING_HOUSE])
def test_no_result_is_asked_of_somebody_before_consent(kind: GoalKind) -> None:
    sheet = replace(BEFORE_CONSENT, goals=(Goal(kind=kind, text="…"),))
    error = refused(replace(PLAN, sheet=sheet), S.SUBMITTED_SHIEN, consents=NOTHING)
    assert isinstance(error, OutcomeBeforeTrust)
    assert "TRUST" in error.facts["allowed"]


@pytest.mark.rule("R-028")
def test_a_plan_before_consent_needs_no_goal_at_all() -> None:
    plan = replace(PLAN, sheet=replace(BEFORE_CONSENT, goals=()))
    assert moved(plan, S.SUBMITTED_SHIEN, consents=NOTHING).state is S.SUBMITTED_SHIEN


@pytest.mark.rule("P3")
@pytest.mark.parametrize(
    "consents",
    [
        NOTHING,
        PlanConsents(service_use=frozenset({Programme.MULTI_AGENCY}), meeting_covered=True),
        PlanConsents(service_use=frozenset({Programme.OUTREACH})),
    ],
)
def test_the_juso_meeting_needs_application_and_permission_to_share(
    consents: PlanConsents,
) -> None:
    assert isinstance(refused(PLAN, S.SUBMITTED_JUSO, consents=consents), JusoNeedsConsent)


@pytest.mark.rule("P3")
def test_every_acting_agency_has_a_part_and_a_time_to_look_again_is_proposed() -> None:
    unnamed = (AgencyPart(agency_id=CENTER, part=" "),)
    for sheet, kind in (
        (replace(SHEET, agencies=unnamed), PartsNotNamed),
        (replace(SHEET, agencies=()), PartsNotNamed),
        (replace(SHEET, monitoring_on=None), MonitoringTimeMissing),
    ):
        assert isinstance(refused(replace(PLAN, sheet=sheet), S.SUBMITTED_JUSO), kind)


@pytest.mark.rule("R-011")
def test_a_household_on_public_assistance_keeps_its_office_in_the_plan() -> None:
    sheet = replace(SHEET, household_on_public_assistance=True)
    error = refused(replace(PLAN, sheet=sheet), S.SUBMITTED_JUSO)
    assert isinstance(error, PublicAssistanceOfficeMissing)
    office = AgencyPart(agency_id=OFFICE, part="保護", is_public_assistance_office=True)
    with_office = replace(sheet, agencies=(AgencyPart(agency_id=CENTER, part="訪問"), office))
    assert moved(replace(PLAN, sheet=with_office), S.SUBMITTED_JUSO)


@pytest.mark.rule("R-060")
def test_what_a_plan_uses_is_written_in_it() -> None:
    sheet = replace(SHEET, actions=(OUTREACH_ACT, OTHER_ACT), uses=frozenset())
    plan = replace(COORDINATION, sheet=sheet)
    assert isinstance(refused(plan, S.SUBMITTED_JUSO), UseNotWritten)
    # The box forgotten does not spare the plan its decision either.
    assert plan.pattern is ConfirmationPattern.DECIDED_AND_OTHER


@pytest.mark.rule("R-071")
def test_goals_speak_of_the_wished_tie_and_not_of_employment_alone() -> None:
    work = Goal(kind=GoalKind.WORK, text="週に二日はたらく")
    participation = replace(
        PLAN,
        programme=Programme.PARTICIPATION,
        sheet=replace(SHEET, actions=(PARTICIPATION_ACT,)),
    )
    assert moved(participation, S.SUBMITTED_JUSO)
    only_work = replace(PLAN, sheet=replace(SHEET, goals=(work,)))
    no_wish = replace(participation, sheet=replace(participation.sheet, wish=""))
    health = Goal(kind=GoalKind.HEALTH, text="よく眠る")
    no_tie = replace(participation, sheet=replace(participation.sheet, goals=(work, health)))
    for plan in (only_work, no_wish, no_tie):
        assert isinstance(refused(plan, S.SUBMITTED_JUSO), TieNotExpressed)


@pytest.mark.rule("P4")
def test_the_shien_meeting_endorses_with_notes_and_then_the_plan_is_in_force() -> None:
    submitted = moved(PRE, S.SUBMITTED_SHIEN, consents=NOTHING)
    no_notes = replace(SHIEN_PLAN, notes_kept=False)
    assert isinstance(refused(submitted, S.ENDORSED, meeting=no_notes), NotesMissing)
    assert isinstance(refused(submitted, S.ENDORSED), PlanNotDecidedInMeeting)
    endorsed = moved(submitted, S.ENDORSED, meeting=SHIEN_PLAN)
    assert endorsed.approved_in == "meeting-2"
    assert moved(endorsed, S.IN_FORCE_PRECONSENT).state is S.IN_FORCE_PRECONSENT


@pytest.mark.rule("P4")
def test_without_endorsement_a_plan_runs_only_where_the_town_leaves_it_to_judgement() -> None:
    worker = Role.OUTREACH_WORKER
    to = S.IN_FORCE_PRECONSENT
    error = refused(PRE, to, role=worker, consents=NOTHING)
    assert error.facts["allowed"] == "SUBMITTED_SHIEN"
    assert moved(PRE, to, role=worker, consents=NOTHING, endorsement_required=False)


@pytest.mark.rule("P5")
def test_a_meeting_sends_back_with_a_reason_and_the_draft_is_open_again() -> None:
    back = replace(JUSO_PLAN, decision="RETURNED")
    submitted = at(S.SUBMITTED_JUSO)
    assert isinstance(refused(submitted, S.RETURNED, meeting=back), PlanReasonMissing)
    assert isinstance(refused(submitted, S.RETURNED, reason="役割"), PlanNotDecidedInMeeting)
    returned = moved(submitted, S.RETURNED, meeting=back, reason="役割が足りない")
    assert moved(returned, S.DRAFT).state is S.DRAFT


@pytest.mark.rule("P6")
@pytest.mark.rule("R-030")
@pytest.mark.parametrize(
    "meeting",
    [
        None,
        SHIEN_PLAN,
        replace(JUSO_PLAN, purpose="PROGRESS"),
        replace(JUSO_PLAN, basis="CASE"),
        replace(JUSO_PLAN, decision="RETURNED"),
        replace(JUSO_PLAN, case_id=CaseId("case-b1")),
        replace(JUSO_PLAN, programmes=frozenset({Programme.PARTICIPATION})),
    ],
)
def test_approval_is_the_juso_meetings_own_item(meeting: object) -> None:
    assert isinstance(
        refused(at(S.SUBMITTED_JUSO), S.APPROVED, meeting=meeting), PlanNotDecidedInMeeting
    )


@pytest.mark.rule("P6")
@pytest.mark.rule("R-031")
@pytest.mark.rule("R-032")
@pytest.mark.parametrize("seat", sorted(JUSO_SEATS))
def test_approval_needs_every_mandatory_seat(seat: str) -> None:
    meeting = replace(JUSO_PLAN, attended=JUSO_SEATS - {seat})
    error = refused(at(S.SUBMITTED_JUSO), S.APPROVED, meeting=meeting)
    assert isinstance(error, PlanMeetingIncomplete)
    assert error.facts["missing"] == seat


@pytest.mark.rule("R-033")
def test_the_source_that_referred_attends_or_its_absence_has_a_reason() -> None:
    submitted = at(S.SUBMITTED_JUSO)
    meeting = replace(JUSO_PLAN, source_referred=True)
    assert isinstance(refused(submitted, S.APPROVED, meeting=meeting), PlanMeetingIncomplete)
    excused = replace(meeting, source_absence_reason="急な訪問")
    assert moved(submitted, S.APPROVED, meeting=excused).state is S.APPROVED


@pytest.mark.rule("P6")
def test_consent_withdrawn_between_submission_and_meeting_stops_the_plan() -> None:
    for state, to in (
        (S.SUBMITTED_JUSO, S.APPROVED),
        (S.AWAITING_DECISION, S.FINAL),
        (S.FINAL, S.IN_FORCE),
    ):
        assert isinstance(refused(at(state), to, consents=NOTHING), JusoNeedsConsent)


@pytest.mark.rule("R-062")
@pytest.mark.parametrize(
    ("programme", "actions", "uses", "pattern"),
    [
        (Programme.OUTREACH, (OUTREACH_ACT,), (), "ONLY_DECIDED"),
        (Programme.PARTICIPATION, (PARTICIPATION_ACT,), (), "ONLY_DECIDED"),
        (Programme.OUTREACH, (OUTREACH_ACT, PARTICIPATION_ACT), (), "ONLY_DECIDED"),
        (Programme.OUTREACH, (OUTREACH_ACT, OTHER_ACT), (), "DECIDED_AND_OTHER"),
        (Programme.MULTI_AGENCY, (OTHER_ACT,), (Programme.OUTREACH,), "DECIDED_AND_OTHER"),
        (Programme.MULTI_AGENCY, (OUTREACH_ACT,), (Programme.OUTREACH,), "ONLY_DECIDED"),
        (Programme.MULTI_AGENCY, (OTHER_ACT,), (), "NEITHER"),
        (Programme.MULTI_AGENCY, (), (), "NEITHER"),
    ],
)
def test_what_the_plan_contains_settles_its_pattern(
    programme: Programme,
    actions: tuple[PlannedAction, ...],
    uses: tuple[Programme, ...],
    pattern: str,
) -> None:
    sheet: PlanSheet = replace(SHEET, actions=actions, uses=frozenset(uses))
    assert pattern_of(sheet, programme=programme) == pattern


@pytest.mark.rule("P7")
@pytest.mark.rule("R-062")
def test_patterns_one_and_two_wait_for_the_decision() -> None:
    approved = walked(PLAN, S.SUBMITTED_JUSO, S.APPROVED)
    error = refused(approved, S.FINAL, role=Role.SYSTEM)
    assert isinstance(error, DecisionNeeded)
    assert error.facts["allowed"] == "AWAITING_DECISION"
    assert moved(approved, S.AWAITING_DECISION).state is S.AWAITING_DECISION


@pytest.mark.rule("P8")
def test_the_decision_is_an_officers_and_names_the_content() -> None:
    waiting = at(S.AWAITING_DECISION)
    assert moved(waiting, S.FINAL).municipal == DECISION
    assert moved(waiting, S.FINAL).final_on == TODAY
    for role in set(Role) - {Role.MUNICIPAL_OFFICER}:
        assert isinstance(refused(waiting, S.FINAL, role=role), PlanStepNotYours)
    for municipal in (
        None,
        replace(DECISION, content=""),
        replace(DECISION, acts=frozenset({MunicipalAct.CONFIRMED_OTHER})),
        replace(DECISION, acts=frozenset(MunicipalAct)),
        replace(DECISION, by=WRITER),
        REFUSAL,
    ):
        error = refused(waiting, S.FINAL, municipal=municipal)
        assert isinstance(error, MunicipalDecisionMissing)


@pytest.mark.rule("P8")
@pytest.mark.rule("R-062")
def test_pattern_two_also_needs_the_other_support_confirmed() -> None:
    decided = replace(DECISION, acts=frozenset({MunicipalAct.DECIDED}))
    both = replace(PLAN, sheet=replace(SHEET, actions=(OUTREACH_ACT, OTHER_ACT)))
    assert moved(at(S.AWAITING_DECISION), S.FINAL, municipal=decided)
    error = refused(at(S.AWAITING_DECISION, both), S.FINAL, municipal=decided)
    assert error.facts["missing"] == "CONFIRMED_OTHER"
    assert moved(at(S.AWAITING_DECISION, both), S.FINAL)


@pytest.mark.rule("DOMAIN-3.2")
def test_nobody_both_drafts_a_plan_and_decides_on_it() -> None:
    own = replace(at(S.AWAITING_DECISION), drafted_by=frozenset({WRITER, OFFICER}))
    assert isinstance(refused(own, S.FINAL), OwnPlan)
    assert isinstance(refused(own, S.RETURNED, role=Role.MUNICIPAL_OFFICER), OwnPlan)


@pytest.mark.rule("P9")
def test_a_refusal_by_the_municipality_has_a_reason_and_goes_back() -> None:
    waiting = at(S.AWAITING_DECISION)
    officer = Role.MUNICIPAL_OFFICER
    returned = moved(waiting, S.RETURNED, role=officer, municipal=REFUSAL)
    assert returned.municipal == REFUSAL
    assert moved(returned, S.DRAFT).municipal is None
    silent = replace(REFUSAL, reason="")
    error = refused(waiting, S.RETURNED, role=officer, municipal=silent)
    assert isinstance(error, PlanReasonMissing)
    assert isinstance(refused(waiting, S.RETURNED, role=officer), MunicipalDecisionMissing)


@pytest.mark.rule("P10")
@pytest.mark.rule("R-062")
def test_pattern_three_is_final_at_approval() -> None:
    approved = walked(COORDINATION, S.SUBMITTED_JUSO, S.APPROVED)
    assert isinstance(refused(approved, S.AWAITING_DECISION), NoDecisionNeeded)
    final = moved(approved, S.FINAL, role=Role.SYSTEM)
    assert (final.final_on, final.municipal) == (TODAY, None)
    assert final.report_due_on is not None


@pytest.mark.rule("DOMAIN-3.2")
def test_a_step_without_a_row_says_which_there_are() -> None:
    error = refused(PLAN, S.FINAL)
    assert isinstance(error, PlanNotFromHere)
    assert error.facts["from"] == "DRAFT"
    assert error.facts["allowed"] == "SUBMITTED_SHIEN,SUBMITTED_JUSO,IN_FORCE_PRECONSENT"


def test_every_step_leaves_its_row_and_meeting_on_the_trail() -> None:
    submitted = take_step(PLAN, step(PLAN, S.SUBMITTED_JUSO, consents=ALL_CONSENTS)).plan
    event = take_step(submitted, step(submitted, S.APPROVED)).event
    assert (event.was, event.now, event.role) == ("SUBMITTED_JUSO", "APPROVED", "chair")
    assert event.evidence == ("row=P6", "edition=1", "meeting=meeting-1")
