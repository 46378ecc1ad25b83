"""The second look, moment by moment."""

from datetime import timedelta
from typing import Any

import pytest

from core.binding import binding_hash
from core.cases import CaseState
from core.consent import ConsentState
from core.days import SendingHours
from core.letters import LetterKind, LetterState, Reason
from core.people import LinkState
from core.profiles import LetterRules
from core.recheck import Scheduled, Situation, binding_of, recheck
from core.verdicts import Cancel, Doubt, Go, Hold, Verdict, Wait
from tests.people import LETTER, LINK_A, MAY_WRITE_TO_A, MONDAY, SATO, TOKYO

RULES = LetterRules()
HOURS = SendingHours()
NOON = MONDAY + timedelta(hours=1, minutes=30)


def approved(**changes: Any) -> Situation:
    situation = Situation(
        letter=Scheduled(
            id=LETTER.id,
            person_id=LETTER.person_id,
            kind=LETTER.kind,
            body=LETTER.body,
            alt_text=LETTER.alt_text,
            author_id=LETTER.author_id,
            opens_at=LETTER.opens_at,
            closes_at=LETTER.closes_at,
            state=LetterState.SCHEDULED,
            version=LETTER.version,
            approved_by=SATO.id,
            approved_at=MONDAY,
            approved_facts=3,
            bound_hash=None,
        ),
        request=b'{"to":"U","messages":[]}',
        line_user_id=LINK_A.line_user_id,
        link_id=LINK_A.id,
        link_state=LinkState.LINKED,
        paused_until=None,
        consent_id=MAY_WRITE_TO_A.id,
        consent_version=1,
        consent_state=ConsentState.GIVEN,
        case_state=CaseState.RELATIONSHIP_BUILDING,
        case_facts=3,
        deceased=False,
        approver_seated=True,
        last_sent_at=None,
        sent_lately=0,
        doubt_since=None,
    )
    bound = situation.letter._replace(bound_hash=binding_hash(binding_of(situation)))
    return situation._replace(letter=bound)._replace(**changes)


def look(situation: Situation, at: Any = NOON, **changes: Any) -> Verdict:
    asked: dict[str, Any] = {
        "at": at,
        "tz": TOKYO,
        "rules": RULES,
        "hours": HOURS,
        "pushes_stopped": False,
    } | changes
    return recheck(situation, **asked)


@pytest.mark.rule("S4")
def test_an_approved_letter_goes_within_its_window() -> None:
    assert look(approved()) == Go()


@pytest.mark.rule("S4")
def test_it_waits_for_its_window() -> None:
    assert look(approved(), MONDAY) == Wait(LETTER.opens_at)


@pytest.mark.rule("S4")
def test_it_is_dropped_after_its_window_and_never_sent_late() -> None:
    assert look(approved(), LETTER.closes_at) == Cancel(Reason.WINDOW_CLOSED)


@pytest.mark.rule("G-05")
def test_at_night_it_waits_for_the_morning_or_is_dropped() -> None:
    late = approved().letter._replace(closes_at=MONDAY + timedelta(days=1, hours=2))
    situation = approved()
    situation = situation._replace(letter=late)
    situation = situation._replace(
        letter=late._replace(bound_hash=binding_hash(binding_of(situation)))
    )
    night = MONDAY + timedelta(hours=11)  # 21:30 in Tokyo
    assert look(situation, night) == Wait(MONDAY + timedelta(hours=23, minutes=30))
    assert look(approved(), MONDAY + timedelta(hours=9)) == Cancel(Reason.WINDOW_CLOSED)


@pytest.mark.rule("G-03")
def test_never_two_within_72_hours() -> None:
    yesterday = MONDAY - timedelta(days=1)
    assert look(approved(last_sent_at=yesterday)) == Cancel(Reason.TOO_SOON)


@pytest.mark.rule("G-03")
def test_at_most_three_in_30_days() -> None:
    assert look(approved(sent_lately=3)) == Cancel(Reason.TOO_SOON)
    assert look(approved(sent_lately=2)) == Go()


@pytest.mark.rule("S5")
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"case_facts": 4}, Reason.NEW_FACT),
        ({"consent_state": ConsentState.WITHDRAWN}, Reason.CONSENT_CHANGED),
        ({"consent_state": None}, Reason.CONSENT_CHANGED),
        ({"approver_seated": False}, Reason.APPROVER_LEFT),
    ],
)
def test_new_facts_hold_it(change: dict[str, Any], reason: Reason) -> None:
    assert look(approved(**change)) == Hold(reason)


