"""Papers, facts from taxation, minutes, and what each reader sees."""

from dataclasses import replace
from datetime import date

import pytest

from core.basis import Basis
from core.ids import AgencyId
from core.meetings.changes import (
    with_applied,
    with_handed_out,
    with_minutes,
    with_paper,
    with_request,
    with_returned,
)
from core.meetings.circles import NotInTheCircle
from core.meetings.ids import ItemId, RequestId
from core.meetings.items import AgendaPurpose
from core.meetings.materials import (
    CopiesStillOut,
    Copy,
    CopyState,
    Material,
    MaterialNumberTaken,
    TaxFactsNotShared,
)
from core.meetings.minutes import SharedInformation, TaxFactInMinutes
from core.meetings.packs import (
    NotYoursToRead,
    PackExtent,
    minutes_for,
    pack_for,
)
from core.meetings.requests import (
    InformationRequest,
    RequestedHelp,
    RequestNeedsShien,
)
from core.meetings.shares import TAX, AgencyShare, Shares
from core.meetings.sittings import (
    MeetingState,
)
from tests.core.meetings.table import (
    AFTER,
    AGREES,
    CITY,
    DESK,
    HOKAN,
    HOSPITAL,
    NOW,
    SCHOOL,
    SEATED,
    SHIEN,
    SUZUKI,
    TAX_DESK,
    A,
    brought_to,
    item,
    minutes,
    situation,
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


@pytest.mark.rule("R-042")
def test_the_support_meeting_asks_its_members_for_papers_and_information() -> None:
    shien = brought_to(S.TYPE_CHECKED, now=NOBODY_AGREES)
    assert with_request(shien, ASKED, situation=NOBODY_AGREES).requests == (ASKED,)
    stranger = replace(ASKED, to_agency=AgencyId("agency-hospital"))
    with pytest.raises(RequestNeedsShien):
        with_request(shien, stranger, situation=NOBODY_AGREES)
    with pytest.raises(RequestNeedsShien):
        with_request(brought_to(S.TYPE_CHECKED), ASKED, situation=situation())


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
def test_minutes_are_for_the_circle_of_that_item_alone() -> None:
    done = brought_to(S.MINUTES_CONFIRMED, now=NOBODY_AGREES)
    read = minutes_for(HOKAN, meeting=done, item_id=ONE, at=AFTER)
    assert read.confirmed_at == AFTER
    left = replace(HOKAN, serves_until=AFTER)
    for reader in (HOSPITAL, SCHOOL, left):
        with pytest.raises(NotYoursToRead):
            minutes_for(reader, meeting=done, item_id=ONE, at=AFTER)
    assert pack_for(SCHOOL, meeting=done, situation=NOBODY_AGREES, at=AFTER).items == ()
    assert pack_for(HOKAN, meeting=done, situation=NOBODY_AGREES, at=AFTER).items[0].minutes
