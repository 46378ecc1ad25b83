"""Each row of machine M, taken and refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.agencies import Role
from core.basis import Basis
from core.errors import CaseworkError
from core.ids import AgencyId, GapId
from core.meetings.attendance import (
    MandatoryAbsent,
    OwnSeatAbsent,
    ProviderAbsent,
    ReferrerAbsentUnexplained,
)
from core.meetings.bodies import SeatKind, with_temporary
from core.meetings.changes import (
    with_decision,
    with_gap,
    with_gap_forwarded,
    with_minutes,
    without_item,
)
from core.meetings.circles import NotInTheCircle
from core.meetings.decisions import Outcome
from core.meetings.grounds import typed
from core.meetings.guards import (
    GUARDS,
    DecisionsNotApplied,
    HostNotAccepted,
    NotBegunYet,
    NotConfirmedByChair,
    NothingOnTheAgenda,
    NoTimeOffered,
    NotTypedYet,
    OutsiderPresent,
    ReasonMissing,
    SeatNotInvited,
    UrgentItemLeftBehind,
)
from core.meetings.ids import ItemId, MeetingId, ParticipantId
from core.meetings.items import AgendaPurpose, Excuse, ItemState
from core.meetings.machine import ROWS, MeetingNotThere, MeetingRow, NotYourStep, advance, request
from core.meetings.minutes import DecisionMissing, MinutesIncomplete, RolesOrDateMissing
from core.meetings.pledges import NotBoundYet
from core.meetings.requests import FoundGap, GapNotForwarded
from core.meetings.sittings import (
    Block,
    BlocksNotApart,
    Meeting,
    MeetingMode,
    MeetingState,
)
from core.programmes import Programme
from tests.core.meetings.table import (
    AFTER,
    BODIES,
    CHAIR,
    CITY,
    CLERK,
    HOKAN,
    HOSPITAL,
    JUSO,
    NOW,
    PLEDGES,
    SCHOOL,
    SEATED,
    SHIEN,
    SITTING,
    SLOT,
    WAY,
    blocks,
    brought_to,
    by,
    command_for,
    decision,
    having,
    item,
    meeting,
    minutes,
    situation,
    step,
    temporary,
    written_up,
)

S = MeetingState
SEATS = frozenset(p.id for p in SEATED)
NOBODY_AGREES = situation(shares={})


def refused(kind: type[CaseworkError], planned: Meeting, to: MeetingState, **more: object) -> str:
    """The step is refused by this rule and says what is allowed instead."""
    now = more.pop("now", None) or situation()
    with pytest.raises(kind) as refusal:
        step(planned, to, now, **more)  # type: ignore[arg-type]
    return refusal.value.facts["allowed"]


@pytest.mark.rule("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8")
@pytest.mark.parametrize("shares", [True, False])
def test_a_meeting_goes_its_way_from_request_to_close(shares: bool) -> None:
    now = situation() if shares else NOBODY_AGREES
    closed = brought_to(S.CLOSED, now=now)
    assert closed.state is S.CLOSED
    ground = closed.items[0].ground
    assert ground is not None
    assert ground.basis is (Basis.JUSO if shares else Basis.SHIEN)


def test_the_table_has_every_row_and_only_guards_that_exist() -> None:
    assert {row.id for row in ROWS} == {f"M{n}" for n in range(1, 10)}
    assert {guard for row in ROWS for guard in row.guards} == set(GUARDS)


@pytest.mark.parametrize("row", ROWS[1:], ids=lambda row: f"{row.id}-{row.to}")
def test_each_step_belongs_to_its_roles(row: MeetingRow) -> None:
    for source in row.sources:
        if source is S.POSTPONED:
            planned = step(brought_to(S.TYPE_CHECKED), S.POSTPONED)
        else:
            planned = brought_to(source)
        for role in set(Role) - row.who:
            refused(NotYourStep, planned, row.to, role=role)


@pytest.mark.parametrize("state", [S.REQUESTED, *WAY])
def test_no_step_leads_where_the_table_has_none(state: MeetingState) -> None:
    planned = brought_to(state)
    for to in set(S) - {row.to for row in ROWS if state in row.sources}:
        with pytest.raises(MeetingNotThere) as refusal:
            advance(planned, to=to, command=by(Role.SECRETARIAT), situation=situation())
        assert refusal.value.facts["stage"] == state.value


@pytest.mark.rule("M1")
def test_a_request_has_something_on_its_agenda() -> None:
    empty = replace(meeting(), items=())
    with pytest.raises(NothingOnTheAgenda):
        request(empty, command=by(Role.OUTREACH_WORKER), situation=situation())
    with pytest.raises(NotYourStep):
        request(meeting(), command=by(Role.AUDITOR), situation=situation())


@pytest.mark.rule("M3")
def test_times_offered_lie_ahead() -> None:
    typed = brought_to(S.TYPE_CHECKED)
    refused(NoTimeOffered, typed, S.SLOT_OFFERED, offered=())
    refused(NoTimeOffered, typed, S.SLOT_OFFERED, at=SITTING)
    again = step(step(typed, S.SLOT_OFFERED), S.SLOT_OFFERED)
    assert again.offered == (SLOT,)


@pytest.mark.rule("M4")
def test_the_date_is_one_of_those_offered_and_every_item_has_its_block() -> None:
    offered = brought_to(S.SLOT_OFFERED)
    later = Block(body_id=JUSO.id, begins_at=AFTER, ends_at=AFTER + timedelta(hours=1))
    refused(NoTimeOffered, offered, S.SCHEDULED, blocks=(later,))
    refused(NoTimeOffered, offered, S.SCHEDULED, blocks=())
    refused(NotTypedYet, offered, S.SCHEDULED, blocks=blocks(SHIEN))


@pytest.mark.rule("M4")
def test_the_host_accepts_multi_agency_for_juso_the_municipality_for_shien() -> None:
    refused(HostNotAccepted, brought_to(S.SLOT_OFFERED), S.SCHEDULED, hosts=(CITY,))
    shien = brought_to(S.SLOT_OFFERED, now=NOBODY_AGREES)
    refused(HostNotAccepted, shien, S.SCHEDULED, now=NOBODY_AGREES, hosts=(HOKAN,))


@pytest.mark.rule("R-047", "M4")
def test_bodies_that_meet_on_one_day_are_kept_apart() -> None:
    now = situation()
    worry = item(AgendaPurpose.INFO_SHARE, id=ItemId("item-2"), wish=Basis.SHIEN)
    offered = brought_to(S.SLOT_OFFERED, item(), worry, now=now)
    one, other = blocks(JUSO, SHIEN)
    assert step(offered, S.SCHEDULED, now).blocks == (one, other)
    at_once = replace(other, begins_at=one.begins_at)
    for apart in ((one, at_once), (one, replace(other, purpose="")), (one, one, other)):
        refused(BlocksNotApart, offered, S.SCHEDULED, blocks=apart)
    refused(BlocksNotApart, offered, S.SCHEDULED, rules_settled=False)
    backwards = replace(one, ends_at=one.begins_at)
    refused(BlocksNotApart, brought_to(S.SLOT_OFFERED), S.SCHEDULED, blocks=(backwards,))


@pytest.mark.rule("R-049", "R-087", "M4")
@pytest.mark.parametrize("mode", list(MeetingMode))
def test_a_meeting_may_be_online(mode: MeetingMode) -> None:
    assert step(brought_to(S.SLOT_OFFERED), S.SCHEDULED, mode=mode).mode is mode


@pytest.mark.rule("M5")
def test_whoever_has_to_be_there_is_called_and_nobody_from_outside_the_circles() -> None:
    scheduled = brought_to(S.SCHEDULED)
    for who in SEATED[:4]:
        refused(SeatNotInvited, scheduled, S.CONVENED, invited=SEATS - {who.id})
    ways = refused(NotInTheCircle, scheduled, S.CONVENED, invited=SEATS | {HOSPITAL.id})
    assert "temporary_member" in ways
    unknown = SEATS | {ParticipantId("nobody")}
    refused(OutsiderPresent, scheduled, S.CONVENED, invited=unknown)


@pytest.mark.rule("M5", "R-046", "R-041")
def test_temporary_members_are_registered_and_noticed_before_people_are_called() -> None:
    scheduled = brought_to(S.SCHEDULED)
    for notice, kind in ((NOW, None), (None, NotBoundYet)):
        place = temporary("juso", SCHOOL, notice_given_at=notice)
        juso = with_temporary(JUSO, place, item_begins_at=SITTING)
        now = situation(bodies=(juso, *BODIES[1:]))
        called = SEATS | {SCHOOL.id}
        if kind is None:
            assert SCHOOL.id in step(scheduled, S.CONVENED, now, invited=called).invited
        else:
            refused(kind, scheduled, S.CONVENED, now=now, invited=called)


@pytest.mark.rule("M5", "R-041")
def test_a_support_meeting_is_not_convened_with_members_who_have_not_pledged() -> None:
    now = replace(NOBODY_AGREES, pledges=tuple(p for p in PLEDGES if p.participant_id != CITY.id))
    refused(NotBoundYet, brought_to(S.SCHEDULED, now=now), S.CONVENED, now=now)


@pytest.mark.rule("M5", "M6", "R-039")
def test_consent_withdrawn_stops_every_step_until_the_items_are_looked_at_again() -> None:
    for state in (S.TYPE_CHECKED, S.SLOT_OFFERED, S.SCHEDULED, S.CONVENED):
        planned, to = brought_to(state), WAY[WAY.index(state) + 1]
        ways = refused(NotTypedYet, planned, to, now=NOBODY_AGREES)
        assert ways == "check_type_again,drop_item"


@pytest.mark.rule("M6", "R-045")
def test_nobody_outside_the_circle_was_in_the_room() -> None:
    convened = brought_to(S.CONVENED)
    here = {ItemId("item-1"): SEATS | {HOSPITAL.id}}
    refused(OutsiderPresent, convened, S.HELD, present=here)
    refused(OutsiderPresent, convened, S.HELD, present={})
    refused(OutsiderPresent, convened, S.HELD, present={ItemId("item-1"): SEATS | {"x"}})
    refused(NotBegunYet, convened, S.HELD, at=NOW)
    held = step(convened, S.HELD)
    assert held.items[0].circle == SEATS == held.items[0].present


@pytest.mark.rule("R-031", "M6")
@pytest.mark.parametrize("absent", [CITY, HOKAN])
@pytest.mark.parametrize("purpose", list(AgendaPurpose))
def test_without_the_municipality_or_multi_agency_no_juso_item_was_held(
    purpose: AgendaPurpose, absent: object
) -> None:
    convened = brought_to(S.CONVENED, item(purpose))
    here = {ItemId("item-1"): SEATS - {absent.id}}  # type: ignore[attr-defined]
    ways = refused(MandatoryAbsent, convened, S.HELD, present=here)
    assert ways == "postpone,join_online"


@pytest.mark.rule("R-032", "M6")
def test_the_providers_of_outreach_and_participation_attend_too_where_they_exist() -> None:
    convened = brought_to(S.CONVENED)
    visits, places = SEATED[2], SEATED[3]
    for absent in (visits, places):
        here = {ItemId("item-1"): SEATS - {absent.id}}
        refused(ProviderAbsent, convened, S.HELD, present=here)
    town = situation(runs=frozenset({Programme.MULTI_AGENCY, Programme.OUTREACH}))
    here = {ItemId("item-1"): SEATS - {places.id}}
    assert step(convened, S.HELD, town, present=here).state is S.HELD


@pytest.mark.rule("R-033", "M6")
def test_the_referring_provider_attends_or_its_absence_has_a_reason() -> None:
    convened = brought_to(S.CONVENED, item(referrer_agency_id=AgencyId("agency-desk")))
    here = {ItemId("item-1"): SEATS - {SEATED[4].id}}
    ways = refused(ReferrerAbsentUnexplained, convened, S.HELD, present=here)
    assert "give_reason" in ways
    for reason, fine in ((" ", False), ("担当が急病", True)):
        excuse = {ItemId("item-1"): (Excuse(seat=SeatKind.CONSULTATION, reason=reason),)}
        if fine:
            assert step(convened, S.HELD, present=here, excuses=excuse).items[0].excuses
        else:
            refused(ReferrerAbsentUnexplained, convened, S.HELD, present=here, excuses=excuse)


@pytest.mark.rule("R-091", "M6")
@pytest.mark.parametrize("agrees", [True, False])
def test_a_towns_own_mandatory_seats_are_filled_in_both_bodies(agrees: bool) -> None:
    five = frozenset({SeatKind.CHAIR, SeatKind.SECRETARIAT, SeatKind.CLERK})
    five |= {SeatKind.OUTREACH, SeatKind.PARTICIPATION}
    bodies = (having(JUSO, mandatory=five), having(SHIEN, mandatory=five))
    now = situation(bodies=bodies) if agrees else situation(bodies=bodies, shares={})
    convened = brought_to(S.CONVENED, now=now)
    here = {ItemId("item-1"): SEATS - {CHAIR.id}}
    refused(OwnSeatAbsent, convened, S.HELD, now=now, present=here)
    assert step(convened, S.HELD, now).state is S.HELD


@pytest.mark.rule("M7", "R-050")
@pytest.mark.parametrize("purpose", list(AgendaPurpose))
def test_minutes_hold_what_each_timing_asks_for(purpose: AgendaPurpose) -> None:
    draft = written_up(brought_to(S.MINUTES_DRAFT, item(purpose)))
    assert step(draft, S.MINUTES_CONFIRMED).minutes[0].confirmed_by == CHAIR.id
    full = minutes(item(purpose))
    for heading, _ in full.content:
        thin = tuple((h, " " if h is heading else text) for h, text in full.content)
        lacking = with_minutes(draft, replace(full, content=thin))
        refused(MinutesIncomplete, lacking, S.MINUTES_CONFIRMED)
    if not full.content:
        empty = with_minutes(draft, replace(full, facts=()))
        refused(MinutesIncomplete, empty, S.MINUTES_CONFIRMED)


@pytest.mark.rule("M7", "R-047")
def test_each_item_has_minutes_of_its_own() -> None:
    worry = item(AgendaPurpose.INFO_SHARE, id=ItemId("item-2"), wish=Basis.SHIEN)
    draft = written_up(brought_to(S.MINUTES_DRAFT, item(), worry))
    without = replace(draft, minutes=draft.minutes[:1])
    refused(MinutesIncomplete, without, S.MINUTES_CONFIRMED)


@pytest.mark.rule("M7", "R-030")
def test_a_four_timing_item_ends_with_a_decision_and_a_plan_with_roles_and_a_date() -> None:
    draft = brought_to(S.MINUTES_DRAFT)
    silent = with_minutes(draft, minutes(draft.items[0]))
    refused(DecisionMissing, silent, S.MINUTES_CONFIRMED)
    for lacking in (decision(roles=()), decision(next_monitoring_on=None)):
        thin = with_decision(silent, ItemId("item-1"), lacking)
        refused(RolesOrDateMissing, thin, S.MINUTES_CONFIRMED)
    returned = decision(Outcome.RETURNED, roles=(), next_monitoring_on=None)
    sent_back = with_decision(silent, ItemId("item-1"), returned)
    assert step(sent_back, S.MINUTES_CONFIRMED).state is S.MINUTES_CONFIRMED


@pytest.mark.rule("M7")
def test_the_chair_confirms_and_not_whoever_wrote() -> None:
    draft = written_up(brought_to(S.MINUTES_DRAFT))
    for who in (None, CLERK.id):
        refused(NotConfirmedByChair, draft, S.MINUTES_CONFIRMED, confirmed_by=who)


@pytest.mark.rule("M8")
def test_a_meeting_closes_when_its_decisions_are_applied() -> None:
    refused(DecisionsNotApplied, brought_to(S.MINUTES_CONFIRMED), S.CLOSED)


@pytest.mark.rule("M8", "R-051")
def test_a_lack_of_resources_is_passed_on_before_the_meeting_closes() -> None:
    note = FoundGap(gap_id=GapId("gap-1"), item_id=ItemId("item-1"), found_at=AFTER)
    talk = item(AgendaPurpose.PROGRESS)
    draft = with_gap(written_up(brought_to(S.MINUTES_DRAFT, talk)), note)
    draft = replace(draft, items=(replace(draft.items[0], decision=None),))
    confirmed = step(draft, S.MINUTES_CONFIRMED)
    refused(GapNotForwarded, confirmed, S.CLOSED)
    with pytest.raises(GapNotForwarded):
        with_gap_forwarded(confirmed, GapId("gap-1"), at=AFTER, forum=" ")
    passed = with_gap_forwarded(confirmed, GapId("gap-1"), at=AFTER, forum="地域づくりの協議会")
    assert step(passed, S.CLOSED).state is S.CLOSED


@pytest.mark.rule("M9")
@pytest.mark.parametrize("state", [S.REQUESTED, *WAY[:4]])
def test_before_it_is_held_a_meeting_is_put_off_or_cancelled_with_a_reason(
    state: MeetingState,
) -> None:
    planned = brought_to(state)
    for to in (S.POSTPONED, S.CANCELLED):
        refused(ReasonMissing, planned, to, reason=" ")
    put_off = step(planned, S.POSTPONED)
    assert (put_off.offered, put_off.blocks, put_off.invited) == ((), (), frozenset())
    again = step(put_off, S.TYPE_CHECKED)
    assert step(again, S.SLOT_OFFERED).state is S.SLOT_OFFERED
    assert step(put_off, S.CANCELLED).state is S.CANCELLED


@pytest.mark.rule("M9")
def test_an_urgent_item_does_not_fall_away_with_its_meeting() -> None:
    planned = brought_to(S.SCHEDULED, item(AgendaPurpose.URGENT, is_urgent=True))
    ways = refused(UrgentItemLeftBehind, planned, S.CANCELLED, moved_to=None)
    assert ways == "postpone,name_other_meeting"
    refused(UrgentItemLeftBehind, planned, S.CANCELLED, moved_to=planned.id)
    moved = step(planned, S.CANCELLED, moved_to=MeetingId("meeting-2"))
    assert moved.moved_to == "meeting-2"


@pytest.mark.rule("M2", "M6")
def test_each_step_leaves_who_when_from_where_and_on_what_ground() -> None:
    planned = brought_to(S.REQUESTED)
    command = command_for(S.TYPE_CHECKED, planned, situation())
    done = advance(planned, to=S.TYPE_CHECKED, command=command, situation=situation())
    (event,) = done.events
    assert (event.action, event.was, event.now) == (
        "meeting.type_checked",
        "REQUESTED",
        "TYPE_CHECKED",
    )
    assert (event.role, event.at, event.evidence) == ("system", NOW, ("item-1=JUSO",))
    assert done.meeting.version == planned.version + 1
    assert all(i.state is ItemState.LIVE for i in done.meeting.items)


@pytest.mark.rule("M1", "M10")
@pytest.mark.parametrize("state", [S.REQUESTED, *WAY[:4]])
def test_no_step_is_taken_when_every_item_was_taken_off(state: MeetingState) -> None:
    empty = without_item(brought_to(state), ItemId("item-1"))
    onward = WAY[WAY.index(state) + 1] if state in WAY else WAY[0]
    refused(NothingOnTheAgenda, empty, onward)


@pytest.mark.rule("R-047", "M5", "M6")
@pytest.mark.parametrize("state", [S.SCHEDULED, S.CONVENED])
def test_an_item_of_a_body_that_does_not_sit_is_neither_called_nor_held(
    state: MeetingState,
) -> None:
    now = situation()
    planned = brought_to(state, item(AgendaPurpose.INFO_SHARE))
    worry = item(AgendaPurpose.INFO_SHARE, wish=Basis.SHIEN)
    of_no_block = planned.with_item(typed(worry, bodies=BODIES, shares=now.shares))
    ways = refused(NotTypedYet, of_no_block, WAY[WAY.index(state) + 1])
    assert ways == "add_block,drop_item"