@pytest.mark.rule("S2")
@pytest.mark.parametrize(
    "change",
    [
        {"line_user_id": "U" + "b" * 32},
        {"link_id": "another-link"},
        {"consent_id": "another-consent"},
        {"consent_version": 2},
        {"request": b'{"to":"U","messages":[1]}'},
    ],
)
def test_any_changed_bound_part_kills_the_approval(change: dict[str, Any]) -> None:
    assert look(approved(**change)) == Hold(Reason.BINDING_BROKEN)


@pytest.mark.rule("S2")
@pytest.mark.parametrize(
    "change",
    [
        {"body": "ほかの言葉です。"},
        {"alt_text": "べつの見え方"},
        {"person_id": "person-b"},
        {"id": "letter-2"},
        {"opens_at": LETTER.opens_at - timedelta(minutes=1)},
        {"closes_at": LETTER.closes_at + timedelta(minutes=1)},
    ],
)
def test_any_changed_bound_part_of_the_letter_kills_it(change: dict[str, Any]) -> None:
    situation = approved()
    changed = situation._replace(letter=situation.letter._replace(**change))
    assert look(changed) == Hold(Reason.BINDING_BROKEN)


@pytest.mark.rule("S6")
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"deceased": True}, Reason.DECEASED),
        ({"link_state": LinkState.BLOCKED}, Reason.BLOCKED),
        ({"link_state": LinkState.UNLINKED_BY_PERSON}, Reason.STOPPED_BY_PERSON),
        ({"link_state": LinkState.UNLINKED}, Reason.NOT_LINKED),
        ({"link_state": LinkState.PAUSED}, Reason.RESTING),
        ({"case_state": CaseState.CLOSED}, Reason.CASE_RESTS),
        ({"case_state": CaseState.INTERRUPTED}, Reason.CASE_RESTS),
    ],
)
def test_what_ends_it(change: dict[str, Any], reason: Reason) -> None:
    assert look(approved(**change)) == Cancel(reason)


@pytest.mark.rule("S6")
def test_the_kill_switch_stops_every_letter() -> None:
    assert look(approved(), pushes_stopped=True) == Cancel(Reason.PUSHES_STOPPED)


@pytest.mark.rule("S6")
def test_a_rest_that_is_over_lets_letters_go_again() -> None:
    rested = approved(link_state=LinkState.PAUSED, paused_until=NOON - timedelta(minutes=1))
    assert look(rested) == Go()


@pytest.mark.rule("S2")
def test_an_old_approval_has_to_be_given_again() -> None:
    situation = approved()
    old = situation.letter._replace(approved_at=NOON - timedelta(days=14))
    assert look(situation._replace(letter=old)) == Hold(Reason.APPROVAL_EXPIRED)


@pytest.mark.rule("S7")
def test_what_line_may_have_is_asked_about_only_while_sending_would_be_right() -> None:
    since = NOON - timedelta(minutes=1)
    assert look(approved(doubt_since=since)) == Go()
    doubt = Doubt(Reason.NO_CERTAINTY)
    assert look(approved(doubt_since=since, link_state=LinkState.UNLINKED_BY_PERSON)) == doubt
    assert look(approved(doubt_since=since, case_facts=9)) == doubt
    assert look(approved(doubt_since=since), LETTER.closes_at) == doubt


@pytest.mark.rule("S7")
def test_after_23_hours_nobody_asks_line_again() -> None:
    assert look(approved(doubt_since=NOON - timedelta(hours=23))) == Doubt(Reason.NO_CERTAINTY)


@pytest.mark.rule("G-13")
def test_an_acknowledgement_answers_at_any_hour_even_after_a_stop() -> None:
    situation = approved(link_state=LinkState.UNLINKED_BY_PERSON, consent_state=None)
    ack = situation.letter._replace(
        kind=LetterKind.ACKNOWLEDGEMENT,
        opens_at=MONDAY + timedelta(hours=16),
        closes_at=MONDAY + timedelta(hours=22),
    )
    situation = situation._replace(letter=ack)
    bound = ack._replace(bound_hash=binding_hash(binding_of(situation)))
    assert look(situation._replace(letter=bound), MONDAY + timedelta(hours=16)) == Go()


@pytest.mark.rule("G-14")
def test_a_blocked_account_gets_no_acknowledgement_either() -> None:
    situation = approved(link_state=LinkState.BLOCKED)
    ack = situation.letter._replace(kind=LetterKind.ACKNOWLEDGEMENT)
    assert look(situation._replace(letter=ack)) == Cancel(Reason.BLOCKED)
