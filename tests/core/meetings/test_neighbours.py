"""What meetings take from the ledger and hand to plans; and worked cases of the domain paper."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.basis import Basis
from core.consent.covers import ShareInMeeting, covers
from core.consent.kinds import ConsentState
from core.consent.scopes import (
    TAX_DERIVED,
    AgencyScope,
    AttendScope,
    FamilyScope,
    LineScope,
    MeetingScope,
    ServiceScope,
)
from core.ids import AgencyId
from core.meetings.attendance import seats_needed
from core.meetings.bodies import BodyNotSetUp, MeetingBody, SeatKind, with_regular, with_temporary
from core.meetings.changes import with_paper
from core.meetings.circles import Entitlement, require_in_circle
from core.meetings.grounds import ground_of, typed
from core.meetings.ids import ItemId, MeetingId
from core.meetings.items import AgendaPurpose, Excuse
from core.meetings.ledger import shares_from
from core.meetings.materials import Material, TaxFactsNotShared
from core.meetings.results import NothingDecidedYet, result_of
from core.meetings.shares import TAX, AgencyShare, FamilyShare, MeetingShare, Shares
from core.meetings.sittings import MeetingState
from core.programmes import Programme
from tests.core.casework.ledgers import TODAY, given
from tests.core.meetings.table import (
    AGREES,
    AUNT,
    BODIES,
    DESK,
    EVERYBODY,
    FATHER,
    HOSPITAL,
    JUSO,
    NOW,
    RELATIVE,
    SEATED,
    SHIEN,
    SITTING,
    TAX_DESK,
    A,
    body,
    brought_to,
    having,
    item,
    place,
    roster_of,
    situation,
    step,
    temporary,
    written_up,
)

S = MeetingState
ONE = ItemId("item-1")
PEOPLE = {p.id: p for p in EVERYBODY}


@pytest.mark.rule("R-039", "R-046")
def test_the_ledgers_lines_in_force_are_what_a_person_allows() -> None:
    lines = [
        given(MeetingScope(body="juso", membership_version=7), subject=A),
        given(ServiceScope(programme=Programme.OUTREACH), subject=A),
        given(
            AgencyScope(agencies=frozenset({AgencyId("x")}), topics=frozenset({"EDU"})), subject=A
        ),
        given(FamilyScope(relative=AUNT, topics=frozenset({"HEALTH"})), subject=A),
        given(AttendScope(meeting="meeting-1"), subject=A),
        given(LineScope(), subject=FATHER),
    ]
    shares = shares_from(lines, today=TODAY)
    assert shares[A] == Shares(
        meetings=frozenset({MeetingShare(body_id=JUSO.id, roster=7)}),
        agencies=frozenset({AgencyShare(agency_id=AgencyId("x"), topics=frozenset({"EDU"}))}),
        programmes=frozenset({Programme.OUTREACH}),
        relatives=frozenset({FamilyShare(relative=AUNT, topics=frozenset({"HEALTH"}))}),
        attends=frozenset({MeetingId("meeting-1")}),
    )
    assert shares[FATHER] == Shares(), "writing over LINE is no consent to a meeting"
    gone = [replace(line, state=ConsentState.WITHDRAWN) for line in lines]
    assert shares_from(gone, today=TODAY) == {}
    assert TAX == TAX_DERIVED


@pytest.mark.rule("R-039", "C6")
def test_ledger_and_meeting_agree_on_which_versions_of_the_list_are_reached() -> None:
    wider = with_regular(JUSO, place("juso", HOSPITAL, since=NOW))
    for whose in (JUSO, wider):
        for version in range(1, roster_of(wider) + 1):
            lines = [
                given(MeetingScope(body=whose.id, membership_version=version), subject=A),
                given(ServiceScope(programme=Programme.OUTREACH), subject=A),
            ]
            need = ShareInMeeting(
                body=whose.id,
                membership_version=roster_of(whose),
                not_wider_than=whose.reaching,
            )
            by_ledger = covers(lines, need, subject=A, today=TODAY)
            shares = shares_from(lines, today=TODAY)
            ground = ground_of(item(), bodies=(whose, SHIEN), shares=shares)
            assert (ground.basis is Basis.JUSO) is by_ledger


@pytest.mark.rule("M8", "R-033")
def test_a_plan_takes_the_decision_of_confirmed_minutes_with_the_seats_that_were_filled() -> None:
    asked = item(referrer_agency_id=AgencyId("agency-desk"))
    convened = brought_to(S.CONVENED, asked)
    excuse = {ONE: (Excuse(seat=SeatKind.CONSULTATION, reason="急病"),)}
    absent = {ONE: frozenset(p.id for p in SEATED if p is not DESK)}
    cases: tuple[dict[str, Any], ...] = ({}, {"present": absent, "excuses": excuse})
    for more in cases:
        held = step(convened, S.HELD, **more)
        draft = written_up(step(held, S.MINUTES_DRAFT))
        done = step(draft, S.MINUTES_CONFIRMED)
        result = result_of(done, ONE, held_on=date(2026, 12, 7), participants=PEOPLE)
        assert (result.purpose, result.basis, result.decision) == ("PLAN", "JUSO", "APPROVED")
        assert {"MUNICIPALITY", "MULTI_AGENCY", "OUTREACH", "PARTICIPATION"} <= result.attended
        assert ("CONSULTATION" in result.attended) is (not more)
        assert result.source_absence_reason == ("急病" if more else "")
        assert result.source_referred
        assert result.notes_kept
        with pytest.raises(NothingDecidedYet):
            result_of(draft, ONE, held_on=date(2026, 12, 7), participants=PEOPLE)


def tsunagari(basis: Basis) -> MeetingBody:
    """Kitakyushu's bodies: five seats that are always filled, in both."""
    five = {SeatKind.CHAIR, SeatKind.SECRETARIAT, SeatKind.CLERK}
    five |= {SeatKind.OUTREACH, SeatKind.PARTICIPATION}
    of = JUSO if basis is Basis.JUSO else SHIEN
    return having(of, name="つながりづくり会議", mandatory=frozenset(five))


