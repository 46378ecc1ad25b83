"""A case can always end: by a death, a move, or without ever having been agreed on."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.assessments import Screening
from core.basis import Basis
from core.case_beginnings import Newcomer
from core.cases import CaseState
from core.closing import ClosingReason, Farewell, FarewellOpen, HandOverOpen, ReopenReason
from core.consent.kinds import ConsentState
from core.courses.ending import EndReason
from core.courses.grounds import MeetingUndecided
from core.courses.multi_agency import MultiAgencyState
from core.courses.outreach_guards import NoActionUnexplained
from core.courses.participation import ParticipationState
from core.courses.steps import StillApplied
from core.courses.walking import CourseStepClosed
from core.discovery import Discovery, DiscoveryRoute
from core.letters import LetterState
from core.meetings.decisions import Outcome
from core.meetings.items import AgendaPurpose
from core.plans.evaluation import EvaluationResult
from core.plans.record import PlanState
from core.programmes import Programme
from core.resources import MatchState
from core.steps import RoleNeeded
from core.usecases.courses.close_without_table import close_without_table
from core.usecases.courses.end_case import end_case
from core.usecases.courses.end_unconsented import end_unconsented
from core.usecases.courses.let_course_go import let_course_go
from core.usecases.courses.register_concern import register_concern
from core.usecases.courses.reopen_multi_agency import reopen_multi_agency
from core.usecases.courses.review_closing import review_closing
from core.usecases.courses.screen_multi_agency import screen_multi_agency
from core.usecases.courses.take_no_action import take_no_action
from core.usecases.courses.take_up_course import take_up_course
from tests.core.meetings import table
from tests.core.plans import examples
from tests.core.usecases.courses.walking import Walking, closing
from tests.core.usecases.ledger_office import Ledger
from tests.core.usecases.office import Office
from tests.core.usecases.waiting import all_that_waits
from tests.people import A12, MAY_WRITE_TO_A, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A

S = CaseState
BY_HERSELF = Discovery(on=examples.TODAY, route=DiscoveryRoute.SELF)
ON: dict[str, Any] = {"on": date(2026, 11, 28)}
SAID: dict[str, Any] = {"reason": "ご本人の望みで", "source_told": True}
UNDER_WAY = [
    state
    for state in S
    if state not in {S.CLOSED, S.INTERRUPTED, S.REFERRED_OUT, S.NO_ACTION, S.RECEIVED}
]


@pytest.mark.rule("DOMAIN-3.1", "G-22")
@pytest.mark.parametrize("why", list(EndReason))
@pytest.mark.parametrize("state", UNDER_WAY)
async def test_wherever_a_case_stands_it_ends_by_a_death_or_a_move_and_nobody_is_asked(
    walking: Walking, state: CaseState, why: EndReason
) -> None:
    await walking.planning.stands(state)
    ended = await walking.takes(end_case, by=SATO, why=why, **ON)
    assert ended.state is S.CLOSED
    assert not {"consent.given", "meeting.requested"} & set(await walking.planning.deeds())


@pytest.mark.rule("DOMAIN-3.1", "C7", "R-073")
async def test_after_a_move_nothing_of_it_stays_open_but_the_way_to_tell_the_new_town(
    office: Office,
) -> None:
    waiting = await all_that_waits(office)
    async with office.uow.read() as work:
        version = (await work.cases.get(A12.id)).version
    await end_case(
        office.uow,
        case_id=A12.id,
        version=version,
        why=EndReason.MOVED_AWAY,
        by=SATO.id,
        at=MONDAY,
        tz=TOKYO,
        **ON,
    )
    now = await waiting.now()
    assert (now["case"], now["plan"]) == (S.CLOSED, PlanState.CLOSED)
    assert (now["participation"], now["multi_agency"]) == (
        ParticipationState.CLOSED,
        MultiAgencyState.CLOSED,
    )
    assert (now["open_item"], now["dated_item"]) == (None, None)
    assert (now["match"], now["letter"]) == (MatchState.ENDED, LetterState.CANCELLED)
    states = await Ledger(uow=office.uow).states()
    stay = {MAY_WRITE_TO_A.id, waiting.lines["tell"].id}
    assert {id_ for id_, state in states.items() if state is ConsentState.GIVEN} == stay
    assert {state for id_, state in states.items() if id_ not in stay} == {ConsentState.EXPIRED}


@pytest.mark.rule("R-065")
async def test_nobody_is_reminded_to_keep_in_touch_with_somebody_who_has_died_or_moved(
    walking: Walking,
) -> None:
    await walking.takes(
        take_up_course, by=TANAKA, programme=Programme.PARTICIPATION, discovery=BY_HERSELF
    )
    async with walking.uow.write() as work:
        course = await work.courses.participation(A12.id)
        assert course is not None
        post = closing(ClosingReason.TIES_STABLE, next_contact_on=examples.TODAY)
        kept = replace(course, state=ParticipationState.KEEP_IN_TOUCH, post_closing=post)
        await work.courses.change_participation(kept)
        await work.commit()
    await walking.planning.stands(S.FOLLOW_UP)
    await walking.takes(end_case, by=SATO, why=EndReason.MOVED_AWAY, **ON)
    async with walking.uow.read() as work:
        assert await work.courses.kept_in_touch([A12.id]) == {}


@pytest.mark.rule("O20", "R-030")
async def test_what_the_support_meeting_ended_leaves_no_plan_in_force(walking: Walking) -> None:
    await walking.early_plan()
    await walking.planning.stands(S.RELATIONSHIP_BUILDING)
    ended = await walking.follows(
        end_unconsented, Outcome.CLOSE_OK, AgendaPurpose.CLOSE, basis=Basis.SHIEN, **SAID
    )
    assert ended.state is S.NO_ACTION
    assert [plan.state for plan in await walking.planning.plans()] == [PlanState.CLOSED]


@pytest.mark.rule("P16", "O10", "R-030")
async def test_where_sharing_was_taken_back_the_support_meeting_closes_the_plan_too(
    walking: Walking,
) -> None:
    planning = walking.planning
    plan = await planning.evaluated(await planning.running(), EvaluationResult.CLOSE)
    await planning.takes_back("share")
    item = await planning.sits(
        Outcome.CLOSE_OK,
        purpose=AgendaPurpose.CLOSE,
        basis=Basis.SHIEN,
        programmes={Programme.OUTREACH},
    )
    (closed,) = await planning.carry(item, plan_id=plan.id)
    assert closed.state is PlanState.CLOSED


async def no_support_meeting(walking: Walking) -> None:
    """The town has not set its 支援会議 up."""
    async with walking.uow.write() as work:
        body = await work.bodies.get(table.SHIEN.id)
        assert await work.bodies.change(replace(body, establishment_rule=""))
        await work.commit()


@pytest.mark.rule("O20", "G-21")
async def test_a_town_without_a_support_meeting_is_not_waited_for(
    walking: Walking, office: Office
) -> None:
    await walking.planning.stands(S.RELATIONSHIP_BUILDING)
    with pytest.raises(MeetingUndecided):
        await walking.takes(take_no_action, by=TANAKA, **SAID)
    await no_support_meeting(walking)
    with pytest.raises(NoActionUnexplained):
        await walking.takes(take_no_action, by=TANAKA, reason="", source_told=True)
    await sent(office)
    with pytest.raises(FarewellOpen):
        await walking.takes(take_no_action, by=TANAKA, **SAID)
    ended = await walking.takes(take_no_action, by=TANAKA, farewell=Farewell.TOLD_IN_PERSON, **SAID)
    assert ended.state is S.NO_ACTION


async def sent(office: Office) -> None:
    """A letter of this case has reached A."""
    letter = await office.approved()
    async with office.uow.write() as work:
        now = replace(letter, state=LetterState.SENT, sent_at=MONDAY, version=letter.version + 1)
        assert await work.letters.change(now, version=letter.version)
        await work.commit()


@pytest.mark.rule("O10", "O12", "R-069")
async def test_support_whose_sharing_was_taken_back_closes_there_by_its_hand_over(
    walking: Walking,
) -> None:
    planning = walking.planning
    await planning.stands(S.CONSENTED)
    await planning.evaluated(await planning.running(), EvaluationResult.CLOSE)
    await planning.stands(S.CONTINUING_SUPPORT)
    await walking.takes(review_closing, by=SATO, closing=closing())
    await planning.takes_back("share")
    with pytest.raises(MeetingUndecided):
        await walking.takes(close_without_table, by=TANAKA, closing=closing())
    await no_support_meeting(walking)
    with pytest.raises(HandOverOpen):
        await walking.takes(close_without_table, by=TANAKA, closing=closing(lead_agency_id=None))
    with pytest.raises(RoleNeeded):
        await walking.takes(close_without_table, by=SUZUKI, closing=closing())
    closed = await walking.takes(close_without_table, by=TANAKA, closing=closing())
    assert closed.state is S.FOLLOW_UP
    assert {plan.state for plan in await planning.plans()} == {PlanState.CLOSED}


async def received(walking: Walking, programme: Programme) -> None:
    """Somebody new, with this course alone."""
    case = await register_concern(
        walking.uow,
        who=Newcomer(),
        discovery=BY_HERSELF,
        programme=programme,
        by=TANAKA.id,
        at=MONDAY,
        tz=TOKYO,
    )
    walking.case_id = case.id


@pytest.mark.rule("PT15", "O20")
async def test_participation_that_nobody_applied_for_ends_without_a_meeting(
    walking: Walking,
) -> None:
    await received(walking, Programme.PARTICIPATION)
    course = await walking.participation()
    go: dict[str, Any] = {"by": TANAKA, "programme": Programme.PARTICIPATION}
    with pytest.raises(NoActionUnexplained):
        await walking.takes_on(let_course_go, course, **go, reason="", source_told=True)
    over = await walking.takes_on(let_course_go, course, **go, **SAID)
    assert over.state is ParticipationState.CLOSED
    assert (await walking.case()).state is S.CLOSED


@pytest.mark.rule("PT15", "R-030")
async def test_what_was_applied_for_does_not_end_behind_the_meeting_s_back(
    walking: Walking,
) -> None:
    await walking.takes(
        take_up_course, by=TANAKA, programme=Programme.PARTICIPATION, discovery=BY_HERSELF
    )
    await walking.planning.agrees(Programme.PARTICIPATION)
    go: dict[str, Any] = {"by": TANAKA, "programme": Programme.PARTICIPATION}
    with pytest.raises(StillApplied):
        await walking.takes_on(let_course_go, await walking.participation(), **go, **SAID)
    await walking.planning.takes_back("use-participation")
    over = await walking.takes_on(let_course_go, await walking.participation(), **go, **SAID)
    assert over.state is ParticipationState.CLOSED
    with pytest.raises(CourseStepClosed):
        await walking.takes_on(let_course_go, await walking.participation(), **go, **SAID)


@pytest.mark.rule("MK13", "MK2", "MK9", "R-008")
async def test_what_was_given_back_to_its_source_is_over_here_and_may_come_again(
    walking: Walking,
) -> None:
    await received(walking, Programme.MULTI_AGENCY)
    course = await walking.takes_on(
        screen_multi_agency,
        await walking.multi_agency(),
        by=TANAKA,
        screening=Screening.RETURN_TO_SOURCE,
        source_told=True,
        linked_arrangement="月に一度、様子を聞く",
    )
    go: dict[str, Any] = {"by": TANAKA, "programme": Programme.MULTI_AGENCY}
    over = await walking.takes_on(let_course_go, course, **go, **SAID)
    assert (over.state, (await walking.case()).state) == (MultiAgencyState.CLOSED, S.CLOSED)
    again = await walking.takes_on(
        reopen_multi_agency, over, by=TANAKA, why=ReopenReason.STATE_CHANGED
    )
    taken = await walking.takes_on(
        screen_multi_agency, again, by=TANAKA, screening=Screening.ACCEPT
    )
    assert (taken.state, taken.screening) == (MultiAgencyState.SCREENED, Screening.ACCEPT)
    assert A.id != (await walking.case()).person_id
