"""Outreach through the use cases: each row of §3.1 taken on the record, and refused."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.approach import LeadNotChosen
from core.basis import Basis
from core.cases import CaseState, LeadMode
from core.closing import FarewellOpen, HandOverOpen, ReopenReason
from core.contacts import ContactChannel, ContactDetail, Met, WithWhom
from core.courses.ending import EndReason, PersonHasDied
from core.courses.grounds import MeetingUndecided
from core.courses.modes import ModeReason, ModeUnfit, SupportMode
from core.courses.outreach_guards import (
    AssessmentNoteMissing,
    LeadNotAccepted,
    NoActionUnexplained,
    PlanNotEndorsed,
    PreconsentPlanMissing,
    ServiceUseMissing,
)
from core.courses.walking import CourseStepClosed
from core.discovery import Discovery, DiscoveryRoute, SourceUnrecorded
from core.ids import CaseId
from core.interruption import EffortMissing, TieStillThere
from core.letters import LetterState, Reason
from core.meetings.decisions import Outcome
from core.meetings.items import AgendaPurpose
from core.plans.evaluation import EvaluationResult
from core.preparation import PreCoordination, PreparationIncomplete
from core.programmes import Programme
from core.steps import Overtaken, RoleNeeded
from core.usecases.courses.begin_approach import begin_approach
from core.usecases.courses.change_mode import change_mode
from core.usecases.courses.choose_lead import choose_lead
from core.usecases.courses.close_case import close_case
from core.usecases.courses.continue_support import continue_support
from core.usecases.courses.end_case import NotYetHappened, end_case
from core.usecases.courses.end_unconsented import end_unconsented
from core.usecases.courses.interrupt_case import interrupt_case
from core.usecases.courses.note_agreement import note_agreement
from core.usecases.courses.note_first_assessment import note_first_assessment
from core.usecases.courses.prepare_approach import prepare_approach
from core.usecases.courses.reopen_case import reopen_case
from core.usecases.courses.resume_case import resume_case
from core.usecases.courses.review_closing import review_closing
from core.usecases.courses.review_interruption import review_interruption
from core.usecases.courses.take_no_action import take_no_action
from tests.core.plans import examples
from tests.core.usecases.courses.walking import PREPARED, Walking, closing
from tests.core.usecases.office import Office
from tests.people import SATO, SUZUKI, TANAKA, A

S = CaseState


async def unchanged(walking: Walking, before: CaseState) -> None:
    assert (await walking.case()).state is before


@pytest.mark.rule("O2", "O3", "O5", "R-020", "R-022")
async def test_from_discovery_to_the_first_tie(walking: Walking) -> None:
    await walking.planning.stands(S.DISCOVERED)
    with pytest.raises(AssessmentNoteMissing):
        await walking.takes(note_first_assessment)
    await walking.takes(note_first_assessment, note="父と二人、部屋から出ない")
    with pytest.raises(LeadNotChosen):
        await walking.takes(choose_lead, mode=LeadMode.CO_LEAD)
    led = await walking.takes(choose_lead, mode=LeadMode.SELF, lead_staff_id=SUZUKI.id)
    assert (led.state, led.case.lead_staff_id) == (S.PRE_COORDINATION, SUZUKI.id)
    await walking.planning.draft(replace(examples.BEFORE_CONSENT, maker_id=SUZUKI.id))
    half = PreCoordination(hook=PREPARED.hook)
    await walking.takes(prepare_approach, preparation=half)
    with pytest.raises(PreparationIncomplete) as no:
        await walking.takes(begin_approach)
    assert "SOURCES" in no.value.facts["missing"]
    rest = replace(PREPARED, hook=None)
    now = await walking.takes(prepare_approach, preparation=rest)
    assert now.preparation == PREPARED
    with pytest.raises(PlanNotEndorsed):
        await walking.takes(begin_approach)
    begun = await walking.takes(begin_approach, endorsement_required=False)
    assert begun.state is S.RELATIONSHIP_BUILDING
    assert await walking.rows() == ["O2", "O3", "O5"]


@pytest.mark.rule("O4")
async def test_another_agency_leads_once_it_has_said_yes(walking: Walking) -> None:
    await walking.planning.stands(S.LEAD_REVIEW)
    other: dict[str, Any] = {"mode": LeadMode.OTHER_LEAD, "agency_id": examples.CENTER}
    with pytest.raises(LeadNotAccepted):
        await walking.takes(choose_lead, **other)
    await unchanged(walking, S.LEAD_REVIEW)
    gone = await walking.takes(choose_lead, accepted_on=examples.TODAY, **other)
    assert gone.state is S.REFERRED_OUT


@pytest.mark.rule("O5", "R-021")
async def test_an_approach_before_consent_has_a_plan(walking: Walking) -> None:
    await walking.planning.stands(S.PRE_COORDINATION)
    await walking.takes(prepare_approach, preparation=PREPARED)
    with pytest.raises(PreconsentPlanMissing):
        await walking.takes(begin_approach)


@pytest.mark.rule("O6", "O7")
async def test_agreement_in_the_ledger_and_a_final_plan_lead_into_support(
    walking: Walking,
) -> None:
    with pytest.raises(ServiceUseMissing):
        await walking.takes(note_agreement)
    await walking.planning.agrees(Programme.OUTREACH)
    agreed = await walking.takes(note_agreement)
    assert agreed.state is S.CONSENTED
    await walking.planning.assess()
    plan = await walking.planning.approved(await walking.planning.draft())
    await walking.planning.decide(plan)
    now = await walking.outreach()
    assert (now.state, now.supported) == (S.CONTINUING_SUPPORT, True)
    assert await walking.rows() == ["O6", "O7"]


@pytest.mark.rule("O6", "O7")
async def test_a_plan_that_is_final_first_waits_for_the_note_of_agreement(
    walking: Walking,
) -> None:
    await walking.planning.running()
    agreed = await walking.takes(note_agreement)
    assert agreed.state is S.CONTINUING_SUPPORT
    assert await walking.rows() == ["O6", "O7"]


async def supported(walking: Walking, *others: Programme) -> Any:
    """A-12 in support after consent, with a plan in force."""
    plan = await walking.planning.running()
    await walking.takes(note_agreement)
    return plan


@pytest.mark.rule("O8")
async def test_alone_or_together_as_fits_the_person(walking: Walking) -> None:
    await supported(walking)
    with pytest.raises(ModeUnfit):
        await walking.takes(change_mode, mode=SupportMode.SOLO, why=ModeReason.JOINT_ACCOMPANIMENT)
    together = await walking.takes(
        change_mode, mode=SupportMode.WITH_MULTI_AGENCY, why=ModeReason.ANXIOUS_ABOUT_OTHERS
    )
    assert together.mode is SupportMode.WITH_MULTI_AGENCY


async def in_review(walking: Walking) -> None:
    plan = await supported(walking)
    await walking.planning.evaluated(plan, EvaluationResult.CLOSE)
    await walking.takes(review_closing, closing=closing(), by=SATO)


@pytest.mark.rule("O9", "O10", "O12", "R-030", "R-069")
async def test_closing_is_a_hand_over_and_somebody_keeps_in_touch(walking: Walking) -> None:
    await in_review(walking)
    ok, close = Outcome.CLOSE_OK, AgendaPurpose.CLOSE
    with pytest.raises(HandOverOpen):
        await walking.follows(close_case, ok, close, closing=closing(lead_agency_id=None))
    with pytest.raises(FarewellOpen):
        await walking.follows(close_case, ok, close, closing=closing(farewell=None))
    with pytest.raises(MeetingUndecided):
        await walking.follows(close_case, Outcome.NOT_YET, close, closing=closing())
    with pytest.raises(RoleNeeded):
        await walking.follows(close_case, ok, close, closing=closing(), by=SUZUKI)
    with pytest.raises(Overtaken):
        await walking.follows(close_case, ok, close, closing=closing(), version=1)
    await unchanged(walking, S.CLOSING_REVIEW)
    closed = await walking.follows(close_case, ok, close, closing=closing())
    assert closed.state is S.FOLLOW_UP
    assert closed.post_closing == closing()
    assert (await walking.rows())[-3:] == ["O9", "O10", "O12"]
    assert (await walking.trail())[-1].event.action == "agenda_item.followed"


@pytest.mark.rule("O10", "R-030")
async def test_where_sharing_was_taken_back_the_support_meeting_decides(walking: Walking) -> None:
    await in_review(walking)
    await walking.planning.takes_back("share")
    ok, close = Outcome.CLOSE_OK, AgendaPurpose.CLOSE
    with pytest.raises(MeetingUndecided):
        await walking.follows(close_case, ok, close, closing=closing())
    closed = await walking.follows(close_case, ok, close, basis=Basis.SHIEN, closing=closing())
    assert closed.state is S.FOLLOW_UP


@pytest.mark.rule("O11")
async def test_not_yet_means_that_support_goes_on(walking: Walking) -> None:
    await in_review(walking)
    goes_on = await walking.follows(continue_support, Outcome.NOT_YET, AgendaPurpose.CLOSE)
    assert goes_on.state is S.CONTINUING_SUPPORT


@pytest.mark.rule("O13", "O14", "R-052")
async def test_interruption_needs_lost_contact_effort_and_a_decision(walking: Walking) -> None:
    since = walking.planning.at
    await walking.logs(ContactChannel.LINE_OUT)
    with pytest.raises(EffortMissing):
        await walking.takes(review_interruption, lost_since=since, by=SATO)
    await walking.tried()
    reviewed = await walking.takes(review_interruption, lost_since=since, by=SATO)
    assert (reviewed.state, reviewed.lost_since) == (S.INTERRUPTION_REVIEW, since)
    ok, purpose = Outcome.INTERRUPT_OK, AgendaPurpose.INTERRUPT
    with pytest.raises(MeetingUndecided):
        await walking.follows(interrupt_case, ok, purpose)
    rests = await walking.follows(interrupt_case, ok, purpose, basis=Basis.SHIEN)
    assert rests.state is S.INTERRUPTED


@pytest.mark.rule("O13", "R-052")
async def test_what_was_not_meant_as_effort_does_not_count(walking: Walking) -> None:
    since = walking.planning.at
    await walking.logs(
        ContactChannel.VISIT, Met.ABSENT, detail=ContactDetail(counts_as_effort=False)
    )
    await walking.logs(ContactChannel.AGENCY_TALK)
    await walking.logs(ContactChannel.RESIDENT_INFO)
    with pytest.raises(EffortMissing) as no:
        await walking.takes(review_interruption, lost_since=since, by=SATO)
    assert no.value.facts["missing"] == "HOME_VISITED"
    neighbour = ContactDetail(with_whom=WithWhom.RESIDENT)
    await walking.logs(ContactChannel.VISIT, Met.MET, detail=neighbour)
    reviewed = await walking.takes(review_interruption, lost_since=since, by=SATO)
    assert reviewed.state is S.INTERRUPTION_REVIEW


@pytest.mark.rule("O15")
async def test_a_person_met_ends_the_review_at_once(walking: Walking) -> None:
    since = walking.planning.at
    await walking.tried()
    await walking.takes(review_interruption, lost_since=since, by=SATO)
    await walking.logs(ContactChannel.VISIT, Met.VOICE_ONLY)
    now = await walking.outreach()
    assert (now.state, now.lost_since) == (S.RELATIONSHIP_BUILDING, None)
    with pytest.raises(TieStillThere):
        await walking.takes(review_interruption, lost_since=since, by=SATO)


@pytest.mark.rule("O15")
async def test_a_word_over_line_ends_the_review_at_once(walking: Walking, office: Office) -> None:
    await walking.tried()
    await walking.takes(review_interruption, lost_since=walking.planning.at, by=SATO)
    await office.says()
    await unchanged(walking, S.RELATIONSHIP_BUILDING)


@pytest.mark.rule("O15")
async def test_a_word_is_a_sign_on_whichever_case_an_interruption_is_thought_over(
    walking: Walking, office: Office
) -> None:
    await walking.tried()
    await walking.takes(review_interruption, lost_since=walking.planning.at, by=SATO)
    newer = replace(
        await office.second_case(),
        id=CaseId("newer"),
        case_no="2026-0099",
        alias="A-99",
        opened_on=examples.TODAY,
    )
    async with walking.uow.write() as work:
        await work.cases.add(newer)
        await work.commit()
    await office.says()
    await unchanged(walking, S.RELATIONSHIP_BUILDING)
    async with walking.uow.read() as work:
        assert [r.case_id for r in await work.replies.of_case(newer.id, limit=5)] == [newer.id]


@pytest.mark.rule("O16", "O17", "R-070")
async def test_support_begins_again_in_one_step(walking: Walking) -> None:
    await walking.tried()
    await walking.takes(review_interruption, lost_since=walking.planning.at, by=SATO)
    await walking.follows(
        interrupt_case, Outcome.INTERRUPT_OK, AgendaPurpose.INTERRUPT, basis=Basis.SHIEN
    )
    again = await walking.takes(reopen_case, why=ReopenReason.CONTACT_AGAIN)
    assert again.state is S.REOPENED
    with pytest.raises(RoleNeeded):
        await walking.takes(resume_case)
    on = await walking.takes(resume_case, by=TANAKA)
    assert on.state is S.PRE_COORDINATION


@pytest.mark.rule("O20")
async def test_no_action_is_explained_and_the_source_hears_of_it(walking: Walking) -> None:
    await walking.planning.stands(S.DISCOVERED)
    with pytest.raises(NoActionUnexplained):
        await walking.takes(take_no_action, by=TANAKA, reason="", source_told=True)
    ended = await walking.takes(
        take_no_action, by=TANAKA, reason="家族が見守っている", source_told=True
    )
    assert ended.state is S.NO_ACTION


@pytest.mark.rule("O20", "R-030", "G-21")
async def test_an_approach_without_consent_ends_by_decision_and_with_a_farewell(
    walking: Walking, office: Office
) -> None:
    letter = await office.approved()
    asked: dict[str, Any] = {"reason": "転機を待つ", "source_told": True}
    with pytest.raises(MeetingUndecided):
        await walking.takes(take_no_action, by=TANAKA, **asked)
    ended = await walking.follows(
        end_unconsented, Outcome.CLOSE_OK, AgendaPurpose.CLOSE, basis=Basis.SHIEN, **asked
    )
    assert ended.state is S.NO_ACTION
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.CASE_RESTS.value)


@pytest.mark.rule("G-22")
async def test_a_death_ends_the_case_and_every_letter(walking: Walking, office: Office) -> None:
    letter = await office.approved()
    with pytest.raises(NotYetHappened):
        tomorrow = walking.planning.today + timedelta(days=1)
        await walking.takes(end_case, by=SATO, why=EndReason.DECEASED, on=tomorrow)
    ended = await walking.takes(end_case, by=SATO, why=EndReason.DECEASED, on=date(2026, 11, 28))
    assert ended.state is S.CLOSED
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.DECEASED.value)
    async with walking.uow.read() as work:
        assert (await work.people.get(A.id)).deceased_on == date(2026, 11, 28)
    with pytest.raises(PersonHasDied):
        await walking.takes(reopen_case, why=ReopenReason.STATE_CHANGED)


@pytest.mark.rule("O10")
async def test_whoever_looks_at_an_old_page_changes_nothing(walking: Walking) -> None:
    with pytest.raises(Overtaken):
        await walking.takes(note_agreement, version=7)
    with pytest.raises(CourseStepClosed):
        await walking.takes(reopen_case, why=ReopenReason.STATE_CHANGED)


@pytest.mark.rule("R-027")
def test_the_source_of_a_concern_is_known_to_us() -> None:
    assert SourceUnrecorded.rule == "R-027"
    assert Discovery(on=examples.TODAY, route=DiscoveryRoute.HOTLINE).informant == ""