@pytest.mark.rule("R-091", "R-039", "R-041")
def test_ma_1_no_consent_goes_to_the_towns_own_support_meeting_and_after_consent_to_juso() -> None:
    """MA-1: 戸畑区, five seats, relatives as temporary members with notice."""
    bodies = (tsunagari(Basis.JUSO), tsunagari(Basis.SHIEN))
    before = typed(item(), bodies=bodies, shares={})
    assert before.ground is not None
    assert before.ground.basis is Basis.SHIEN
    seats = {need.seat.value for need in seats_needed(before, body=bodies[1])}
    assert seats == {"CHAIR", "SECRETARIAT", "CLERK", "OUTREACH", "PARTICIPATION"}
    with_aunt = with_temporary(bodies[1], temporary("shien", RELATIVE), item_begins_at=SITTING)
    now = situation(bodies=(bodies[0], with_aunt), shares={})
    planned = brought_to(S.SCHEDULED, before, now=now)
    room = now.room(planned.items[0], meeting=planned, at=SITTING)
    assert require_in_circle(RELATIVE, item=before, room=room) is Entitlement.TEMPORARY
    after = typed(before, bodies=bodies, shares={A: AGREES})
    assert after.ground is not None
    assert after.ground.basis is Basis.JUSO


@pytest.mark.rule("R-039", "R-043")
def test_ac_b45_what_only_others_know_of_the_husband_is_an_item_of_its_own() -> None:
    """AC-B45, steps 6 and 7: the husband has agreed to nothing; arrears come from taxation."""
    shares = {A: AGREES}
    with_husband = item(subjects=frozenset({A, FATHER}))
    assert ground_of(with_husband, bodies=BODIES, shares=shares).basis is Basis.SHIEN
    assert ground_of(item(), bodies=BODIES, shares=shares).basis is Basis.JUSO
    arrears = Material(number=1, item_id=ONE, title="資料1", about=frozenset({A}), tax_derived=True)
    with pytest.raises(TaxFactsNotShared):
        with_paper(brought_to(S.TYPE_CHECKED), arrears, situation=situation(), at=NOW)
    written = {
        AgencyShare(agency_id=p.agency_id, topics=frozenset({TAX}))
        for p in (*SEATED, TAX_DESK)
        if p.agency_id is not None
    }
    signed = situation(shares={A: replace(AGREES, agencies=frozenset(written))})
    assert with_paper(brought_to(S.TYPE_CHECKED), arrears, situation=signed, at=NOW).materials


@pytest.mark.rule("R-039", "R-054")
def test_model_era_talks_are_no_support_meetings_until_the_town_sets_one_up() -> None:
    """DOMAIN §5: bodies of 2018-19 are CASE or OTHER; a no-consent item finds no place there."""
    talk = body(Basis.CASE, *SEATED, named="エリア会議", statutory_basis="")
    with pytest.raises(BodyNotSetUp):
        ground_of(item(AgendaPurpose.PROGRESS), bodies=(talk,), shares={})
