"""What changes without a step: M10, items, decisions, requests."""

from dataclasses import replace
from datetime import date

import pytest

from core.basis import Basis
from core.ids import AgencyId
from core.meetings.changes import (
    ItemNotHere,
    recheck_items,
    with_decision,
    with_paper,
    without_item,
)
from core.meetings.decisions import Outcome
from core.meetings.guards import UrgentItemLeftBehind
from core.meetings.ids import ItemId, RequestId
from core.meetings.items import AgendaPurpose, DropReason
from core.meetings.machine import MeetingNotThere
from core.meetings.materials import (
    Material,
)
from core.meetings.outcomes import (
    OutcomeNotOpen,
    OutcomeUnexplained,
    outcomes_open,
)
from core.meetings.requests import (
    InformationRequest,
    RequestedHelp,
    RequestSettled,
    RequestState,
    TaxFactInAnswer,
    answered,
    declined,
)
from core.meetings.sittings import (
    MeetingState,
)
from tests.core.meetings.table import (
    AFTER,
    JUSO,
    NOW,
    SHIEN,
    SUZUKI,
    A,
    blocks,
    brought_to,
    decision,
    item,
    situation,
    step,
)

S = MeetingState
ONE = ItemId("item-1")
NOBODY_AGREES = situation(shares={})
PAPER = Material(number=1, item_id=ONE, title="資料1", about=frozenset({A}))
ASKED = InformationRequest(
    id=RequestId("request-1"),
    item_id=ONE,
    to_agency=AgencyId("agency-desk"),
    kind=RequestedHelp.INFORMATION,
    question="最近の様子",
    asked_by=SUZUKI,
    asked_at=NOW,
    due_on=date(2026, 12, 10),
)


@pytest.mark.rule("M10", "R-039", "C5")
def test_before_a_date_is_set_an_item_without_consent_any_more_becomes_a_support_item() -> None:
    typed = with_paper(brought_to(S.TYPE_CHECKED), PAPER, situation=situation(), at=NOW)
    done = recheck_items(typed, situation=NOBODY_AGREES, at=NOW)
    (fresh,) = done.meeting.live
    assert fresh.ground is not None
    assert fresh.ground.basis is Basis.SHIEN
    assert done.meeting.materials[0].is_withdrawn, "papers for the other body do not go along"
    assert [(e.action, e.was, e.now) for e in done.events] == [
        ("agenda_item.retyped", "JUSO", "SHIEN")
    ]


@pytest.mark.rule("M10", "R-040")
def test_without_a_purpose_of_the_support_meeting_it_is_dropped() -> None:
    convened = brought_to(S.CONVENED, item(shien_purpose=None))
    done = recheck_items(convened, situation=NOBODY_AGREES, at=NOW)
    assert done.meeting.live == ()
    assert done.meeting.items[0].dropped_for is DropReason.CONSENT_WITHDRAWN
    assert done.events[0].action == "agenda_item.dropped"


@pytest.mark.rule("M10", "R-047")
def test_in_a_sitting_without_the_support_meeting_it_is_dropped_too() -> None:
    done = recheck_items(brought_to(S.CONVENED), situation=NOBODY_AGREES, at=NOW)
    assert done.meeting.items[0].dropped_for is DropReason.OTHER_MEETING


@pytest.mark.rule("M10", "R-047")
def test_where_the_support_meeting_sits_the_same_day_it_moves_there_and_can_be_held() -> None:
    worry = item(AgendaPurpose.INFO_SHARE, id=ItemId("item-2"), wish=Basis.SHIEN)
    convened = brought_to(S.CONVENED, item(), worry)
    assert convened.blocks == blocks(JUSO, SHIEN)
    moved = recheck_items(convened, situation=NOBODY_AGREES, at=NOW).meeting
    assert [i.ground.basis for i in moved.live if i.ground] == [Basis.SHIEN, Basis.SHIEN]
    assert step(moved, S.HELD, NOBODY_AGREES).state is S.HELD


@pytest.mark.rule("M10")
def test_what_was_held_stays_as_it_was_and_nothing_changes_where_all_stands() -> None:
    held = brought_to(S.HELD)
    assert recheck_items(held, situation=NOBODY_AGREES, at=AFTER).meeting is held
    convened = brought_to(S.CONVENED)
    assert recheck_items(convened, situation=situation(), at=NOW).meeting is convened


