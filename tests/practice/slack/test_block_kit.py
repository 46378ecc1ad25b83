"""Block Kit is refused where Slack refuses it, and the pointer says where."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.practice.slack.block_kit import check_blocks, check_home, check_modal, named_blocks
from bots.practice.slack.elements import state_of
from bots.practice.slack.rendering import block_texts
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
            {
                "options": [option("a", "a")],
                "option_groups": [{"label": plain("g"), "options": [option("a", "a")]}],
            },
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


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def places(part: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path into a JSON value."""
    found = [path]
    if isinstance(part, dict | list):
        inner = part.items() if isinstance(part, dict) else enumerate(part)
        for key, value in inner:
            found += places(value, (*path, key))
    return found


def changed(part: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy of a JSON value with another value at the path."""
    if not path:
        return value
    copy = dict(part) if isinstance(part, dict) else list(part)
    copy[path[0]] = changed(copy[path[0]], path[1:], value)
    return copy


WHOLE = [*BLOCKS.values(), *(holding(e) for e in ELEMENTS.values())]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_whatever_is_sent_is_judged_and_never_breaks_the_judge(data: st.DataObject) -> None:
    block = data.draw(st.sampled_from(WHOLE))
    path = data.draw(st.sampled_from(places(block)))
    broken = changed(block, path, data.draw(JSON))
    problems = check_blocks([broken])
    for problem in problems + check_modal(modal("a", broken)):
        assert problem.pointer.startswith("/") and problem.message
    if not problems:
        stored = named_blocks([broken], name=lambda: "b")
        assert all(isinstance(block_texts(b, names=str), list) for b in stored)
        assert state_of(stored) is not None
