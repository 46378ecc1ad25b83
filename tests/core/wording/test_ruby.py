"""Readings over kanji: from the writer's notation, in each channel's form."""

import pytest

from core.wording.ruby import (
    Piece,
    RubyUnmatched,
    as_html,
    bare,
    in_brackets,
    pieces,
    pieces_in_brackets,
)

SPRING = pieces("もう｜春《はる》です。1｜月《がつ》")


def test_a_plain_message_carries_readings_in_brackets() -> None:
    assert in_brackets(SPRING) == "もう春(はる)です。1月(がつ)"
    assert bare(SPRING) == "もう春です。1月"


def test_a_page_carries_ruby() -> None:
    assert as_html(pieces("｜春《はる》\n")) == (
        "<ruby>春<rp>(</rp><rt>はる</rt><rp>)</rp></ruby><br>"
    )


def test_nothing_in_a_text_becomes_markup() -> None:
    hostile = pieces('<b onclick="x">｜<i>《"&》')
    assert as_html(hostile) == (
        "&lt;b onclick=&quot;x&quot;&gt;"
        "<ruby>&lt;i&gt;<rp>(</rp><rt>&quot;&amp;</rt><rp>)</rp></ruby>"
    )


@pytest.mark.rule("G-19")
@pytest.mark.parametrize(
    "broken", ["春《はる》", "｜春", "｜春《はる", "｜《はる》", "｜春《》", "｜春｜夏《なつ》》"]
)
def test_marks_that_do_not_stand_together_are_refused(broken: str) -> None:
    with pytest.raises(RubyUnmatched):
        pieces(broken)


def test_a_stored_letter_is_shown_with_the_readings_it_was_sent_with() -> None:
    body = "佐藤です。春(はる)が来(き)ました(ほんとうに)。3月(土)"
    assert pieces_in_brackets(body) == (
        Piece("佐藤です。"),
        Piece("春", "はる"),
        Piece("が"),
        Piece("来", "き"),
        Piece("ました(ほんとうに)。3月(土)"),
    )
    assert in_brackets(pieces_in_brackets(body)) == body
