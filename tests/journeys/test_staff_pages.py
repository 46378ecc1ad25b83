"""Staff pages of the real house, opened from Slack and used by visible label over HTTP."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.practice_server import ask, practice

SUZUKI = "/practice/pages/鈴木"


@pytest.fixture(scope="module")
def town() -> Iterator[str]:
    with practice() as address:
        yield address


def case(town: str) -> Any:
    opened = ask(town, f"{SUZUKI}/case", {"alias": "A-12"})
    assert "error" not in opened, opened
    return opened


def test_a_case_is_opened_and_a_contact_noted_on_its_page(town: str) -> None:
    opened = case(town)
    assert (opened["title"], opened["status"]) == ("A-12", 200)
    form = ask(town, f"{SUZUKI}/press", {"label": "接触を記録する"})
    labels = [field["label"] for field in form["forms"][0]["fields"]]
    assert labels[:5] == ["どのように", "会えたか", "いつ", "メモ", "次の予定日"]
    fill = {"どのように": "電話", "メモ": "駅の話をしました"}
    kinds = {field["label"]: field["options"] for field in form["forms"][0]["fields"]}
    fill["会えたか"] = kinds["会えたか"][1]
    noted = ask(town, f"{SUZUKI}/press", {"label": "接触を記録する", "fill": fill})
    assert (noted["title"], noted["sent"]["values"]["どのように"]) == ("A-12", "電話")
    assert "接触を記録しました。" in noted["text"]
    assert "駅の話をしました" in noted["text"]
    assert "駅の話をしました" not in str(ask(town, "/practice/slack/鈴木"))


def test_a_form_that_is_not_filled_in_stays_with_what_was_typed(town: str) -> None:
    case(town)
    ask(town, f"{SUZUKI}/press", {"label": "接触を記録する"})
    again = ask(town, f"{SUZUKI}/press", {"label": "接触を記録する", "fill": {"メモ": "とちゅう"}})
    assert (again["status"], again["open"]) == (422, True)
    assert "「どのように」をお書きください。" in again["text"]
    memo = next(each for each in again["forms"][0]["fields"] if each["label"] == "メモ")
    assert memo["value"] == "とちゅう"


def test_a_session_ends_after_half_an_hour_of_the_practice_clock(town: str) -> None:
    case(town)
    ask(town, "/practice/clock", {"advance": "PT31M"})
    gone = ask(town, f"{SUZUKI}/press", {"label": "接触を記録する"})
    assert (gone["status"], gone["title"]) == (404, "このリンクは使えません")
    assert case(town)["title"] == "A-12"


def test_a_case_that_one_is_not_shown_is_not_opened(town: str) -> None:
    refused = ask(town, f"{SUZUKI}/case", {"alias": "Z-99"})
    assert refused["status"] == 409
