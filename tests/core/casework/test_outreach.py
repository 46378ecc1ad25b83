"""The outreach course, row by row (DOMAIN §3.1)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.agencies import Role
from core.approach import LeadNotChosen
from core.cases import CaseState, LeadMode
from core.closing import (
    ClosingReason,
    Farewell,
    FarewellOpen,
    HandOverOpen,
    NextContactUnset,
    NotStableYet,
    ReopeningUnexplained,
)
from core.contacts import ContactChannel, Met
from core.courses.grounds import Lead, MeetingUndecided
from core.courses.modes import ModeReason, ModeUnfit, SupportMode
from core.courses.outreach import (
    OUTREACH_TABLE,
    advance,
    after_consent_ended,
    change_mode,
    discover,
)
from core.courses.outreach_guards import (
    AssessmentNoteMissing,
    ClosingNotEvaluated,
    ConsentStands,
    LeadNotAccepted,
    NoActionUnexplained,
    NoSignYet,
    PlanNotEndorsed,
    PreconsentPlanMissing,
    ReturnsElsewhere,
    ServiceUseMissing,
    SharingNotAgreed,
    SupportPlanNotFinal,
)
from core.courses.walking import CourseStepClosed, CourseStepNotTheirs
from core.discovery import Discovery, DiscoveryRoute, SourceUnrecorded, informant_for_person
from core.errors import CaseworkError
from core.ids import PersonId
from core.interruption import EffortMissing, TieStillThere, report_loss
from core.plans.record import PlanState
from core.preparation import PreparationIncomplete
from core.programmes import Programme
from tests.core.casework.cases import (
    AFTER,
    AGREED,
    CENTRE,
    HEARD_FROM,
    LOST,
    PRE_PLAN,
    PREPARED,
    SHARE,
    TAKES,
    TRIED,
    USE,
    at_state,
    contact,
    found,
    grounds,
    meeting,
    plan,
    taken,
)
from tests.core.casework.ledgers import TODAY
from tests.people import A12, MONDAY, SATO

ROWS = sorted(TAKES, key=lambda row: int(row[1:]))


def refused(row: str, kind: type[CaseworkError], **changes: Any) -> CaseworkError:
    with pytest.raises(kind) as no:
        taken(row, **changes)
    assert no.value.facts["allowed"], "a refusal says what is allowed instead"
    return no.value


@pytest.mark.parametrize("row", ROWS)
def test_each_row_is_taken_on_its_grounds_and_written_down(row: str) -> None:
    start, to, role, stands_on = TAKES[row]
    step = advance(at_state(start), to=to, by=SATO.id, role=role, grounds=stands_on)
    assert step.course.state is to
    (event,) = step.events
    assert (event.was, event.now, event.actor, event.role) == (start, to, SATO.id, role)
    assert event.at == MONDAY
    assert event.evidence[0] == f"row={row}"


@pytest.mark.parametrize("row", ROWS)
def test_no_row_is_taken_by_somebody_else(row: str) -> None:
    refused(row, CourseStepNotTheirs, role=Role.AUDITOR)


def test_the_table_has_the_rows_of_the_domain_paper() -> None:
    assert {row.id for row in OUTREACH_TABLE} == {f"O{n}" for n in range(1, 21)} - {"O8", "O18"}


@pytest.mark.rule("O1", "R-001", "R-027")
def test_a_case_begins_with_where_the_word_came_from_and_nothing_else_is_needed() -> None:
    bare = replace(A12, household_id=None, area_id=None)
    start = {"by": SATO.id, "role": Role.MEMBER, "grounds": grounds()}
    for route in (DiscoveryRoute.NETWORK, DiscoveryRoute.HOTLINE, DiscoveryRoute.SELF):
        step = discover(bare, discovery=Discovery(on=TODAY, route=route), **start)  # type: ignore[arg-type]
        assert step.course.state is CaseState.DISCOVERED
    for route in (DiscoveryRoute.AGENCY, DiscoveryRoute.RESIDENT):
        with pytest.raises(SourceUnrecorded):
            discover(bare, discovery=Discovery(on=TODAY, route=route), **start)  # type: ignore[arg-type]
    with pytest.raises(CourseStepNotTheirs):
        discover(A12, discovery=HEARD_FROM, by="system", role=Role.SYSTEM, grounds=grounds())  # type: ignore[arg-type]


@pytest.mark.rule("R-027")
def test_whoever_told_us_may_stay_unnamed_to_the_person() -> None:
    neighbour = Discovery(on=TODAY, route=DiscoveryRoute.RESIDENT, informant="隣の方")
    assert informant_for_person(neighbour) == "隣の方"
    assert informant_for_person(replace(neighbour, anonymity_requested=True)) == ""
    assert informant_for_person(HEARD_FROM) == "care"


@pytest.mark.rule("O2")
def test_who_leads_is_asked_on_a_first_note() -> None:
    refused("O2", AssessmentNoteMissing, assessment="")


@pytest.mark.rule("O3", "R-020")
def test_we_prepare_only_when_we_lead_or_lead_together() -> None:
    assert taken("O3").lead == Lead(mode=LeadMode.CO_LEAD, agency_id=CENTRE)
    for lead in (
        None,
        Lead(mode=LeadMode.CO_LEAD),
        Lead(mode=LeadMode.OTHER_LEAD, agency_id=CENTRE, accepted_on=TODAY),
    ):
        refused("O3", LeadNotChosen, lead=lead)


@pytest.mark.rule("O4")
def test_a_case_is_handed_to_an_agency_that_said_yes() -> None:
    refused("O4", LeadNotAccepted, lead=Lead(mode=LeadMode.OTHER_LEAD, agency_id=CENTRE))
    refused("O4", LeadNotChosen, lead=Lead(mode=LeadMode.SELF))


@pytest.mark.rule("O5", "R-022")
def test_nobody_is_approached_before_the_preparation() -> None:
    course = at_state(CaseState.PRE_COORDINATION, preparation=None)
    with pytest.raises(PreparationIncomplete) as no:
        taken("O5", course, preparation=replace(PREPARED, hook=None))
    assert no.value.facts["missing"] == "HOOK"
    assert taken("O5", course).preparation == PREPARED


@pytest.mark.rule("O5", "R-021")
def test_the_approach_stands_on_a_plan_made_before_consent() -> None:
    refused("O5", PreconsentPlanMissing, plan=None)
    refused("O5", PreconsentPlanMissing, plan=plan(PlanState.FINAL))
    drafted = replace(PRE_PLAN, state=PlanState.DRAFT)
    refused("O5", PlanNotEndorsed, plan=drafted)
    course = taken("O5", plan=drafted, endorsement_required=False)
    assert course.state is CaseState.RELATIONSHIP_BUILDING


@pytest.mark.rule("O6")
def test_consent_to_outreach_and_nothing_less() -> None:
    for ledger in ((), (SHARE,), (USE[Programme.PARTICIPATION],)):
        refused("O6", ServiceUseMissing, ledger=ledger)
    father = tuple(replace(line, subject=PersonId("father")) for line in AGREED)
    refused("O6", ServiceUseMissing, ledger=father)


@pytest.mark.rule("O7", "R-039", "R-060")
def test_support_goes_on_from_a_final_plan_that_the_right_people_spoke_of() -> None:
    assert taken("O7").supported
    refused("O7", SupportPlanNotFinal, plan=None)
    refused("O7", SupportPlanNotFinal, plan=plan(PlanState.AWAITING_DECISION))
    refused("O7", SupportPlanNotFinal, plan=PRE_PLAN)
    refused("O7", SharingNotAgreed, ledger=(USE[Programme.OUTREACH],))
    refused("O7", ServiceUseMissing, ledger=(SHARE,))


@pytest.mark.rule("O8")
def test_alone_or_together_as_fits_the_person() -> None:
    course = at_state(CaseState.CONTINUING_SUPPORT)
    ask: dict[str, Any] = {"by": SATO.id, "role": Role.OUTREACH_WORKER}
    both = grounds(ledger=(*AGREED, USE[Programme.MULTI_AGENCY]))
    together: dict[str, Any] = {
        "mode": SupportMode.WITH_MULTI_AGENCY,
        "why": ModeReason.ANXIOUS_ABOUT_OTHERS,
    }
    step = change_mode(course, **together, **ask, grounds=both)
    assert step.course.mode is SupportMode.WITH_MULTI_AGENCY
    alone: dict[str, Any] = {"mode": SupportMode.SOLO, "why": ModeReason.GOES_ON_ALONE}
    back = change_mode(step.course, **alone, **ask, grounds=both)
    assert back.course.mode is SupportMode.SOLO
    with pytest.raises(ModeUnfit):
        change_mode(course, **together, **ask, grounds=grounds(ledger=AGREED))
    with pytest.raises(ModeUnfit):
        change_mode(course, **(together | {"why": ModeReason.GOES_ON_ALONE}), **ask, grounds=both)
    with pytest.raises(CourseStepClosed):
        change_mode(found(), **alone, **ask, grounds=both)
    with pytest.raises(CourseStepNotTheirs):
        change_mode(course, **alone, by=SATO.id, role=Role.CHAIR, grounds=both)


@pytest.mark.rule("O9", "R-066", "R-068")
def test_closing_is_thought_over_when_linked_and_stable() -> None:
    refused("O9", ClosingNotEvaluated, evaluation="")
    refused("O9", NotStableYet, closing=None)
    refused("O9", NotStableYet, closing=replace(AFTER, reason=ClosingReason.TIES_STABLE))
    also = replace(AFTER, reason=ClosingReason.WATCHING_IN_PLACE)
    assert taken("O9", closing=also).post_closing == also


@pytest.mark.rule("O10", "R-030")
def test_a_meeting_decides_the_closing() -> None:
    for said in (
        None,
        meeting("CLOSE", "CLOSE_OK", "CASE"),
        meeting("CLOSE", "NOT_YET"),
        meeting("PROGRESS", "CLOSE_OK"),
    ):
        refused("O10", MeetingUndecided, meeting=said)


@pytest.mark.rule("O10", "R-069", "G-21")
def test_closing_hands_on_and_never_ends_by_silence() -> None:
    for lacking in (
        {"lead_agency_id": None},
        {"follow_up_method": ""},
        {"information_sharing": " "},
    ):
        refused("O10", HandOverOpen, closing=replace(AFTER, **lacking))
    refused("O10", FarewellOpen, closing=replace(AFTER, farewell=None))
    none_sent = replace(AFTER, farewell=Farewell.NO_LETTERS)
    refused("O10", FarewellOpen, closing=none_sent)
    # A farewell by letters is what the two letters say, not what is ticked.
    refused("O10", FarewellOpen, end_made=False)
    in_person = replace(AFTER, farewell=Farewell.TOLD_IN_PERSON)
    assert taken("O10", closing=in_person, end_made=False).post_closing == in_person
    assert taken("O10", closing=none_sent, letters_were_sent=False).post_closing == none_sent


@pytest.mark.rule("O11")
def test_the_meeting_may_say_not_yet() -> None:
    refused("O11", MeetingUndecided, meeting=meeting("CLOSE", "CLOSE_OK"))
    refused("O11", MeetingUndecided, meeting=None)


@pytest.mark.rule("O12")
def test_after_closing_a_day_is_set_to_get_in_touch() -> None:
    for day in (None, TODAY - timedelta(days=1)):
        refused("O12", NextContactUnset, closing=replace(AFTER, next_contact_on=day))


@pytest.mark.rule("O13", "R-052")
def test_an_interruption_is_considered_only_when_all_was_tried() -> None:
    assert taken("O13").before_review is CaseState.CONTINUING_SUPPORT
    refused("O13", EffortMissing, loss=report_loss(TRIED[:2], since=MONDAY))
    wrote = (*TRIED, contact(ContactChannel.LINE_IN))
    refused("O13", TieStillThere, loss=report_loss(wrote, since=MONDAY))
    refused("O13", NoSignYet, loss=None)


@pytest.mark.rule("O14", "R-030", "R-052")
def test_a_meeting_under_the_right_law_decides_the_interruption() -> None:
    shien = meeting("INTERRUPT", "INTERRUPT_OK", "SHIEN")
    refused("O14", MeetingUndecided, meeting=shien)
    assert taken("O14", meeting=shien, ledger=()).state is CaseState.INTERRUPTED
    refused("O14", MeetingUndecided, ledger=())
    seen = (*TRIED, contact(ContactChannel.VISIT, Met.VOICE_ONLY))
    refused("O14", TieStillThere, loss=report_loss(seen, since=MONDAY))


@pytest.mark.rule("O15")
def test_any_sign_of_contact_leads_back_to_where_the_case_was() -> None:
    in_review = taken("O13", at_state(CaseState.CONTINUING_SUPPORT))
    back: dict[str, Any] = {"by": "system", "role": Role.SYSTEM}
    sign = grounds(signs=("contact-9",), ledger=AGREED)
    with pytest.raises(NoSignYet):
        advance(in_review, to=CaseState.CONTINUING_SUPPORT, grounds=grounds(ledger=AGREED), **back)
    with pytest.raises(ReturnsElsewhere) as no:
        advance(in_review, to=CaseState.CONSENTED, grounds=sign, **back)
    assert no.value.facts["allowed"] == "O15 CONTINUING_SUPPORT"
    step = advance(in_review, to=CaseState.CONTINUING_SUPPORT, grounds=sign, **back)
    assert step.course.before_review is None


@pytest.mark.rule("O15", "O19")
def test_where_consent_ended_in_review_the_case_goes_back_before_consent() -> None:
    in_review = taken("O13", at_state(CaseState.CONTINUING_SUPPORT))
    step = advance(
        in_review,
        to=CaseState.RELATIONSHIP_BUILDING,
        by="system",
        role=Role.SYSTEM,
        grounds=grounds(signs=("contact-9",)),
    )
    assert step.course.state is CaseState.RELATIONSHIP_BUILDING


@pytest.mark.rule("O16", "R-070")
@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.FOLLOW_UP, CaseState.INTERRUPTED])
def test_support_begins_again_in_one_step_and_without_approval(state: CaseState) -> None:
    course = taken("O16", at_state(state))
    assert course.state is CaseState.REOPENED
    with pytest.raises(ReopeningUnexplained):
        taken("O16", at_state(state), reopen=None)


@pytest.mark.rule("O17")
def test_a_reopened_case_goes_where_its_consents_lead() -> None:
    asked: dict[str, Any] = {"by": SATO.id, "role": Role.COORDINATOR}
    for course, ledger, to in (
        (at_state(CaseState.REOPENED), AGREED, CaseState.CONTINUING_SUPPORT),
        (at_state(CaseState.REOPENED), AGREED[:1], CaseState.RELATIONSHIP_BUILDING),
        (at_state(CaseState.REOPENED), (), CaseState.PRE_COORDINATION),
        (
            at_state(CaseState.REOPENED, supported=False),
            AGREED,
            CaseState.RELATIONSHIP_BUILDING,
        ),
        (
            at_state(CaseState.REOPENED, preparation=None, supported=False),
            AGREED,
            CaseState.PRE_COORDINATION,
        ),
    ):
        on = grounds(ledger=ledger)
        assert advance(course, to=to, grounds=on, **asked).course.state is to
        others = {
            CaseState.PRE_COORDINATION,
            CaseState.RELATIONSHIP_BUILDING,
            CaseState.CONTINUING_SUPPORT,
        } - {to}
        for other in others:
            with pytest.raises(ReturnsElsewhere):
                advance(course, to=other, grounds=on, **asked)


@pytest.mark.rule("O19", "C5")
@pytest.mark.parametrize(
    "state", [CaseState.CONSENTED, CaseState.CONTINUING_SUPPORT, CaseState.CLOSING_REVIEW]
)
def test_consent_taken_back_leads_back_before_consent_at_once(state: CaseState) -> None:
    step = after_consent_ended(
        at_state(state), by="system", role=Role.SYSTEM, grounds=grounds(ledger=(SHARE,))
    )
    assert step.course.state is CaseState.RELATIONSHIP_BUILDING
    assert not step.course.supported
    assert [event.evidence[0] for event in step.events] == ["row=O19"]
    refused("O19", ConsentStands, ledger=AGREED)


@pytest.mark.rule("O19")
def test_what_else_is_taken_back_leaves_the_case_where_it_is() -> None:
    course = at_state(CaseState.CONTINUING_SUPPORT, mode=SupportMode.WITH_MULTI_AGENCY)
    asked: dict[str, Any] = {"by": "system", "role": Role.SYSTEM}
    kept = after_consent_ended(
        course, grounds=grounds(ledger=(*AGREED, USE[Programme.MULTI_AGENCY])), **asked
    )
    assert (kept.course, kept.events) == (course, ())
    alone = after_consent_ended(course, grounds=grounds(ledger=AGREED), **asked)
    assert alone.course.mode is SupportMode.SOLO
    assert alone.course.state is CaseState.CONTINUING_SUPPORT
    closed = after_consent_ended(at_state(CaseState.CLOSED), grounds=grounds(), **asked)
    assert closed.course.state is CaseState.CLOSED
    assert not closed.course.supported


@pytest.mark.rule("O20")
def test_nothing_is_done_only_for_a_reason_and_the_source_hears_of_it() -> None:
    refused("O20", NoActionUnexplained, reason=" ")
    refused("O20", NoActionUnexplained, source_told=False)


@pytest.mark.rule("DOMAIN-3.1")
def test_a_step_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(CourseStepClosed) as no:
        advance(
            found(),
            to=CaseState.CLOSED,
            by=SATO.id,
            role=Role.COORDINATOR,
            grounds=grounds(loss=LOST),
        )
    assert no.value.facts["allowed"] == "O2 LEAD_REVIEW, O20 NO_ACTION"
