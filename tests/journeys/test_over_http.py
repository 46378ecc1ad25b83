"""The main job from outside: only HTTP, only what a person sees."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.practice_server import ask, practice


@pytest.fixture
def town() -> Iterator[str]:
    with practice() as address:
        yield address


def texts(screen: Any) -> str:
    return json.dumps(screen, ensure_ascii=False)


@pytest.mark.rule("S2")
@pytest.mark.rule("S4")
def test_a_letter_arrives_and_an_answer_comes_back(town: str) -> None:
    before = ask(town, "/practice/phones/A")
    assert before["messages"] == []
    decided = ask(town, "/practice/slack/佐藤/click", {"label": "承認する", "where": "A-12"})
    assert "予約中" in texts(decided["dms"])
    ask(town, "/practice/clock", {"advance": "PT1H"})
    phone = ask(town, "/practice/phones/A")
    [letter] = phone["messages"]
    assert "お返事はなくて大丈夫です" in letter["text"]
    assert phone["quick_replies"] == ["そのまま", "少し休む", "やめる", "人と話したい"]
    ask(town, "/practice/phones/A/say", {"text": "窓の外を見ました"})
    slack = ask(town, "/practice/slack/佐藤")
    assert "送信済み" in texts(slack["dms"])
    assert "返事が届いています (A-12)" in texts(slack["dms"])
    for colleague in ("佐藤", "田中", "鈴木", "高橋", "山本"):
        seen = texts(ask(town, f"/practice/slack/{colleague}"))
        assert "窓の外を見ました" not in seen
        assert "架空" not in seen


@pytest.mark.rule("G-06")
def test_the_second_approver_is_told_who_decided(town: str) -> None:
    ask(town, "/practice/slack/佐藤/click", {"label": "承認する", "where": "A-12"})
    late = ask(town, "/practice/slack/田中/click", {"label": "承認する", "where": "A-12"})
    told = texts(late) + texts(ask(town, "/practice/slack/田中"))
    assert "佐藤さん" in told
    phone = ask(town, "/practice/clock", {"advance": "PT2H"})
    assert phone["at"].startswith("2026-11-30T11:30")
    assert len(ask(town, "/practice/phones/A")["messages"]) == 1


@pytest.mark.rule("G-13")
def test_a_rest_is_one_tap_and_nothing_comes_in_that_month(town: str) -> None:
    ask(town, "/practice/slack/佐藤/click", {"label": "承認する", "where": "A-12"})
    ask(town, "/practice/clock", {"advance": "PT1H"})
    rested = ask(town, "/practice/phones/A/tap", {"label": "少し休む"})
    assert "1か月お休みします" in texts(rested["messages"][-1])
    before = len(rested["messages"])
    began = time.monotonic()
    ask(town, "/practice/clock", {"advance": "P1M"})
    assert time.monotonic() - began < 60, "a month passes in under a minute"
    assert len(ask(town, "/practice/phones/A")["messages"]) == before


def test_line_out_of_order_for_a_while_loses_nothing_and_doubles_nothing(town: str) -> None:
    ask(town, "/practice/slack/佐藤/click", {"label": "承認する", "where": "A-12"})
    for fault in (
        {"service": "line", "operation": "push", "status": 500},
        {"service": "line", "operation": "push", "drop": "after"},
        {"service": "line", "operation": "push", "drop": "before"},
    ):
        ask(town, "/practice/faults", fault)
    ask(town, "/practice/clock", {"advance": "PT3H"})
    assert len(ask(town, "/practice/phones/A")["messages"]) == 1
    assert "送信済み" in texts(ask(town, "/practice/slack/佐藤")["dms"])


def test_slack_away_for_an_hour_loses_nothing_and_does_not_flood(town: str) -> None:
    ask(town, "/practice/faults", {"service": "slack", "status": 503, "count": 60})
    for word in ("ひとつ", "ふたつ", "みっつ"):
        ask(town, "/practice/phones/A/say", {"text": word})
    ask(town, "/practice/faults", method="DELETE")
    ask(town, "/practice/clock", {"advance": "PT2H"})
    cards = [
        message
        for message in ask(town, "/practice/slack/佐藤")["dms"][0]["messages"]
        if "返事が届いています" in message["text"]
    ]
    assert len(cards) == 1
    assert "3件" in texts(cards)


def test_what_a_script_gets_wrong_is_said_plainly(town: str) -> None:
    wrong = ask(town, "/practice/slack/佐藤/click", {"label": "ないボタン"})
    assert 400 <= wrong["status"] < 500
    assert wrong["error"]
    assert ask(town, "/practice/phones/だれでもない").get("status") == 404
    assert ask(town, "/practice/clock", {"at": "2020-01-01T00:00"})["status"] == 409
