"""When two texts count as the same (G-04)."""

from datetime import date

import pytest

from core.wording.sameness import normalised, twelve_months_before


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
    assert normalised("佐藤です。12月になりました。") == normalised(again)


@pytest.mark.rule("G-04")
def test_another_sign_off_makes_another_text() -> None:
    assert normalised("夜が長くなりました。佐藤より") != normalised(
        "夜が長くなりました。佐藤でした"
    )


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
