"""Block Kit is refused where Slack refuses it, and the pointer says where."""

from typing import Any

import pytest

from bots.practice.slack.block_kit import check_blocks, check_home, check_modal
from tests.practice.slack.house import actions, button, field_block, modal, option, plain, section
from tests.practice.slack.kit import BLOCKS, ELEMENTS, holding


@pytest.mark.parametrize("kind", [k for k in BLOCKS if k != "alert"])
def test_each_block_is_taken_in_a_message(kind: str) -> None:
    assert check_blocks([BLOCKS[kind]]) == []


@pytest.mark.parametrize("kind", ELEMENTS)
def test_each_element_is_taken_where_it_may_stand(kind: str) -> None:
    assert check_modal(modal("画面", holding(ELEMENTS[kind]))) == []


def test_an_alert_stands_in_modals_only() -> None:
    assert check_modal(modal("画面", BLOCKS["alert"])) == []
    assert lines(check_blocks([BLOCKS["alert"]])) == [
        "unsupported type: alert [json-pointer:/blocks/0/type]"
    ]


def test_a_file_input_stands_in_modals_only() -> None:
    (line,) = lines(check_blocks([holding(ELEMENTS["file_input"])]))
    assert line == "unsupported type: file_input [json-pointer:/blocks/0/element/type]"


@pytest.mark.parametrize("part", [*BLOCKS.values(), *ELEMENTS.values()], ids=lambda p: p["type"])
def test_a_member_slack_does_not_know_is_refused(part: dict[str, Any]) -> None:
    strange = {**part, "colour": "red"}
    whole = strange if part["type"] in BLOCKS else holding(strange)
    (line,) = lines(check_modal(modal("画面", whole)) or check_blocks([whole]))[:1]
    assert "colour" in line or "unsupported type" in line


@pytest.mark.parametrize(
    ("blocks", "line"),
    [
        ([{"type": "divider"}] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
        ([section("x" * 3001)], "must be less than 3001 characters"),
        ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        ([{"type": "section"}], "missing required field: text [json-pointer:/blocks/0]"),
        ([{"text": "x"}], "missing required field: type [json-pointer:/blocks/0]"),
        (["x"], "must provide an object [json-pointer:/blocks/0]"),
        ([actions(button("a", "x"), button("b", "x"))], "`x` already exists"),
        ([section("a", block_id="b"), section("c", block_id="b")], "already exists"),
        ([BLOCKS["table"], BLOCKS["table"]], "only one table block allowed"),
        ([{"type": "markdown", "text": "x" * 7000}] * 2, "markdown blocks exceed"),
        ([actions(button("a", "x", url="nowhere"))], "must be a valid value"),
        ([section("a", accessory=ELEMENTS["plain_text_input"])], "unsupported type"),
        ([section("a", accessory=button("", "x"))], "must be more than 0 characters"),
    ],
)
def test_a_message_is_refused_with_a_pointer(blocks: list[Any], line: str) -> None:
    assert any(line in said for said in lines(check_blocks(blocks)))


@pytest.mark.parametrize(
    ("view", "line"),
    [
        (modal("x" * 25), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (modal("a", submit=plain("x" * 25)), "[json-pointer:/view/submit/text]"),
        (modal("a", close=plain("x" * 25)), "[json-pointer:/view/close/text]"),
        (modal("a", private_metadata="x" * 3001), "[json-pointer:/view/private_metadata]"),
        (modal("a", *[{"type": "divider"}] * 101), "no more than 100 items allowed"),
        (modal("a", BLOCKS["input"], submit=None), "missing required field: submit"),
        (modal("a", BLOCKS["markdown"]), "unsupported type: markdown"),
        ({"type": "modal", "blocks": []}, "missing required field: title"),
        (modal("a", colour="red"), "invalid additional property: colour"),
        (
            modal(
                "a",
                field_block("b", {"type": "plain_text_input", "min_length": 9, "max_length": 2}),
            ),
            "must be less than or equal to max_length",
        ),
        (
            modal(
                "a",
                *[
                    field_block("b", {"type": "plain_text_input", "focus_on_load": True})
                    for _ in range(2)
                ],
            ),
            "only one element may have focus_on_load",
        ),
    ],
)
def test_a_modal_is_refused_with_a_pointer(view: Any, line: str) -> None:
    assert any(line in said for said in lines(check_modal(view)))


@pytest.mark.parametrize(
    ("element", "line"),
    [
        ({"options": []}, "no fewer than 1 items required"),
        ({"options": [option("a", "a")] * 101}, "no more than 100 items allowed"),
        ({}, "missing required field: options"),
        ({"options": [option("a" * 76, "a")]}, "must be less than 76 characters"),
        ({"options": [option("a", "a" * 151)]}, "must be less than 151 characters"),
        (
            {"options": [option("a", "a")], "initial_option": option("b", "b")},
            "option must match exactly one of the provided options",
        ),
        (
            {"options": [option("a", "a")], "option_groups": []},
            "only one of options or option_groups may be given",
        ),
    ],
)
def test_a_menu_is_refused_with_a_pointer(element: Any, line: str) -> None:
    menu = {"type": "static_select", "action_id": "m", **element}
    assert any(line in said for said in lines(check_blocks([section("a", accessory=menu)])))


def test_home_takes_neither_title_nor_submit() -> None:
    home = {"type": "home", "blocks": [], "title": plain("a")}
    assert lines(check_home(home)) == ["invalid additional property: title [json-pointer:/view]"]


def lines(problems: list[Any]) -> list[str]:
    """The findings as Slack prints them."""
    return [p.line() for p in problems]
