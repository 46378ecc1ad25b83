"""Places, matches in steps, hosts who are helped, gaps that are passed on (R-064, R-072, R-073)."""

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from core.errors import CaseworkError
from core.ids import AgencyId, CaseId, GapId, MatchId, PersonId, PlaceId
from core.resources import (
    MATCH_MOVES,
    CostNotActual,
    GapState,
    GapUnforwarded,
    HostExpense,
    HostNotAssessed,
    HostSupport,
    HostWithoutHelp,
    Match,
    MatchState,
    MatchStepTooFar,
    ParticipationPlace,
    PersonNotAsked,
    PlaceKind,
    PlaceStaysOpen,
    ResourceGap,
    close_gap,
    forward_gap,
    move_match,
    note_expense,
    to_propose,
)
from tests.core.referrals.examples import TODAY, WRITER
from tests.people import MIDORI, MONDAY

S = MatchState
PLACE = ParticipationPlace(
    id=PlaceId("place-lunch"),
    municipality_id=MIDORI,
    kind=PlaceKind.COMMUNITY_MEAL,
    name="お昼の会",
    host_agency_id=AgencyId("agency-lunch"),
    assessed_on=TODAY,
    situation="五人ほど、静か",
    reimburses=True,
)
MATCH = Match(
    id=MatchId("match-1"),
    municipality_id=MIDORI,
    case_id=CaseId("case-a12"),
    person_id=PersonId("person-a"),
    place_id=PLACE.id,
)


def moved(
    match: Match,
    to: MatchState,
    *,
    place: ParticipationPlace = PLACE,
    wishes: bool = True,
    solved: bool = False,
) -> Match:
    return move_match(
        match,
        to=to,
        place=place,
        person_wishes=wishes,
        by=WRITER,
        role="participation_worker",
        at=MONDAY,
        on=TODAY,
        because_solved=solved,
    ).match


@pytest.mark.rule("R-064")
def test_participation_is_offered_in_steps_and_by_the_persons_wish() -> None:
    with pytest.raises(MatchStepTooFar) as caught:
        moved(MATCH, S.TRIAL)
    assert caught.value.facts["allowed"] == "ENDED,VISITED"
    with pytest.raises(PersonNotAsked):
        moved(MATCH, S.VISITED, wishes=False)
    match = MATCH
    for to in (S.VISITED, S.TRIAL, S.SETTLING, S.STABLE):
        match = moved(match, to)
    assert (match.trials, match.stable_since) == ((TODAY,), TODAY)
    assert moved(match, S.SETTLING).stable_since is None
    assert moved(match, S.ENDED, wishes=False).ended_on == TODAY


@pytest.mark.rule("R-064")
def test_the_host_is_looked_at_before_a_trial_and_helped_before_it_is_called_stable() -> None:
    visited = moved(MATCH, S.VISITED)
    for place in (replace(PLACE, assessed_on=None), replace(PLACE, situation=" ")):
        with pytest.raises(HostNotAssessed):
            moved(visited, S.TRIAL, place=place)
    worried = replace(PLACE, worries=("急に休むとき",))
    settling = moved(moved(visited, S.TRIAL), S.SETTLING)
    with pytest.raises(HostWithoutHelp):
        moved(settling, S.STABLE, place=worried)
    helped = replace(worried, support=(HostSupport(on=TODAY, by=WRITER, what="電話の約束"),))
    assert moved(settling, S.STABLE, place=helped).state is S.STABLE


@pytest.mark.rule("R-072")
def test_a_host_is_paid_its_actual_cost_with_a_note() -> None:
    lunch = HostExpense(on=TODAY, yen=500, what_for="材料")
    assert note_expense(PLACE, expense=lunch).expenses == (lunch,)
    for place, expense in (
        (replace(PLACE, reimburses=False), lunch),
        (PLACE, replace(lunch, yen=0)),
        (PLACE, replace(lunch, what_for="")),
    ):
        with pytest.raises(CostNotActual):
            note_expense(place, expense=expense)


@pytest.mark.rule("R-073")
def test_a_place_remains_open_after_the_issue_is_solved() -> None:
    stable = replace(MATCH, state=S.STABLE, stable_since=TODAY)
    with pytest.raises(PlaceStaysOpen):
        moved(stable, S.ENDED, solved=True)
    ended = moved(stable, S.ENDED)
    assert moved(ended, S.TOLD_OF).state is S.TOLD_OF
    assert all(MATCH_MOVES[state] for state in MatchState)


@pytest.mark.rule("R-064")
def test_places_whose_vacancy_was_asked_last_come_first() -> None:
    asked = replace(PLACE, id=PlaceId("place-2"), vacancy_checked_on=TODAY)
    assert to_propose((PLACE, asked)) == [asked, PLACE]


@pytest.mark.rule("R-051")
def test_a_lacking_resource_goes_to_a_body_that_can_make_one() -> None:
    gap = ResourceGap(
        id=GapId("gap-1"), municipality_id=MIDORI, description="短い預かりの空き", found_on=TODAY
    )
    with pytest.raises(GapUnforwarded):
        forward_gap(gap, to=" ", on=TODAY)
    forwarded = forward_gap(gap, to="地域づくりの協議の場", on=TODAY)
    assert (forwarded.state, forwarded.forwarded_on) == (GapState.FORWARDED, TODAY)
    closed = close_gap(forwarded, place_id=PLACE.id)
    assert closed.closed_by == PLACE.id
    with pytest.raises(GapUnforwarded):
        forward_gap(closed, to="協議の場", on=TODAY)


class MatchWalk(RuleBasedStateMachine):
    """A match, walked at random."""

    def __init__(self) -> None:
        super().__init__()
        self.match = MATCH

    @rule(
        to=st.sampled_from(MatchState),
        wishes=st.booleans(),
        solved=st.booleans(),
        place=st.sampled_from(
            (PLACE, replace(PLACE, assessed_on=None), replace(PLACE, worries=("音",)))
        ),
    )
    def somebody_asks_for_a_step(
        self, to: MatchState, wishes: bool, solved: bool, place: ParticipationPlace
    ) -> None:
        before = self.match
        try:
            after = moved(before, to, place=place, wishes=wishes, solved=solved)
        except CaseworkError as error:
            assert error.facts["allowed"]
            assert self.match is before
        else:
            assert wishes or to is S.ENDED
            self.match = after

    @invariant()
    def what_is_stable_was_tried(self) -> None:
        if self.match.state in {S.TRIAL, S.SETTLING, S.STABLE}:
            assert self.match.trials
        assert (self.match.stable_since is not None) == (self.match.state is S.STABLE)


TestMatchWalk = MatchWalk.TestCase
TestMatchWalk.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
