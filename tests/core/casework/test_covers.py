"""What the ledger covers, and what a withdrawal stops."""

from dataclasses import replace
from typing import Any

import pytest

from core.audit import PERSON
from core.basis import Basis
from core.consent.covers import (
    AttendMeeting,
    CollectAbout,
    ConsentSummary,
    PlanFor,
    PushLine,
    ShareInMeeting,
    ShareWithAgency,
    TellFamily,
    covering,
    covers,
    may_plan,
    summary_of,
)
from core.consent.ending import withdraw
from core.consent.kinds import ConsentState
from core.consent.ledger import ConsentLine
from core.consent.scopes import (
    TAX_DERIVED,
    AgencyScope,
    AttendScope,
    CollectScope,
    FamilyScope,
    LineScope,
    MeetingScope,
    ServiceScope,
)
from core.consent.stops import (
    Pending,
    PendingItem,
    PendingLetter,
    PendingShare,
    what_must_stop,
)
from core.ids import AgencyId, LetterId, PersonId
from core.letters import LetterKind
from core.programmes import Programme
from tests.core.casework.ledgers import TODAY, explaining, given
from tests.people import MONDAY, A

HOSPITAL = AgencyId("hospital")
FATHER = PersonId("father")
OUTREACH = ServiceScope(programme=Programme.OUTREACH)
BODY = MeetingScope(body="重層的支援会議", membership_version=3)
SHARED = ShareInMeeting(body=BODY.body, membership_version=3)
OF_A: dict[str, Any] = {"subject": A.id, "today": TODAY}


@pytest.mark.rule("C8", "R-039")
def test_permission_to_write_is_no_consent_to_anything_else() -> None:
    ledger = (given(LineScope()),)
    assert covers(ledger, PushLine(), **OF_A)
    assert not may_plan(ledger, programme=Programme.OUTREACH, **OF_A)
    assert not covers(ledger, SHARED, **OF_A)
    assert not covers(ledger, ShareWithAgency(agency=HOSPITAL, topic="HEALTH"), **OF_A)
    assert not covers(ledger, TellFamily(relative="father", topic="HEALTH"), **OF_A)


def test_letters_go_only_in_the_kinds_agreed() -> None:
    ledger = (given(LineScope(kinds=frozenset({LetterKind.LEAFLET}))),)
    assert covers(ledger, PushLine(kind=LetterKind.LEAFLET), **OF_A)
    assert not covers(ledger, PushLine(kind=LetterKind.CHECK_IN), **OF_A)


@pytest.mark.rule("R-021", "R-060")
def test_one_programme_is_not_another() -> None:
    ledger = (given(OUTREACH),)
    assert may_plan(ledger, programme=Programme.OUTREACH, **OF_A)
    assert not may_plan(ledger, programme=Programme.PARTICIPATION, **OF_A)


@pytest.mark.rule("R-044")
def test_a_meeting_is_covered_with_the_members_that_were_shown() -> None:
    ledger = (given(BODY),)
    assert covers(ledger, SHARED, **OF_A)
    longer = replace(SHARED, membership_version=4)
    assert not covers(ledger, longer, **OF_A)
    assert covers(ledger, replace(longer, not_wider_than=frozenset({3})), **OF_A)
    assert not covers(ledger, replace(SHARED, body="つながりづくり会議"), **OF_A)


@pytest.mark.rule("R-043", "R-046")
def test_tax_facts_have_to_be_named_by_themselves() -> None:
    agencies = frozenset({HOSPITAL})
    ledger = (given(AgencyScope(agencies=agencies, topics=frozenset({"POVERTY"}))),)
    assert covers(ledger, ShareWithAgency(agency=HOSPITAL, topic="POVERTY"), **OF_A)
    assert not covers(ledger, ShareWithAgency(agency=HOSPITAL, topic=TAX_DERIVED), **OF_A)
    assert not covers(ledger, ShareWithAgency(agency=AgencyId("school"), topic="POVERTY"), **OF_A)


@pytest.mark.rule("G-23")
def test_a_relative_hears_only_what_was_named_for_them() -> None:
    ledger = (given(FamilyScope(relative="mother", topics=frozenset({"HEALTH"}))),)
    assert covers(ledger, TellFamily(relative="mother", topic="HEALTH"), **OF_A)
    assert not covers(ledger, TellFamily(relative="father", topic="HEALTH"), **OF_A)
    assert not covers(ledger, TellFamily(relative="mother", topic="HOUSING"), **OF_A)


