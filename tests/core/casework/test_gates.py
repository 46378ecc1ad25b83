"""Preparation, approach, the interruption gate, closing, emergency and hand-over."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.agencies import Role
from core.approach import (
    LeafletUnfit,
    line_review_due_on,
    require_leaflet_fits,
)
from core.cases import Urgency
from core.closing import follow_up_due, follow_up_over, reopening_due
from core.contacts import Contact, ContactChannel, Met
from core.emergency import (
    Called,
    Danger,
    DangerUnnamed,
    EmergencyUnanswered,
    NoEmergency,
    Rescuer,
    end_emergency,
    note_call,
    raise_emergency,
)
from core.handover import HandOver, HandOverCold, hand_over
from core.interruption import (
    Effort,
    EffortMissing,
    EffortRules,
    TieStillThere,
    report_loss,
    require_lost,
)
from core.preparation import (
    Asked,
    Difficulty,
    EmergencyOutlook,
    NotNeeded,
    PreCoordination,
    PreparationPart,
    SourcesAsked,
    WatchNetwork,
    missing_in,
)
from tests.core.casework.cases import AFTER, PREPARED, TRIED, contact
from tests.core.casework.ledgers import TODAY
from tests.people import A12, MONDAY, SATO, SUZUKI

_C = ContactChannel


@pytest.mark.rule("R-022")
def test_each_of_the_five_parts_is_answered_or_said_not_to_be_needed() -> None:
    assert missing_in(PREPARED) == ()
    assert missing_in(None) == tuple(PreparationPart)
    nothing = NotNeeded(because="すでに会えている")
    spared = PreCoordination(
        sources=nothing,
        network=nothing,
        hook=nothing,
        difficulty=nothing,
        emergency=nothing,
        readiness=PREPARED.readiness,
    )
    assert missing_in(spared) == ()
    for hollow in (
        {"sources": SourcesAsked(asked=(Asked(source=" ", on=TODAY),))},
        {"network": WatchNetwork(agreed_with=())},
        {"hook": NotNeeded(because="")},
        {"difficulty": Difficulty(hard="父の入院", offered="")},
        {"emergency": EmergencyOutlook(assessed="", links=("110",))},
    ):
        assert len(missing_in(replace(PREPARED, **hollow))) == 1


@pytest.mark.rule("R-022")
def test_the_verdict_belongs_to_it() -> None:
    assert PREPARED.readiness is not None
    not_yet = replace(PREPARED, readiness=replace(PREPARED.readiness, ready=False))
    assert missing_in(not_yet) == (PreparationPart.READINESS,)


@pytest.mark.rule("R-026")
def test_a_leaflet_meets_an_interest_or_has_a_reason() -> None:
    train = frozenset({"鉄道", "写真"})
    assert require_leaflet_fits(train, interests=("鉄道",)).tags == {"鉄道"}
    assert require_leaflet_fits(train, interests=(), reason="本人が話していた").reason
    with pytest.raises(LeafletUnfit):
        require_leaflet_fits(train, interests=("料理",), reason=" ")


@pytest.mark.rule("R-029")
def test_a_case_on_line_alone_is_looked_at_every_90_days() -> None:
    opened = TODAY - timedelta(days=200)
    first = line_review_due_on(opened_on=opened, reviewed_on=None)
    assert first == opened + timedelta(days=90)
    assert line_review_due_on(opened_on=opened, reviewed_on=TODAY) == TODAY + timedelta(days=90)


@pytest.mark.rule("R-052")
def test_contact_is_lost_only_with_agencies_people_and_the_home_tried() -> None:
    report = report_loss(TRIED, since=MONDAY)
    assert report.lost
    require_lost(report)
    for left_out, effort in zip(range(3), Effort, strict=True):
        tried = tuple(entry for n, entry in enumerate(TRIED) if n != left_out)
        lacking = report_loss(tried, since=MONDAY)
        assert lacking.missing == (effort,)
        with pytest.raises(EffortMissing):
            require_lost(lacking)


@pytest.mark.rule("R-052")
@pytest.mark.parametrize(
    "silence",
    [
        contact(_C.LINE_OUT),
        contact(_C.LETTER, Met.LETTER_LEFT),
        contact(_C.PHONE, Met.NO_ANSWER),
    ],
    ids=lambda entry: entry.channel,
)
def test_silence_counts_for_nothing(silence: Contact) -> None:
    alone = report_loss((silence,) * 20, since=MONDAY)
    assert alone.missing == tuple(Effort)
    assert report_loss((*TRIED, silence), since=MONDAY).lost


@pytest.mark.rule("R-052")
@pytest.mark.parametrize(
    "sign",
    [
        contact(_C.LINE_IN),
        contact(_C.PAGE_IN),
        contact(_C.VISIT, Met.MET),
        contact(_C.PHONE, Met.VOICE_ONLY),
        contact(_C.FAMILY_TALK, Met.MET),
    ],
    ids=lambda entry: entry.channel,
)
def test_any_tie_means_contact_is_not_lost(sign: Contact) -> None:
    with pytest.raises(TieStillThere) as no:
        require_lost(report_loss((*TRIED, sign), since=MONDAY))
    assert no.value.facts["next"] == MONDAY.isoformat()


@pytest.mark.rule("R-052")
def test_only_what_was_tried_since_then_counts_and_a_town_may_ask_for_more() -> None:
    later = report_loss(TRIED, since=MONDAY + timedelta(seconds=1))
    assert later.missing == tuple(Effort)
    strict = report_loss(TRIED, since=MONDAY, rules=EffortRules(visits=2))
    assert strict.missing == (Effort.HOME_VISITED,)
    with pytest.raises(ValueError, match="never drop"):
        EffortRules(visits=0)


@pytest.mark.rule("R-065", "O12")
def test_somebody_gets_in_touch_until_follow_up_is_over() -> None:
    day = AFTER.next_contact_on
    assert day is not None
    assert not follow_up_due(AFTER, today=day - timedelta(days=1))
    assert follow_up_due(AFTER, today=day)
    ended = replace(AFTER, ends_on=day)
    assert follow_up_over(ended, today=day)
    assert not follow_up_due(ended, today=day)


@pytest.mark.rule("O16", "R-070")
@pytest.mark.parametrize(
    ("sign", "due"),
    [
        (date(2026, 11, 30), date(2026, 12, 1)),
        (date(2026, 12, 4), date(2026, 12, 7)),
        (date(2026, 12, 28), date(2027, 1, 4)),
        (date(2026, 11, 2), date(2026, 11, 4)),
    ],
)
def test_support_begins_again_within_one_working_day(sign: date, due: date) -> None:
    assert reopening_due(sign, closed_days=frozenset({date(2026, 11, 3)})) == due


WORKER: dict[str, Any] = {"by": SATO.id, "role": Role.OUTREACH_WORKER, "at": MONDAY}
POLICE = Called(rescuer=Rescuer.POLICE, by=SATO.id, at=MONDAY)
NO_DOCTOR = Called(rescuer=Rescuer.MEDICAL, by=SATO.id, at=MONDAY, not_needed_because="けがはない")


@pytest.mark.rule("O18", "R-025")
@pytest.mark.parametrize("role", [Role.MEMBER, Role.INTAKE_WORKER, Role.COMMUNITY_SUPPORTER])
def test_any_staff_raises_an_emergency_from_any_state_and_the_state_stays(role: Role) -> None:
    alarmed = raise_emergency(A12, danger=Danger.LIFE, calls=(POLICE,), **(WORKER | {"role": role}))
    assert alarmed.case == replace(A12, urgency=Urgency.EMERGENCY)
    (event,) = alarmed.events
    assert "ground=LIFE_BODY" in event.evidence
    assert "called=POLICE" in event.evidence


@pytest.mark.rule("O18")
def test_an_emergency_names_the_danger() -> None:
    with pytest.raises(DangerUnnamed):
        raise_emergency(A12, danger=None, **WORKER)


@pytest.mark.rule("R-025", "O18")
def test_it_ends_when_police_and_medical_help_are_answered() -> None:
    watched = replace(A12, urgency=Urgency.WATCH)
    alarmed = raise_emergency(watched, danger=Danger.LIFE, calls=(POLICE,), **WORKER)
    ending: dict[str, Any] = {"review_due_on": TODAY + timedelta(days=1)} | WORKER
    with pytest.raises(EmergencyUnanswered) as no:
        end_emergency(alarmed.case, emergency=alarmed.emergency, **ending)
    assert no.value.facts["missing"] == "MEDICAL"
    answered = note_call(alarmed.emergency, call=NO_DOCTOR)
    over = end_emergency(alarmed.case, emergency=answered, **ending)
    assert over.case == watched
    assert not over.emergency.running
    with pytest.raises(NoEmergency):
        note_call(over.emergency, call=POLICE)
    with pytest.raises(NoEmergency):
        end_emergency(over.case, emergency=over.emergency, **ending)


@pytest.mark.rule("R-083")
def test_a_person_is_handed_over_with_the_history_a_meeting_and_a_word() -> None:
    warm = HandOver(
        successor=SUZUKI.id,
        history_read_on=TODAY,
        met_together_on=TODAY,
        announced="二人で玄関先へうかがった",
    )
    case, event = hand_over(A12, handover=warm, **WORKER)
    assert case == replace(A12, lead_staff_id=SUZUKI.id), "the same case, with its history"
    assert (event.was, event.now) == (SATO.id, SUZUKI.id)
    apart = replace(warm, met_together_on=None, not_met_because="まだお会いできていません")
    assert hand_over(A12, handover=apart, **WORKER)[0].lead_staff_id == SUZUKI.id
    for cold in (
        replace(warm, history_read_on=None),
        replace(warm, met_together_on=None),
        replace(warm, announced=""),
    ):
        with pytest.raises(HandOverCold):
            hand_over(A12, handover=cold, **WORKER)
