"""Stages, windows, wording, codes, the door and the chain."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.access import Action, NotActive, NotYours, require
from core.agencies import Role, Staff
from core.audit import GENESIS, AuditEntry, AuditEvent, chain_hash, first_broken_link
from core.binding import Binding, binding_hash
from core.days import SendingHours
from core.letter_window import fitting_window
from core.letters import MOVES, UNSENT, LetterState, NotFromHere, WindowUnfit, require_move
from core.lint import WordingBlocked, private_words, require_fit
from core.outbox import backoff
from core.people import CODE_ALPHABET, CODE_LENGTH, normal_code
from tests.people import A12, LETTER, MONDAY, SATO, SEATS, SUZUKI, TANAKA, TOKYO, WORDS, A
from tests.proofs import PROOF, context


@pytest.mark.rule("S1")
def test_every_stage_stands_in_the_table_and_ends_stay_ends() -> None:
    assert set(MOVES) == set(LetterState)
    for ended in set(LetterState) - UNSENT:
        assert not MOVES[ended]


@pytest.mark.rule("S2")
def test_nothing_is_sent_that_was_not_scheduled_and_nothing_scheduled_unapproved() -> None:
    before_sent = {state for state, to in MOVES.items() if LetterState.SENT in to}
    before_scheduled = {state for state, to in MOVES.items() if LetterState.SCHEDULED in to}
    assert before_sent == {LetterState.SCHEDULED}
    assert before_scheduled == {LetterState.APPROVED}


@pytest.mark.rule("S1")
def test_a_step_that_is_not_open_is_refused() -> None:
    with pytest.raises(NotFromHere) as refused:
        require_move(LETTER, LetterState.SENT)
    assert refused.value.rule == "S1"
    assert refused.value.facts == {"state": "PENDING_APPROVAL", "to": "SENT"}


@pytest.mark.rule("G-05")
def test_a_window_ends_with_the_day_and_an_hour_at_night_is_refused() -> None:
    hours = SendingHours()
    opens, closes = fitting_window(MONDAY, None, at=MONDAY, tz=TOKYO, hours=hours)
    assert opens == MONDAY
    assert closes == MONDAY + timedelta(hours=9, minutes=30)
    night = MONDAY + timedelta(hours=12)
    with pytest.raises(WindowUnfit) as refused:
        fitting_window(night, None, at=MONDAY, tz=TOKYO, hours=hours)
    assert refused.value.facts["next"].startswith("2026-12-01T10:00")


def found(body: str, alt_text: str = "") -> set[str]:
    findings = PROOF.read(body, context=context(alt_text=alt_text, private=private_words(A)))
    return {finding.code for finding in findings}


@pytest.mark.rule("G-11")
@pytest.mark.parametrize("word", ["ひきこもり", "支援", "福祉", "相談", "生活保護", "訪問"])
def test_words_that_must_not_stand_on_a_lock_screen(word: str) -> None:
    assert "L5" in found(f"{word}のことで書きました。")
    assert "L5" in found(WORDS, alt_text=f"{word}センター")


@pytest.mark.rule("G-11")
@pytest.mark.parametrize("private", ["青木 架空", "青木", "あおき", "090-0000-0000"])
def test_the_persons_own_data_never_stand_in_a_letter(private: str) -> None:
    assert "L6" in found(f"{private}さん、こんにちは。")


def test_quiet_words_pass_and_long_ones_are_only_warned_about() -> None:
    assert found(WORDS) == set()
    long = "夜が冷えるようになりました。" * 6 + "ふと思い出して、これを書いています。" * 3
    assert found(long) == {"L8"}
    require_fit(PROOF.read(long, context=context()))


def test_the_place_of_a_finding_is_told_in_code_points() -> None:
    findings = PROOF.read("🍎支援です", context=context())
    assert [(f.code, f.span, f.text) for f in findings] == [("L5", (1, 3), "支援")]
    with pytest.raises(WordingBlocked):
        require_fit(findings)


@pytest.mark.rule("C8")
@given(st.text(CODE_ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH))
def test_a_code_is_the_same_however_it_is_typed(code: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for typed in (code, code.lower(), f"{code[:4]}-{code[4:]}", f" {code[:4]} {code[4:]} ", wide):
        assert normal_code(typed) == code


@pytest.mark.rule("C8")
@pytest.mark.parametrize("text", ["", "こんにちは", "ABC", "ABCDEFG0", "ABCDEFGHJ"])
def test_what_cannot_be_a_code(text: str) -> None:
    assert normal_code(text) is None


def holder(staff: Staff, action: Action) -> bool:
    try:
        require(staff, action, case_id=A12.id, seats=SEATS)
    except NotYours:
        return False
    return True


@pytest.mark.rule("DOMAIN-3.7")
def test_only_seated_approvers_approve() -> None:
    assert holder(SATO, Action.APPROVE_LETTER)
    assert holder(TANAKA, Action.APPROVE_LETTER)
    assert not holder(SUZUKI, Action.APPROVE_LETTER)


@pytest.mark.rule("DOMAIN-3.7")
def test_a_seat_on_another_case_opens_nothing_here() -> None:
    elsewhere = tuple(replace(seat, case_id="case-b") for seat in SEATS)  # type: ignore[arg-type]
    with pytest.raises(NotYours):
        require(SATO, Action.APPROVE_LETTER, case_id=A12.id, seats=elsewhere)


@pytest.mark.rule("DOMAIN-3.7")
def test_who_has_left_may_nothing() -> None:
    with pytest.raises(NotActive):
        require(replace(SATO, active=False), Action.READ_CASE, case_id=A12.id, seats=SEATS)


@pytest.mark.rule("DOMAIN-3.7")
def test_a_role_at_large_needs_no_seat_where_the_matrix_says_so() -> None:
    officer = replace(SUZUKI, roles=frozenset({Role.MUNICIPAL_OFFICER}))
    assert require(officer, Action.LOG_CONTACT).role is Role.MUNICIPAL_OFFICER
    with pytest.raises(NotYours):
        require(officer, Action.READ_CASE, case_id=A12.id, seats=())


def chain(count: int) -> list[AuditEntry]:
    entries, previous = [], GENESIS
    for number in range(1, count + 1):
        event = AuditEvent(
            action="letter.sent", at=MONDAY, actor="system", role="system", subject=f"l{number}"
        )
        hashed = chain_hash(event, number=number, previous=previous)
        entries.append(AuditEntry(number=number, event=event, previous=previous, hash=hashed))
        previous = hashed
    return entries


def test_a_whole_chain_holds() -> None:
    assert first_broken_link(chain(20)) is None


@given(st.integers(0, 19), st.sampled_from(["subject", "actor", "reason", "action", "now"]))
def test_any_changed_event_is_found_where_it_stands(position: int, part: str) -> None:
    entries = chain(20)
    other: dict[str, Any] = {part: "something else"}
    changed = replace(entries[position].event, **other)
    entries[position] = replace(entries[position], event=changed)
    broken = first_broken_link(entries)
    assert broken is not None
    assert broken.number == position + 1


@given(st.integers(0, 18))
def test_a_removed_event_is_found(position: int) -> None:
    entries = chain(20)
    del entries[position]
    broken = first_broken_link(entries)
    assert broken is not None
    assert (broken.number, broken.found) == (position + 1, "missing")


@pytest.mark.rule("S7")
def test_tries_grow_rarer_up_to_an_hour() -> None:
    waits = [backoff(attempt) for attempt in range(1, 12)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=5)
    assert waits[-1] == timedelta(hours=1)


@pytest.mark.rule("S2")
@pytest.mark.parametrize(
    "words", ['"quoted\\"', "梅が咲きました\n\t", "🌸\x00\x7f\ud83d", "", "a, b"]
)
def test_the_hash_is_that_of_a_json_array_of_the_bound_parts(words: str) -> None:
    """The parts are written by hand for speed; what was approved before has to verify still."""
    binding = Binding(
        letter_id=words,
        person_id="person" + words,
        line_user_id=words + "U",
        link_id="link",
        consent_id=words,
        consent_version=3,
        consent_state="GIVEN",
        body=words * 3,
        alt_text=words,
        opens_at=MONDAY,
        closes_at=MONDAY + timedelta(hours=3, microseconds=7),
        request=words.encode(errors="surrogatepass"),
    )
    listed: list[Any] = ["letter/1", *binding]
    for place in (-3, -2):
        listed[place] = int(listed[place].timestamp() * 1_000_000)
    listed[-1] = hashlib.sha256(binding.request).hexdigest()
    assert binding_hash(binding) == hashlib.sha256(json.dumps(listed).encode()).hexdigest()


@pytest.mark.parametrize("words", ['"quoted\\"', "梅\n\t", "🌸\x00\ud83d", "", "a, b"])
def test_a_link_is_the_hash_of_a_json_array_of_its_parts(words: str) -> None:
    """The parts are written by hand for speed; old chains have to hold still."""
    event = AuditEvent(
        action=words,
        at=MONDAY,
        actor=words,
        role=words,
        subject=words,
        case_id=None,
        was=words,
        now=words,
        reason=words,
        evidence=(words, words + "1"),
    )
    at = int(MONDAY.timestamp() * 1_000_000)
    listed = [GENESIS, 7, words, at, words, words, words, "", words, words, words]
    written = json.dumps([*listed, [words, words + "1"]])
    expected = hashlib.sha256(written.encode()).hexdigest()
    assert chain_hash(event, number=7, previous=GENESIS) == expected
