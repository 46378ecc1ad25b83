"""When two texts count as the same (G-04), and which answers a town has approved."""

from dataclasses import replace
from datetime import date

import pytest

from core.people import LanguageStyle
from core.profiles import StandingText, TextUse, approved_answer
from core.wording.kinds import TextKind
from core.wording.sameness import same_words, twelve_months_before
from tests.people import MIDORI, MONDAY, SUZUKI, TANAKA

THANKS = StandingText(
    municipality_id=MIDORI,
    name="arigatou",
    version="2",
    body="読みました。教えてくれて、ありがとう。",
    author_id=SUZUKI.id,
    approved_by=TANAKA.id,
    approved_at=MONDAY,
    use=TextUse.ANSWER,
)


@pytest.mark.rule("G-04")
@pytest.mark.parametrize(
    "again",
    [
        "佐藤です。12月になりました。",
        "佐藤です。\n１２月になりました。",
        "  佐藤です。 12月に なりました。\u3000",
    ],
)
def test_width_and_white_space_make_no_new_text(again: str) -> None:
    assert same_words("佐藤です。12月になりました。", again)


@pytest.mark.rule("G-04")
def test_another_sign_off_makes_another_text() -> None:
    assert not same_words("夜が長くなりました。佐藤より", "夜が長くなりました。佐藤でした")


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 30), date(2025, 11, 30)),
        (date(2028, 2, 29), date(2027, 2, 28)),
        (date(2029, 2, 28), date(2028, 2, 28)),
    ],
)
def test_twelve_months_end_on_the_same_day_of_the_year(day: date, before: date) -> None:
    assert twelve_months_before(day) == before


@pytest.mark.rule("G-06")
def test_an_answer_is_approved_to_the_word_and_for_answering_only() -> None:
    for_a_button = replace(THANKS, name="rest", use=TextUse.ACKNOWLEDGEMENT)
    template = replace(
        THANKS,
        name="yoru",
        use=TextUse.TEMPLATE,
        kind=TextKind.REPLY,
        style=LanguageStyle.STANDARD,
    )
    texts = (for_a_button, template, THANKS)
    assert approved_answer("読みました。\n教えてくれて、ありがとう。", among=texts) is THANKS
    assert approved_answer("読みました。ありがとう。", among=texts) is None
    assert approved_answer(THANKS.body, among=(for_a_button, template)) is None
    assert THANKS.known_as == "arigatou/2"
