"""Participation, multi-agency, emergencies and seats through the use cases, on the record."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from core.access import NotYours
from core.agencies import Role
from core.assessments import Screening
from core.basis import Basis
from core.case_beginnings import KnownAs, Newcomer
from core.cases import CaseState, Urgency
from core.closing import ClosingReason, ReopenReason
from core.courses.multi_agency import (
    DirectAssessmentUncoordinated,
    MultiAgencyState,
    NotAccepted,
    ReturnUnprepared,
)
from core.courses.outreach_guards import ServiceUseMissing, SupportPlanNotFinal
from core.courses.participation import (
    EarlyStartUnexplained,
    MatchMissing,
    ParticipationState,
    TiesNotStable,
)
from core.courses.walking import CourseStepClosed
from core.discovery import Discovery, DiscoveryRoute, SourceUnrecorded
from core.emergency import Danger, DangerUnnamed, EmergencyUnanswered, NoEmergency, Rescuer
from core.errors import NotFound
from core.handover import HandOver, HandOverCold
from core.ids import AgencyId, MatchId, PlaceId
from core.interruption import EffortMissing
from core.lead_changes import LeadChangeUnfounded
from core.letters import LetterState, Reason
from core.meetings.decisions import Outcome
from core.meetings.items import AgendaPurpose
from core.plans.evaluation import EvaluationResult
from core.programmes import Programme
from core.resources import Match, MatchState, ParticipationPlace, PlaceKind
from core.shielding import Care, CareMark
from core.steps import Overtaken, RoleNeeded
from core.usecases.courses.assess_multi_agency import assess_multi_agency
from core.usecases.courses.assess_participation import assess_participation
from core.usecases.courses.close_multi_agency import close_multi_agency
from core.usecases.courses.close_participation import close_participation
from core.usecases.courses.coordinate_multi_agency import coordinate_multi_agency
from core.usecases.courses.end_emergency import end_emergency
from core.usecases.courses.hand_over_case import hand_over_case
from core.usecases.courses.interrupt_course import interrupt_course
from core.usecases.courses.lead_to_source import lead_to_source
from core.usecases.courses.match_participation import match_participation
from core.usecases.courses.note_call import note_call
from core.usecases.courses.plan_course import plan_course
from core.usecases.courses.raise_emergency import raise_emergency
from core.usecases.courses.register_concern import NoSuchCourse, register_concern
from core.usecases.courses.reopen_course import reopen_course
from core.usecases.courses.replan_course import replan_course
from core.usecases.courses.restart_participation import restart_participation
from core.usecases.courses.screen_multi_agency import screen_multi_agency
from core.usecases.courses.seat_colleague import SeatUnfit, seat_colleague
from core.usecases.courses.settle_participation import settle_participation
from core.usecases.courses.show_emergency import show_emergency
from core.usecases.courses.start_participation_early import start_participation_early
from core.usecases.courses.take_up_course import take_up_course
from core.usecases.courses.unseat_colleague import unseat_colleague
from tests.core.plans import examples
from tests.core.usecases.courses.walking import Walking, closing
from tests.core.usecases.office import Office
from tests.core.usecases.plans.planning import IMAI, NAKANO, OTHER_SHEET
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A

interrupt_participation = partial(interrupt_course, programme=Programme.PARTICIPATION)
plan_multi_agency = partial(plan_course, programme=Programme.MULTI_AGENCY)
plan_participation = partial(plan_course, programme=Programme.PARTICIPATION)
reopen_multi_agency = partial(reopen_course, programme=Programme.MULTI_AGENCY)
reopen_participation = partial(reopen_course, programme=Programme.PARTICIPATION)
replan_participation = partial(replan_course, programme=Programme.PARTICIPATION)

P, M = ParticipationState, MultiAgencyState
BY_HERSELF = Discovery(on=examples.TODAY, route=DiscoveryRoute.SELF)
STABLE = ClosingReason.TIES_STABLE


async def takes_up(walking: Walking, programme: Programme) -> None:
    await walking.takes(take_up_course, by=TANAKA, programme=programme, discovery=BY_HERSELF)


async def tries_a_place(walking: Walking, stable_since: date | None = None) -> None:
    async with walking.uow.write() as work:
        await work.resources.add_place(
            ParticipationPlace(
                id=PlaceId("place-1"),
                municipality_id=MIDORI,
                name="ひだまり",
                kind=PlaceKind.IBASHO,
                host_agency_id=examples.CENTER,
            )
        )
        await work.resources.add_match(
            Match(
                id=MatchId("match-1"),
                municipality_id=MIDORI,
                case_id=A12.id,
                person_id=A.id,
                place_id=PlaceId("place-1"),
                state=MatchState.TRIAL,
                trials=(examples.TODAY,),
                stable_since=stable_since,
            )
        )
        await work.commit()


@pytest.mark.rule("PT1", "PT2", "PT5", "PT6", "PT11", "PT12", "PT13", "R-061", "R-064")
async def test_participation_begins_early_and_settles_for_no_less_than_a_plan(
    walking: Walking,
) -> None:
    await takes_up(walking, Programme.PARTICIPATION)
    with pytest.raises(Overtaken):
        await takes_up(walking, Programme.PARTICIPATION)
    with pytest.raises(ServiceUseMissing):
        await walking.takes_on(assess_participation, await walking.participation(), by=NAKANO)
    await walking.planning.agrees(Programme.PARTICIPATION)
    course = await walking.takes_on(assess_participation, await walking.participation(), by=NAKANO)
    with pytest.raises(EarlyStartUnexplained):
        await walking.takes_on(start_participation_early, course, by=NAKANO, why=" ")
    course = await walking.takes_on(
        start_participation_early, course, by=NAKANO, why="空きが今だけ"
    )
    assert (course.state, course.early_start) == (P.MATCHING, "空きが今だけ")
    with pytest.raises(SupportPlanNotFinal):
        await walking.takes_on(settle_participation, course, by=NAKANO)
    with pytest.raises(Overtaken):
        await walking.takes_on(settle_participation, course, by=NAKANO, version=1)
    interrupt, rests = AgendaPurpose.INTERRUPT, Outcome.INTERRUPT_OK
    lost = walking.planning.at
    with pytest.raises(EffortMissing):
        await walking.follows(
            interrupt_participation,
            rests,
            interrupt,
            programme=Programme.PARTICIPATION,
            version=course.version,
            lost_since=lost,
        )
    await walking.tried()
    course = await walking.follows(
        interrupt_participation,
        rests,
        interrupt,
        programme=Programme.PARTICIPATION,
        version=course.version,
        lost_since=lost,
    )
    assert (course.state, course.lost_since) == (P.INTERRUPTED, lost)
    course = await walking.takes_on(
        reopen_participation, course, by=SUZUKI, why=ReopenReason.CONTACT_AGAIN
    )
    course = await walking.takes_on(restart_participation, course, by=NAKANO)
    assert course.state is P.RECEIVED


@pytest.mark.rule("PT3", "PT4", "PT8", "PT9", "PT10", "R-065")
async def test_participation_goes_its_way_to_a_tie_that_lasts(walking: Walking) -> None:
    await takes_up(walking, Programme.PARTICIPATION)
    await walking.planning.agrees(Programme.PARTICIPATION)
    await walking.planning.assess()
    course = await walking.takes_on(assess_participation, await walking.participation(), by=NAKANO)
    course = await walking.takes_on(plan_participation, course, by=NAKANO)
    with pytest.raises(SupportPlanNotFinal):
        await walking.takes_on(match_participation, course, by=NAKANO)
    draft = await walking.planning.draft(programme=Programme.PARTICIPATION, by=NAKANO)
    plan = await walking.planning.decide(await walking.planning.approved(draft, by=NAKANO))
    course = await walking.participation()
    assert (course.state, course.supported) == (P.MATCHING, True)
    with pytest.raises(MatchMissing):
        await walking.takes_on(settle_participation, course, by=NAKANO)
    await tries_a_place(walking)
    course = await walking.takes_on(settle_participation, course, by=NAKANO)
    assert course.state is P.SETTLING
    plan = await walking.planning.begin(plan)
    await walking.planning.evaluated(plan, EvaluationResult.CLOSE, by=NAKANO)
    close = AgendaPurpose.CLOSE
    with pytest.raises(TiesNotStable):
        await walking.follows(
            close_participation,
            Outcome.CLOSE_OK,
            close,
            programme=Programme.PARTICIPATION,
            version=course.version,
            closing=closing(STABLE),
        )
    now = await walking.follows(
        close_participation,
        Outcome.CLOSE_OK,
        close,
        programme=Programme.PARTICIPATION,
        version=course.version,
        closing=closing(STABLE),
        stable_since=examples.TODAY,
    )
    assert now.state is P.KEEP_IN_TOUCH


@pytest.mark.rule("PT8")
async def test_a_replan_of_participation_is_decided_in_a_meeting(walking: Walking) -> None:
    await takes_up(walking, Programme.PARTICIPATION)
    await walking.planning.agrees(Programme.PARTICIPATION)
    course = await walking.takes_on(assess_participation, await walking.participation(), by=NAKANO)
    course = await walking.takes_on(start_participation_early, course, by=NAKANO, why="急ぐ")
    again = await walking.follows(
        replan_participation,
        Outcome.APPROVED,
        AgendaPurpose.REPLAN,
        programme=Programme.PARTICIPATION,
        version=course.version,
    )
    assert again.state is P.PLAN


@pytest.mark.rule("MK1", "MK2", "MK3", "R-005", "R-008")
async def test_multi_agency_takes_on_or_gives_back_with_a_link(walking: Walking) -> None:
    await takes_up(walking, Programme.MULTI_AGENCY)
    course = await walking.multi_agency()
    back = Screening.RETURN_TO_SOURCE
    with pytest.raises(ReturnUnprepared):
        await walking.takes_on(screen_multi_agency, course, by=TANAKA, screening=back)
    with pytest.raises(RoleNeeded):
        await walking.takes_on(screen_multi_agency, course, by=SUZUKI, screening=back)
    course = await walking.takes_on(
        screen_multi_agency,
        course,
        by=TANAKA,
        screening=back,
        source_told=True,
        linked_arrangement="月に一度、様子を聞く",
    )
    assert course.screening is back
    with pytest.raises(NotAccepted):
        await walking.takes_on(assess_multi_agency, course, by=TANAKA)


@pytest.mark.rule("MK3", "MK4", "MK5", "MK7", "MK9", "MK11", "R-067")
async def test_multi_agency_untangles_closes_and_untangles_again(walking: Walking) -> None:
    await takes_up(walking, Programme.MULTI_AGENCY)
    course = await walking.takes_on(
        screen_multi_agency, await walking.multi_agency(), by=TANAKA, screening=Screening.ACCEPT
    )
    with pytest.raises(DirectAssessmentUncoordinated):
        await walking.takes_on(assess_multi_agency, course, by=TANAKA, direct_assessment=True)
    course = await walking.takes_on(assess_multi_agency, course, by=TANAKA)
    with pytest.raises(ServiceUseMissing):
        await walking.takes_on(plan_multi_agency, course, by=TANAKA)
    await walking.planning.agrees(Programme.MULTI_AGENCY)
    await walking.planning.assess()
    course = await walking.takes_on(plan_multi_agency, course, by=TANAKA)
    draft = await walking.planning.draft(OTHER_SHEET, programme=Programme.MULTI_AGENCY, by=TANAKA)
    plan = await walking.planning.approved(draft, by=TANAKA)
    course = await walking.multi_agency()
    assert (course.state, course.supported) == (M.COORDINATING, True)
    plan = await walking.planning.begin(plan)
    await walking.planning.evaluated(plan, EvaluationResult.CLOSE, by=TANAKA)
    now = await walking.follows(
        close_multi_agency,
        Outcome.CLOSE_OK,
        AgendaPurpose.CLOSE,
        programme=Programme.MULTI_AGENCY,
        version=course.version,
        closing=closing(ClosingReason.ISSUES_ORDERED),
    )
    assert now.state is M.CLOSED
    now = await walking.takes_on(
        reopen_multi_agency, now, by=SUZUKI, why=ReopenReason.UNTANGLE_AGAIN
    )
    now = await walking.takes_on(coordinate_multi_agency, now, by=TANAKA)
    assert now.state is M.COORDINATING


@pytest.mark.rule("R-001")
async def test_somebody_on_the_town_s_record_is_found_by_its_code_and_not_entered_again(
    walking: Walking,
) -> None:
    now: dict[str, Any] = {"discovery": BY_HERSELF, "by": SUZUKI.id, "at": MONDAY, "tz": TOKYO}
    case = await register_concern(walking.uow, who=KnownAs(code=A.code), **now)
    assert case.person_id == A.id
    with pytest.raises(NotFound):
        await register_concern(walking.uow, who=KnownAs(code="nobody"), **now)


@pytest.mark.rule("R-001", "R-027", "O1", "PT1")
async def test_no_query_is_turned_away_and_a_case_has_the_next_number(walking: Walking) -> None:
    now: dict[str, Any] = {"by": SUZUKI.id, "at": MONDAY, "tz": TOKYO}
    with pytest.raises(SourceUnrecorded):
        unknown = Discovery(on=examples.TODAY, route=DiscoveryRoute.RESIDENT)
        await register_concern(walking.uow, who=Newcomer(), discovery=unknown, **now)
    with pytest.raises(NoSuchCourse):
        await register_concern(
            walking.uow,
            who=Newcomer(),
            discovery=BY_HERSELF,
            programme=Programme.COMMUNITY_BUILDING,
            **now,
        )
    newcomer = Newcomer(household_label="B世帯")
    first = await register_concern(walking.uow, who=newcomer, discovery=BY_HERSELF, **now)
    second = await register_concern(
        walking.uow,
        who=first.person_id,
        discovery=BY_HERSELF,
        programme=Programme.PARTICIPATION,
        **now,
    )
    assert (first.state, second.state) == (CaseState.DISCOVERED, CaseState.RECEIVED)
    assert (first.alias, second.alias) == ("A-2", "A-3")
    assert first.case_no == "2026-0002"
    assert first.household_id is not None and second.household_id == first.household_id
    walking.case_id = second.id
    assert (await walking.participation()).state is P.RECEIVED
    begun = await walking.takes(take_up_course, programme=Programme.OUTREACH, discovery=BY_HERSELF)
    assert begun.state is CaseState.DISCOVERED
    with pytest.raises(CourseStepClosed):
        await walking.takes(take_up_course, programme=Programme.OUTREACH, discovery=BY_HERSELF)
    assert "O1" in await walking.rows()


@pytest.mark.rule("O18", "R-025")
async def test_in_an_emergency_people_are_told_at_once_and_letters_wait(
    walking: Walking, office: Office
) -> None:
    letter = await office.approved()
    with pytest.raises(DangerUnnamed):
        await walking.takes(raise_emergency, danger=None)
    await walking.takes(raise_emergency, danger=Danger.LIFE)
    assert await office.stands(letter) == (LetterState.HELD, Reason.NEW_FACT.value)
    assert (await walking.case()).urgency is Urgency.EMERGENCY
    with pytest.raises(Overtaken):
        await walking.takes(raise_emergency, danger=Danger.BODY)
    with pytest.raises(EmergencyUnanswered):
        await walking.takes(end_emergency)
    await walking.takes(note_call, rescuer=Rescuer.MEDICAL)
    await walking.takes(note_call, rescuer=Rescuer.POLICE, not_needed_because="家の中のこと")
    over = await walking.takes(end_emergency)
    assert over.review_due_on == walking.planning.today + timedelta(days=1)
    assert (await walking.case()).urgency is Urgency.NORMAL


@pytest.mark.rule("O18", "R-025", "R-015")
async def test_those_on_duty_are_told_by_the_sign_of_the_case_alone(
    walking: Walking, office: Office
) -> None:
    duty, shut_out, other = [await office.hire(name) for name in ("duty", "shut", "other")]
    async with walking.uow.write() as work:
        for one in (duty, shut_out):
            await work.staff.put(replace(one, on_call=True))
        mark = CareMark(
            person_id=A.id,
            care=Care.ABUSE,
            cleared=frozenset({SATO.id, SUZUKI.id, TANAKA.id, duty.id}),
            closes_case=True,
        )
        await work.care_marks.put(mark)
        await work.commit()
    with pytest.raises(NoEmergency):
        await show_emergency(walking.uow, case_id=A12.id, viewer=SATO.id)
    await walking.takes(raise_emergency, danger=Danger.BODY)
    told = {who for kind, who in await office.cards(A12.id) if kind == "EMERGENCY"}
    assert told == {SATO.id, SUZUKI.id, TANAKA.id, duty.id}
    seen = await show_emergency(walking.uow, case_id=A12.id, viewer=duty.id)
    assert (seen.alias, seen.raised_at, seen.ended_at) == ("A-12", walking.planning.at, None)
    for nobody in (shut_out, other):
        with pytest.raises(NotYours):
            await show_emergency(walking.uow, case_id=A12.id, viewer=nobody.id)


@pytest.mark.rule("R-083")
async def test_a_case_is_not_passed_on_like_a_file(walking: Walking) -> None:
    with pytest.raises(HandOverCold):
        await walking.takes(hand_over_case, by=SATO, handover=HandOver(successor=SUZUKI.id))
    warm = HandOver(
        successor=SUZUKI.id,
        history_read_on=examples.TODAY,
        met_together_on=examples.TODAY,
        announced="訪問のときに",
    )
    led = await walking.takes(hand_over_case, by=SATO, handover=warm)
    assert led.lead_staff_id == SUZUKI.id


@pytest.mark.rule("DOMAIN-3.7")
async def test_seats_are_given_and_taken_by_those_who_work_on_the_case(walking: Walking) -> None:
    seat: dict[str, Any] = {"staff_id": NAKANO.id, "role": Role.MEMBER}
    with pytest.raises(SeatUnfit):
        await walking.takes(seat_colleague, staff_id=NAKANO.id, role=Role.CASE_LEAD)
    with pytest.raises(NotYours):
        await walking.takes(seat_colleague, by=IMAI, staff_id=NAKANO.id, role=Role.MEMBER)
    await walking.takes(seat_colleague, **seat)
    await walking.takes(unseat_colleague, **seat)
    deeds = [entry.event.action for entry in await walking.trail()]
    assert deeds[-2:] == ["case.seated", "case.unseated"]


@pytest.mark.rule("R-010")
async def test_the_source_leads_when_a_meeting_finds_so(walking: Walking) -> None:
    talk = AgendaPurpose.PROGRESS
    with pytest.raises(LeadChangeUnfounded):
        await walking.follows(
            lead_to_source,
            Outcome.CONTINUES,
            talk,
            basis=Basis.CASE,
            advised_by=AgencyId(examples.OFFICE),
        )
    led = await walking.follows(
        lead_to_source,
        Outcome.LEAD_CHANGED,
        talk,
        basis=Basis.CASE,
        advised_by=AgencyId(examples.OFFICE),
    )
    assert (led.lead_agency_id, led.advised_by) == (examples.CENTER, examples.OFFICE)
