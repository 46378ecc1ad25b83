"""What changes without a step: M10, papers, decisions, requests, packs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.agencies import Role
from core.basis import Basis
from core.fields import Field
from core.ids import AgencyId, CaseId
from core.meetings.attendance import PersonNotUrged, require_person_may_come, suggestions
from core.meetings.bodies import SeatKind, convened_by
from core.meetings.changes import (
    ItemNotHere,
    recheck_items,
    with_applied,
    with_decision,
    with_handed_out,
    with_minutes,
    with_new_item,
    with_paper,
    with_request,
    with_returned,
    without_item,
)
from core.meetings.circles import NotInTheCircle
from core.meetings.decisions import Outcome
from core.meetings.guards import UrgentItemLeftBehind
from core.meetings.ids import ItemId, MeetingId, RequestId
from core.meetings.items import AgendaItem, AgendaPurpose, DropReason, ShienPurpose
from core.meetings.machine import MeetingNotThere
from core.meetings.materials import (
    CopiesStillOut,
    Copy,
    CopyState,
    Material,
    MaterialNumberTaken,
    TaxFactsNotShared,
)
from core.meetings.minutes import SharedInformation, TaxFactInMinutes
from core.meetings.outcomes import (
    MeetingDecisionMissing,
    OutcomeNotOpen,
    OutcomeUnexplained,
    outcomes_open,
    require_meeting_decision,
)
from core.meetings.packs import (
    NeverPublic,
    NotYoursToRead,
    PackExtent,
    minutes_for,
    pack_for,
    require_publishable,
)
from core.meetings.pledges import Penalty, PledgeText, PledgeTextIncomplete, words_of
from core.meetings.requests import (
    InformationRequest,
    RequestedHelp,
    RequestNeedsShien,
    RequestSettled,
    RequestState,
    TaxFactInAnswer,
    answered,
    declined,
)
from core.meetings.shares import TAX, AgencyShare, Shares
from core.meetings.sittings import (
    MeetingState,
    NotByTheMunicipality,
    Slot,
    SlotKind,
    require_bulk_notice,
    slots_to_offer,
)
from core.programmes import Programme
from tests.core.meetings.table import (
    AFTER,
    AGREES,
    CASE,
    CITY,
    DESK,
    HOKAN,
    HOSPITAL,
    JUSO,
    NOW,
    SCHOOL,
    SEATED,
    SHIEN,
    SITTING,
    SLOT,
    SUZUKI,
    TAX_DESK,
    A,
    blocks,
    brought_to,
    decision,
    having,
    item,
    minutes,
    situation,
    someone,
    step,
    written_up,
)

S = MeetingState
ONE = ItemId("item-1")
NOBODY_AGREES = situation(shares={})
PAPER = Material(number=1, item_id=ONE, title="資料1", about=frozenset({A}))
TAX_PAPER = replace(PAPER, number=2, tax_derived=True)
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


def tells_tax_to(*agencies: str) -> Shares:
    named = {AgencyShare(agency_id=AgencyId(a), topics=frozenset({TAX})) for a in agencies}
    return replace(AGREES, agencies=frozenset(named))


ALL_AGENCIES = tuple(f"agency-{p.id}" for p in (*SEATED, TAX_DESK))


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
def test_items_are_added_to_a_request_and_taken_off_before_it_is_held() -> None:
    other = item(AgendaPurpose.PROGRESS, id=ItemId("item-2"))
    both = with_new_item(brought_to(S.REQUESTED), other)
    assert len(both.live) == 2
    with pytest.raises(ItemNotHere):
        with_new_item(both, other)
    with pytest.raises(MeetingNotThere):
        with_new_item(brought_to(S.TYPE_CHECKED), other)
    fewer = without_item(both, ONE)
    assert [i.id for i in fewer.live] == ["item-2"]
    with pytest.raises(ItemNotHere):
        without_item(fewer, ONE)
    with pytest.raises(MeetingNotThere):
        without_item(brought_to(S.HELD), ONE)


@pytest.mark.rule("R-043")
@pytest.mark.parametrize("agrees", [True, False])
def test_facts_from_taxation_are_attached_to_no_item_without_consent(agrees: bool) -> None:
    now = situation() if agrees else NOBODY_AGREES
    typed = brought_to(S.TYPE_CHECKED, now=now)
    with pytest.raises(TaxFactsNotShared) as refused:
        with_paper(typed, TAX_PAPER, situation=now, at=NOW)
    assert refused.value.facts["allowed"] == "leave_out_tax_facts,share_with_tax_topic"
    of_nobody = replace(TAX_PAPER, about=frozenset())
    with pytest.raises(TaxFactsNotShared):
        with_paper(typed, of_nobody, situation=now, at=NOW)
    assert with_paper(typed, PAPER, situation=now, at=NOW).materials


@pytest.mark.rule("R-043")
def test_consent_names_taxation_and_every_agency_that_would_hear_of_it() -> None:
    worry = item(AgendaPurpose.INFO_SHARE, wish=Basis.SHIEN)
    some = situation(shares={A: tells_tax_to("agency-tax", "agency-desk")})
    typed = brought_to(S.TYPE_CHECKED, worry, now=some)
    with pytest.raises(TaxFactsNotShared):
        with_paper(typed, TAX_PAPER, situation=some, at=NOW)
    every = situation(shares={A: tells_tax_to(*ALL_AGENCIES)})
    assert with_paper(typed, TAX_PAPER, situation=every, at=NOW).materials == (TAX_PAPER,)


@pytest.mark.rule("R-043")
def test_tax_staff_may_join_the_support_meeting() -> None:
    scheduled = brought_to(S.SCHEDULED, now=NOBODY_AGREES)
    called = frozenset(p.id for p in (*SEATED, TAX_DESK))
    assert step(scheduled, S.CONVENED, NOBODY_AGREES, invited=called).state is S.CONVENED


@pytest.mark.rule("R-043", "M5")
def test_consent_to_tell_tax_withdrawn_the_paper_stops_the_calling_of_people() -> None:
    every = situation(shares={A: tells_tax_to(*ALL_AGENCIES)})
    worry = item(AgendaPurpose.INFO_SHARE, wish=Basis.SHIEN)
    typed = with_paper(
        brought_to(S.TYPE_CHECKED, worry, now=every), TAX_PAPER, situation=every, at=NOW
    )
    scheduled = step(step(typed, S.SLOT_OFFERED, every), S.SCHEDULED, every)
    with pytest.raises(TaxFactsNotShared):
        step(scheduled, S.CONVENED, situation())


@pytest.mark.rule("R-043", "M7")
def test_minutes_hold_no_fact_from_taxation_that_nobody_may_tell() -> None:
    draft = written_up(brought_to(S.MINUTES_DRAFT))
    line = SharedInformation(
        what="滞納", about=frozenset({A}), told_by=TAX_DESK.id, tax_derived=True
    )
    told = with_minutes(draft, minutes(draft.items[0], shared=(line,)))
    with pytest.raises(TaxFactInMinutes):
        step(told, S.MINUTES_CONFIRMED)


@pytest.mark.rule("M5", "M8")
def test_papers_and_copies_are_numbered_and_come_back() -> None:
    now = situation()
    typed = with_paper(brought_to(S.TYPE_CHECKED), PAPER, situation=now, at=NOW)
    for number in (1, 0):
        with pytest.raises(MaterialNumberTaken):
            with_paper(typed, replace(PAPER, number=number), situation=now, at=NOW)
    convened = step(step(step(typed, S.SLOT_OFFERED), S.SCHEDULED), S.CONVENED)
    copy = Copy(number=1, material=1, holder=CITY.id, handed_at=NOW)
    out = with_handed_out(convened, copy, situation=now)
    with pytest.raises(MaterialNumberTaken):
        with_handed_out(out, copy, situation=now)
    with pytest.raises(NotInTheCircle):
        with_handed_out(out, replace(copy, number=2, holder=HOSPITAL.id), situation=now)
    confirmed = step(written_up(step(step(out, S.HELD), S.MINUTES_DRAFT)), S.MINUTES_CONFIRMED)
    applied = with_applied(confirmed, ONE, at=AFTER)
    with pytest.raises(CopiesStillOut):
        step(applied, S.CLOSED)
    for state in (CopyState.RETURNED, CopyState.DESTROYED):
        back = with_returned(applied, 1, state=state, at=AFTER)
        assert step(back, S.CLOSED).state is S.CLOSED


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
def test_the_support_meeting_approves_no_plan_and_closes_nothing() -> None:
    shien = Basis.SHIEN
    assert Outcome.APPROVED not in outcomes_open(AgendaPurpose.PLAN, basis=shien)
    assert Outcome.CLOSE_OK not in outcomes_open(AgendaPurpose.CLOSE, basis=shien)
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


@pytest.mark.rule("R-030")
@pytest.mark.parametrize(
    "purpose",
    [AgendaPurpose.PLAN, AgendaPurpose.REPLAN, AgendaPurpose.CLOSE, AgendaPurpose.INTERRUPT],
)
def test_a_change_of_plan_or_case_rests_on_a_meetings_decision_for_that_programme(
    purpose: AgendaPurpose,
) -> None:
    done = brought_to(S.MINUTES_CONFIRMED, item(purpose))

    def rests(items: tuple[AgendaItem, ...], programme: Programme = Programme.OUTREACH) -> object:
        return require_meeting_decision(
            items, case_id=CASE, purpose=purpose, programme=programme
        ).id

    assert rests(done.items) == ONE
    undecided = tuple(replace(i, decision=None) for i in done.items)
    of_other_case = tuple(replace(i, case_id=CaseId("another")) for i in done.items)
    put_back = tuple(replace(i, decision=decision(Outcome.NOT_YET)) for i in done.items)
    unheld = tuple(replace(i, present=frozenset()) for i in done.items)
    for items in ((), undecided, of_other_case, put_back, unheld):
        with pytest.raises(MeetingDecisionMissing) as refused:
            rests(items)
        assert refused.value.facts["allowed"] == "request_item"
    with pytest.raises(MeetingDecisionMissing):
        rests(done.items, Programme.PARTICIPATION)


@pytest.mark.rule("R-042")
def test_the_support_meeting_asks_its_members_for_papers_and_information() -> None:
    shien = brought_to(S.TYPE_CHECKED, now=NOBODY_AGREES)
    assert with_request(shien, ASKED, situation=NOBODY_AGREES).requests == (ASKED,)
    stranger = replace(ASKED, to_agency=AgencyId("agency-hospital"))
    with pytest.raises(RequestNeedsShien):
        with_request(shien, stranger, situation=NOBODY_AGREES)
    with pytest.raises(RequestNeedsShien):
        with_request(brought_to(S.TYPE_CHECKED), ASKED, situation=situation())


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


@pytest.mark.rule("R-082")
def test_the_pack_holds_only_what_its_reader_may_see_and_no_trace_of_the_rest() -> None:
    worry = item(AgendaPurpose.INFO_SHARE, id=ItemId("item-2"), wish=Basis.SHIEN)
    now = situation()
    convened = brought_to(S.CONVENED, item(), worry)

    def items(reader: object, **more: bool) -> list[tuple[str, PackExtent]]:
        pack = pack_for(reader, meeting=convened, situation=now, at=NOW, **more)  # type: ignore[arg-type]
        return [(i.item_id, i.extent) for i in pack.items]

    whole = PackExtent.WHOLE
    assert items(CITY) == [("item-1", whole), ("item-2", whole)]
    assert items(TAX_DESK) == [("item-2", whole)]
    blocks_seen = pack_for(TAX_DESK, meeting=convened, situation=now, at=NOW).blocks
    assert [b.body_id for b in blocks_seen] == [SHIEN.id]
    assert items(HOSPITAL) == []
    assert items(TAX_DESK, runs_the_agenda=True) == [
        ("item-1", PackExtent.AGENDA),
        ("item-2", whole),
    ]


@pytest.mark.rule("R-082", "R-043")
def test_papers_in_a_pack_are_cut_by_reader_and_agenda_lines_carry_none() -> None:
    every = situation(shares={A: tells_tax_to(*ALL_AGENCIES)})
    typed = brought_to(S.TYPE_CHECKED, now=every)
    for paper in (PAPER, TAX_PAPER):
        typed = with_paper(typed, paper, situation=every, at=NOW)

    def papers(now: object, reader: object = DESK, **more: bool) -> list[int]:
        pack = pack_for(reader, meeting=typed, situation=now, at=NOW, **more)  # type: ignore[arg-type]
        return [m.number for i in pack.items for m in i.materials]

    assert papers(every) == [1, 2]
    assert papers(situation()) == [1]
    assert papers(NOBODY_AGREES) == [], "sharing stops at once"
    assert papers(every, HOSPITAL, runs_the_agenda=True) == []


@pytest.mark.rule("R-082")
def test_minutes_are_for_the_circle_of_that_item_and_never_public() -> None:
    done = brought_to(S.MINUTES_CONFIRMED, now=NOBODY_AGREES)
    read = minutes_for(HOKAN, meeting=done, item_id=ONE, at=AFTER)
    assert read.confirmed_at == AFTER
    left = replace(HOKAN, serves_until=AFTER)
    for reader in (HOSPITAL, SCHOOL, left):
        with pytest.raises(NotYoursToRead):
            minutes_for(reader, meeting=done, item_id=ONE, at=AFTER)
    assert pack_for(SCHOOL, meeting=done, situation=NOBODY_AGREES, at=AFTER).items == ()
    assert pack_for(HOKAN, meeting=done, situation=NOBODY_AGREES, at=AFTER).items[0].minutes
    for kept in (done.items[0], brought_to(S.TYPE_CHECKED).items[0], item()):
        with pytest.raises(NeverPublic):
            require_publishable(kept)
    gap = item(AgendaPurpose.RESOURCE_GAP, case_id=None, person_id=None, subjects=frozenset())
    require_publishable(brought_to(S.TYPE_CHECKED, gap).items[0])


@pytest.mark.rule("R-081")
def test_the_pledge_says_all_is_secret_and_what_a_leak_costs_in_the_towns_own_words() -> None:
    penalty = Penalty(
        imprisonment="1年以下の拘禁刑", fine="100万円以下の罰金", statute="社会福祉法"
    )
    text = PledgeText(
        version="1",
        template="{everything}を漏らしません。{statute}により{imprisonment}又は{fine}です。",
        everything="会議で知った全てのこと(会議の運び方を含む)",
        penalty=penalty,
    )
    assert words_of(text) == (
        "会議で知った全てのこと(会議の運び方を含む)を漏らしません。"
        "社会福祉法により1年以下の拘禁刑又は100万円以下の罰金です。"
    )
    for broken in (
        replace(text, template="{everything}を漏らしません。"),
        replace(text, penalty=replace(penalty, fine=" ")),
        replace(text, everything=""),
    ):
        with pytest.raises(PledgeTextIncomplete):
            words_of(broken)


@pytest.mark.rule("R-034", "R-037")
def test_content_prompts_whom_to_invite_without_blocking() -> None:
    touched = item(fields=frozenset({Field.PUBLIC_ASSIST, Field.LABOR}), is_pupil=True)
    found = suggestions(touched, body=JUSO, invited=SEATED)
    assert [(s.seat, s.rule) for s in found] == [
        (SeatKind.PUBLIC_ASSISTANCE, "R-034"),
        (SeatKind.EMPLOYMENT, "R-034"),
        (SeatKind.SCHOOL, "R-034"),
        (SeatKind.REVIEWER, "R-037"),
    ]
    asked = (*SEATED, SCHOOL, someone("professor", SeatKind.REVIEWER))
    seats = [s.seat for s in suggestions(touched, body=JUSO, invited=asked)]
    assert seats == [SeatKind.PUBLIC_ASSISTANCE, SeatKind.EMPLOYMENT]
    convened = brought_to(S.CONVENED, touched)
    assert step(convened, S.HELD).state is S.HELD


@pytest.mark.rule("R-035")
def test_too_many_people_of_the_community_are_warned_of_only() -> None:
    crowd = tuple(someone(f"neighbour{n}", SeatKind.COMMUNITY) for n in range(3))
    for most, warned in ((2, True), (3, False), (None, False)):
        found = suggestions(item(), body=having(JUSO, most_community=most), invited=crowd)
        assert ("R-035" in {s.rule for s in found}) is warned


@pytest.mark.rule("R-036")
def test_the_person_is_invited_only_with_a_judgement_and_their_own_wish() -> None:
    wishes = replace(AGREES, attends=frozenset({MeetingId("meeting-1")}))
    require_person_may_come(wishes, meeting_id=MeetingId("meeting-1"), judgement="本人が望む")
    for shares, judgement in ((AGREES, "本人が望む"), (wishes, " ")):
        with pytest.raises(PersonNotUrged) as refused:
            require_person_may_come(shares, meeting_id=MeetingId("meeting-1"), judgement=judgement)
        assert "meet_without_person" in refused.value.facts["allowed"]


@pytest.mark.rule("R-049")
def test_a_private_contractor_gets_the_municipalitys_help_to_convene() -> None:
    multi, city = SeatKind.MULTI_AGENCY, SeatKind.MUNICIPALITY
    assert convened_by(JUSO) == (multi,)
    assert convened_by(having(JUSO, host_is_contractor=True)) == (multi, city)
    assert convened_by(SHIEN) == (city,)


@pytest.mark.rule("R-049", "M3")
def test_regular_and_ad_hoc_times_are_offered_when_those_needed_are_free() -> None:
    hour = timedelta(hours=1)
    soon = Slot(begins_at=NOW + hour, ends_at=NOW + 2 * hour, kind=SlotKind.AD_HOC)
    past = replace(soon, begins_at=NOW - hour, ends_at=NOW)
    slots = (past, soon, SLOT)

    def offered(busy: tuple[Slot, ...] = (), *, is_urgent: bool = False) -> tuple[Slot, ...]:
        return slots_to_offer(
            slots,
            after=NOW,
            needed={SeatKind.CHAIR},
            busy={SeatKind.CHAIR: busy},
            is_urgent=is_urgent,
        )

    assert offered() == (SLOT, soon)
    assert offered(is_urgent=True) == (soon, SLOT)
    assert offered((replace(SLOT, begins_at=SITTING + hour),)) == (soon,)


@pytest.mark.rule("R-087")
def test_bulk_notices_are_the_municipalitys_in_a_disaster() -> None:
    require_bulk_notice(Role.MUNICIPAL_OFFICER, in_disaster=True)
    for role, disaster in ((Role.COORDINATOR, True), (Role.MUNICIPAL_OFFICER, False)):
        with pytest.raises(NotByTheMunicipality):
            require_bulk_notice(role, in_disaster=disaster)


@pytest.mark.rule("M9")
def test_an_urgent_request_that_is_no_longer_needed_is_taken_off_then_cancelled() -> None:
    urgent = brought_to(S.SCHEDULED, item(AgendaPurpose.URGENT, is_urgent=True))
    with pytest.raises(UrgentItemLeftBehind):
        step(urgent, S.CANCELLED, moved_to=None)
    eased = without_item(urgent, ONE)
    assert step(eased, S.CANCELLED, moved_to=None).state is S.CANCELLED


@pytest.mark.rule("R-040")
def test_the_four_purposes_are_about_people_whom_support_does_not_reach() -> None:
    assert [p.value for p in ShienPurpose] == [
        "WORRYING_CASE",
        "WATCH_AND_POLICY",
        "URGENT_CASE",
        "SUPPORT_SYSTEM",
    ]