@pytest.mark.rule("R-006", "R-036")
def test_asking_sources_and_attending_are_covered_by_their_own_kinds() -> None:
    collect = CollectScope(member=A.id, topics=frozenset({"EDU"}), sources=frozenset({"学校"}))
    ledger = (given(collect), given(AttendScope(meeting="m1")))
    assert covers(ledger, CollectAbout(member=A.id, topic="EDU", source="学校"), **OF_A)
    assert not covers(ledger, CollectAbout(member=FATHER, topic="EDU", source="学校"), **OF_A)
    assert covers(ledger, AttendMeeting(meeting="m1"), **OF_A)
    assert not covers(ledger, AttendMeeting(meeting="m2"), **OF_A)


def test_the_consent_of_one_member_of_a_household_says_nothing_of_another() -> None:
    ledger = (given(OUTREACH, subject=FATHER),)
    assert not may_plan(ledger, programme=Programme.OUTREACH, **OF_A)
    assert (
        covering(ledger, PlanFor(programme=Programme.OUTREACH), subject=FATHER, today=TODAY)
        is ledger[0]
    )


@pytest.mark.parametrize("state", sorted(set(ConsentState) - {ConsentState.GIVEN}))
def test_only_a_given_line_covers(state: ConsentState) -> None:
    ledger = (replace(given(OUTREACH), state=state),)
    assert not may_plan(ledger, programme=Programme.OUTREACH, **OF_A)


@pytest.mark.rule("C7")
def test_a_line_past_its_date_covers_nothing_even_before_it_is_marked() -> None:
    ledger = (given(OUTREACH, expires_on=TODAY),)
    assert not may_plan(ledger, programme=Programme.OUTREACH, **OF_A)


def test_the_summary_is_worked_out_from_the_lines() -> None:
    def said(*lines: ConsentLine) -> ConsentSummary:
        return summary_of(lines, programmes=frozenset({Programme.OUTREACH}), **OF_A)

    gone = withdraw(given(OUTREACH), by=PERSON, role=None, at=MONDAY).line
    assert said() is ConsentSummary.NONE
    assert said(given(LineScope()), given(AttendScope(meeting="m"))) is ConsentSummary.NONE
    assert said(explaining(OUTREACH)) is ConsentSummary.ASKED
    assert said(replace(given(OUTREACH), state=ConsentState.DECLINED_FOR_NOW)) is (
        ConsentSummary.ASKED
    )
    assert said(given(OUTREACH)) is ConsentSummary.PARTIAL
    assert said(given(OUTREACH), given(BODY)) is ConsentSummary.FULL
    assert said(gone) is ConsentSummary.WITHDRAWN
    assert said(gone, explaining(OUTREACH)) is ConsentSummary.ASKED


PLANNED = PlanFor(programme=Programme.OUTREACH)
HOSPITAL_HEALTH = AgencyScope(agencies=frozenset({HOSPITAL}), topics=frozenset({"HEALTH"}))


def waiting() -> Pending:
    def item(name: str, basis: Basis, fits: bool = True) -> PendingItem:
        return PendingItem(
            id=name, subject=A.id, basis=basis, needs=(PLANNED, SHARED), fits_shien=fits
        )

    return Pending(
        shares=(
            PendingShare(
                id="to-hospital",
                subject=A.id,
                need=ShareWithAgency(agency=HOSPITAL, topic="HEALTH"),
            ),
            PendingShare(
                id="to-mother",
                subject=A.id,
                need=TellFamily(relative="mother", topic="HEALTH"),
            ),
        ),
        items=(
            item("plan", Basis.JUSO),
            item("tidy", Basis.JUSO, fits=False),
            item("worry", Basis.SHIEN),
        ),
        letters=(PendingLetter(id=LetterId("letter-1"), subject=A.id, need=PushLine()),),
    )


@pytest.mark.rule("C5", "M10", "O19", "R-039")
def test_what_no_consent_carries_any_more_stops_at_once() -> None:
    ledger = (
        given(OUTREACH),
        given(BODY),
        given(HOSPITAL_HEALTH),
        given(FamilyScope(relative="mother", topics=frozenset({"HEALTH"}))),
        given(LineScope()),
    )
    assert what_must_stop(ledger, pending=waiting(), today=TODAY).nothing
    gone = tuple(withdraw(line, by=PERSON, role=None, at=MONDAY).line for line in ledger)
    stops = what_must_stop(gone, pending=waiting(), today=TODAY)
    assert stops.shares == ("to-hospital", "to-mother")
    assert stops.retyped == ("plan",)
    assert stops.dropped == ("tidy",)
    assert stops.letters == ("letter-1",)


@pytest.mark.rule("C5")
def test_only_what_was_taken_back_stops() -> None:
    ledger = (given(OUTREACH), given(BODY), given(HOSPITAL_HEALTH), given(LineScope()))
    quiet = withdraw(ledger[3], by=PERSON, role=None, at=MONDAY).line
    stops = what_must_stop((*ledger[:3], quiet), pending=waiting(), today=TODAY)
    assert stops.letters == ("letter-1",)
    assert not stops.retyped
    assert stops.shares == ("to-mother",), "it was never agreed to"
