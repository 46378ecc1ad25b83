"""`yorisoi lint`: verdict, codes, reasons, a softer line; without a database."""

import json

import pytest
from typer.testing import CliRunner

from bots.cli import app

RUN = CliRunner()


def test_a_text_that_must_not_go_ends_with_1_and_says_what_would_be_softer() -> None:
    ran = RUN.invoke(app, ["lint", "お返事お待ちしております"])
    assert ran.exit_code == 1
    assert "L1" in ran.stdout
    assert "お返事はなくて大丈夫です。" in ran.stdout


@pytest.mark.parametrize(
    ("text", "verdict", "code"), [("返事はいりません。", "ok", 0), ("お元気ですか？", "warn", 0)]
)
def test_a_text_that_can_go_ends_with_0(text: str, verdict: str, code: int) -> None:
    ran = RUN.invoke(app, ["lint", text, "--json"])
    assert ran.exit_code == code
    assert json.loads(ran.stdout)["verdict"] == verdict


def test_json_is_one_object_for_each_line_read() -> None:
    ran = RUN.invoke(app, ["lint", "--json"], input="がんばって\n返事はいりません。\n")
    first, second = (json.loads(line) for line in ran.stdout.splitlines())
    assert first == {
        "verdict": "block",
        "findings": [
            {
                "code": "L2",
                "span": [0, 5],
                "text": "がんばって",
                "reason": "はげます言葉は、重荷になることがあります",
                "softer": "そのままで大丈夫です。",
            }
        ],
    }
    assert second == {"verdict": "ok", "findings": []}
    assert ran.exit_code == 1


def test_a_kind_is_named_in_any_case_and_an_unknown_one_is_used_wrongly() -> None:
    assert RUN.invoke(app, ["lint", "--kind", "first", "はじめまして。"]).exit_code == 1
    assert RUN.invoke(app, ["lint", "--kind", "crisis_unstaffed", "あす読みます。"]).exit_code == 0
    assert RUN.invoke(app, ["lint", "--kind", "novel", "x"]).exit_code == 2
    assert RUN.invoke(app, ["lint"], input="\n").exit_code == 2
