"""Links and sessions: signed, short, and nobody else's."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.web.passes import (
    PASS_LASTS,
    SESSION_LASTS,
    PassUnusable,
    StaffPass,
    StaffSession,
    begin_session,
    form_mark,
    make_staff_link,
    read_pass,
    read_session,
    same_mark,
    sign_pass,
)
from core.ids import CaseId, StaffId
from tests.people import A12, MONDAY, SATO

KEY = b"k" * 32
OPENS = StaffPass(staff_id=SATO.id, case_id=A12.id, expires_at=MONDAY + PASS_LASTS, nonce="nonce-1")


def test_a_pass_says_who_may_open_what_until_when() -> None:
    assert read_pass(sign_pass(OPENS, key=KEY), key=KEY, at=MONDAY) == OPENS


def test_a_link_leads_to_the_door_and_names_nobody() -> None:
    link = make_staff_link(
        "https://midori.example/", KEY, SATO.id, A12.id, at=MONDAY, nonce="nonce-1"
    )

    assert link.startswith("https://midori.example/s/open/")
    assert read_pass(link.rsplit("/", 1)[1], key=KEY, at=MONDAY) == OPENS
    assert "A-12" not in link and "佐藤" not in link


def test_a_pass_ends_after_ten_minutes_to_the_second() -> None:
    token = sign_pass(OPENS, key=KEY)

    read_pass(token, key=KEY, at=MONDAY + PASS_LASTS - timedelta(seconds=1))
    with pytest.raises(PassUnusable):
        read_pass(token, key=KEY, at=MONDAY + PASS_LASTS)


def test_a_pass_under_another_key_is_none() -> None:
    with pytest.raises(PassUnusable):
        read_pass(sign_pass(OPENS, key=b"x" * 32), key=KEY, at=MONDAY)


@given(place=st.integers(min_value=0), letter=st.sampled_from("Aa0-_.é"))
def test_no_changed_sign_of_a_pass_goes_unnoticed(place: int, letter: str) -> None:
    token = sign_pass(OPENS, key=KEY)
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]

    if changed == token:
        assert read_pass(changed, key=KEY, at=MONDAY) == OPENS
    else:
        with pytest.raises(PassUnusable):
            read_pass(changed, key=KEY, at=MONDAY)


@given(token=st.text(max_size=200))
def test_no_other_text_is_a_pass(token: str) -> None:
    with pytest.raises(PassUnusable):
        read_pass(token, key=KEY, at=MONDAY)


def test_a_session_lasts_half_an_hour_and_is_one_colleagues() -> None:
    cookie = begin_session(OPENS, key=KEY, at=MONDAY)

    assert read_session(cookie, key=KEY, at=MONDAY) == StaffSession(
        staff_id=SATO.id, expires_at=MONDAY + SESSION_LASTS, nonce="nonce-1"
    )
    with pytest.raises(PassUnusable):
        read_session(cookie, key=KEY, at=MONDAY + SESSION_LASTS)


def test_a_pass_is_no_session_and_a_session_no_pass() -> None:
    with pytest.raises(PassUnusable):
        read_session(sign_pass(OPENS, key=KEY), key=KEY, at=MONDAY)
    with pytest.raises(PassUnusable):
        read_pass(begin_session(OPENS, key=KEY, at=MONDAY), key=KEY, at=MONDAY)


def test_a_form_belongs_to_one_session_and_one_case() -> None:
    session = read_session(begin_session(OPENS, key=KEY, at=MONDAY), key=KEY, at=MONDAY)
    other = StaffSession(
        staff_id=StaffId("staff-other"), expires_at=session.expires_at, nonce=session.nonce
    )
    mark = form_mark(session, A12.id, key=KEY)

    assert same_mark(mark, form_mark(session, A12.id, key=KEY))
    assert not same_mark(mark, form_mark(session, CaseId("case-other"), key=KEY))
    assert not same_mark(mark, form_mark(other, A12.id, key=KEY))
    assert not same_mark("印", mark)