@pytest.mark.rule("M10")
def test_items_are_taken_off_before_it_is_held() -> None:
    other = item(AgendaPurpose.PROGRESS, id=ItemId("item-2"))
    asked = brought_to(S.REQUESTED)
    both = replace(asked, items=(*asked.items, other))
    fewer = without_item(both, ONE)
    assert [i.id for i in fewer.live] == ["item-2"]
    with pytest.raises(ItemNotHere):
        without_item(fewer, ONE)
    with pytest.raises(MeetingNotThere):
        without_item(brought_to(S.HELD), ONE)


@pytest.mark.rule("R-030", "R-039")
@pytest.mark.parametrize("purpose", list(AgendaPurpose))
@pytest.mark.parametrize("agrees", [True, False])
def test_only_decisions_that_this_meeting_can_take_are_recorded(
    purpose: AgendaPurpose, agrees: bool
) -> None:
    now = situation() if agrees else NOBODY_AGREES
    held = brought_to(S.HELD, item(purpose), now=now)
    open_ones = outcomes_open(purpose, basis=Basis.JUSO if agrees else Basis.SHIEN)
    assert open_ones
    for outcome in Outcome:
        if outcome in open_ones:
            assert with_decision(held, ONE, decision(outcome)).items[0].decision
        else:
            with pytest.raises(OutcomeNotOpen):
                with_decision(held, ONE, decision(outcome))


@pytest.mark.rule("R-030")
def test_the_support_meeting_approves_no_plan_and_plans_nothing_anew() -> None:
    shien = Basis.SHIEN
    for timing in (AgendaPurpose.PLAN, AgendaPurpose.REPLAN):
        assert Outcome.APPROVED not in outcomes_open(timing, basis=shien)
    assert Outcome.REPLAN_NEEDED not in outcomes_open(AgendaPurpose.CLOSE, basis=shien)
    for timing in (AgendaPurpose.PLAN, AgendaPurpose.CLOSE, AgendaPurpose.INTERRUPT):
        assert not outcomes_open(timing, basis=Basis.CASE)
        assert not outcomes_open(timing, basis=Basis.OTHER)


@pytest.mark.rule("M7", "R-010")
def test_returning_has_a_reason_and_a_change_of_lead_a_name() -> None:
    held = brought_to(S.HELD)
    with pytest.raises(OutcomeUnexplained):
        with_decision(held, ONE, decision(Outcome.RETURNED, reason=""))
    talk = brought_to(S.HELD, item(AgendaPurpose.PROGRESS))
    with pytest.raises(OutcomeUnexplained):
        with_decision(talk, ONE, decision(Outcome.LEAD_CHANGED, lead_agency_id=None))
    with pytest.raises(MeetingNotThere):
        with_decision(brought_to(S.CONVENED), ONE, decision())


@pytest.mark.rule("R-042", "R-043")
def test_a_request_is_answered_or_declined_with_a_reason_and_opens_no_tax_secret() -> None:
    told = answered(ASKED, at=NOW, tax_derived=False, tax_agreed=False)
    assert told.state is RequestState.ANSWERED
    with pytest.raises(TaxFactInAnswer):
        answered(ASKED, at=NOW, tax_derived=True, tax_agreed=False)
    assert answered(ASKED, at=NOW, tax_derived=True, tax_agreed=True).settled_at == NOW
    assert declined(ASKED, at=NOW, note="記録がない").state is RequestState.DECLINED
    with pytest.raises(RequestSettled):
        declined(ASKED, at=NOW, note=" ")
    with pytest.raises(RequestSettled):
        declined(told, at=NOW, note="記録がない")
    with pytest.raises(RequestSettled):
        answered(told, at=NOW, tax_derived=False, tax_agreed=False)


@pytest.mark.rule("M9")
def test_an_urgent_request_that_is_no_longer_needed_is_taken_off_then_cancelled() -> None:
    urgent = brought_to(S.SCHEDULED, item(AgendaPurpose.URGENT, is_urgent=True))
    with pytest.raises(UrgentItemLeftBehind):
        step(urgent, S.CANCELLED, moved_to=None)
    eased = without_item(urgent, ONE)
    assert step(eased, S.CANCELLED, moved_to=None).state is S.CANCELLED
