"""The emulator against the platform's own descriptions, where they are at hand.

So that it does not drift to suit our app (SLACK.md §4.1, 12).
"""

import json
from collections.abc import Callable
from typing import Any

import aiohttp
import jsonschema
import pytest

from bots.practice.slack import scopes
from bots.practice.slack.block_kit import check_blocks, check_modal
from bots.practice.slack.block_kit.blocks import IN_MESSAGES, IN_MODALS
from bots.practice.slack.block_kit.checks import Check, Thing
from bots.practice.slack.block_kit.elements import IN_ACTIONS, IN_INPUT, IN_SECTION
from bots.practice.slack.methods import METHODS
from tests.contracts_dir import contract
from tests.practice.slack.house import (
    BOT_TOKEN,
    button,
    field_block,
    modal,
    option,
    plain,
    section,
    workspace,
)
from tests.practice.slack.kit import BLOCKS, ELEMENTS, IMAGE, OPTIONS, holding

AGENTS = {"context_actions", "plan", "task_card", "feedback_buttons", "icon_button"}
"""Blocks and elements of the agent features, which the app does not use (SLACK.md §1.5)."""


def read(name: str) -> Any:
    """One contract file."""
    return json.loads(contract(f"slack/{name}").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def kit() -> Any:
    """The JSON Schema of Block Kit."""
    return read("block-kit.slack-types-3.2.0.schema.json")


def ours() -> dict[str, Check]:
    """Every block and element we know, by type; blocks win where a name is both."""
    return {**IN_SECTION, **IN_ACTIONS, **IN_INPUT, **IN_MESSAGES, **IN_MODALS}


def theirs(kit: Any) -> dict[str, Any]:
    """Every block and element of the schema, by type."""
    found = {}
    for name, shape in kit["definitions"].items():
        kind = shape.get("properties", {}).get("type", {}).get("const")
        parts_of_rich_text = name.startswith("RichText") and name not in (
            "RichTextBlock",
            "RichTextInput",
        )
        if kind and not parts_of_rich_text:
            found[kind] = shape
    return found


def test_every_block_and_element_of_slack_is_known(kit: Any) -> None:
    others = {"home", "modal", "plain_text", "mrkdwn", "raw_text", "raw_number", "url"}
    assert theirs(kit).keys() - ours().keys() == AGENTS | others


def test_members_are_those_of_slack(kit: Any) -> None:
    for kind, shape in theirs(kit).items():
        check = ours().get(kind)
        if not isinstance(check, Thing):
            continue
        assert {*check.required, *check.optional} == set(shape["properties"]), kind
        assert set(check.required) == set(shape["required"]), kind


@pytest.mark.parametrize("kind", [*BLOCKS, *ELEMENTS])
def test_what_is_taken_here_has_slacks_shape(kit: Any, kind: str) -> None:
    block = BLOCKS.get(kind) or holding(ELEMENTS[kind])
    any_block = {"$ref": "#/definitions/AnyBlock", "definitions": kit["definitions"]}
    jsonschema.Draft7Validator(any_block).validate(block)


def _text(n: int) -> Any:
    return plain("x" * n)


def _in_actions(**more: Any) -> Any:
    return {"type": "actions", "elements": [{**button("a", "a"), **more}]}


def _select(**more: Any) -> Any:
    return section("a", accessory={"type": "static_select", "action_id": "a", **more})


def _dividers(n: int) -> Any:
    return [{"type": "divider"}] * n


def _groups(n: int) -> Any:
    return [{"label": plain("g"), "options": OPTIONS}] * n


MESSAGE_LIMITS: dict[tuple[str, str], Callable[[int], Any]] = {
    ("ActionsBlock", "elements_max_length"): lambda n: {
        "type": "actions",
        "elements": [button("a", f"a{i}") for i in range(n)],
    },
    ("Block", "block_id_max_length"): lambda n: section("a", block_id="x" * n),
    ("CardBlock", "title_max_length"): lambda n: {"type": "card", "title": _text(n)},
    ("CardBlock", "subtitle_max_length"): lambda n: {
        "type": "card",
        "title": _text(1),
        "subtitle": _text(n),
    },
    ("CardBlock", "body_max_length"): lambda n: {"type": "card", "body": _text(n)},
    ("CarouselBlock", "elements_max_length"): lambda n: {
        "type": "carousel",
        "elements": [BLOCKS["card"]] * n,
    },
    ("ContainerBlock", "title_max_length"): lambda n: {
        **BLOCKS["container"],
        "title": _text(n),
    },
    ("ContainerBlock", "subtitle_max_length"): lambda n: {
        **BLOCKS["container"],
        "subtitle": _text(n),
    },
    ("ContainerBlock", "child_blocks_max_length"): lambda n: {
        **BLOCKS["container"],
        "child_blocks": _dividers(n),
    },
    ("ContextBlock", "elements_max_length"): lambda n: {
        "type": "context",
        "elements": [plain("a")] * n,
    },
    ("HeaderBlock", "text_max_length"): lambda n: {"type": "header", "text": _text(n)},
    ("ImageBlock", "alt_text_max_length"): lambda n: {**IMAGE, "alt_text": "x" * n},
    ("ImageBlock", "title_max_length"): lambda n: {**IMAGE, "title": _text(n)},
    ("ImageBlock", "image_url_max_length"): lambda n: {**IMAGE, "image_url": _url(n)},
    ("ImageElement", "alt_text_max_length"): lambda n: section(
        "a", accessory={**IMAGE, "alt_text": "x" * n}
    ),
    ("ImageElement", "image_url_max_length"): lambda n: section(
        "a", accessory={**IMAGE, "image_url": _url(n)}
    ),
    ("InputBlock", "label_max_length"): lambda n: {
        **field_block("a", ELEMENTS["users_select"]),
        "label": _text(n),
    },
    ("InputBlock", "hint_max_length"): lambda n: field_block(
        "a", ELEMENTS["users_select"], hint=_text(n)
    ),
    ("InputInteractiveElement", "placeholder_max_length"): lambda n: field_block(
        "a", {**ELEMENTS["users_select"], "placeholder": _text(n)}
    ),
    ("InteractiveElement", "action_id_max_length"): lambda n: _in_actions(action_id="x" * n),
    ("MarkdownBlock", "text_max_length"): lambda n: {"type": "markdown", "text": "x" * n},
    ("OverflowMenuElement", "options_max_length"): lambda n: section(
        "a", accessory={"type": "overflow", "action_id": "a", "options": _options(n)}
    ),
    ("SectionBlock", "fields_max_length"): lambda n: {
        "type": "section",
        "fields": [plain("a")] * n,
    },
    ("SectionBlock", "text_max_length"): lambda n: section("x" * n),
    ("VideoBlock", "title_max_length"): lambda n: {**BLOCKS["video"], "title": _text(n)},
    ("VideoBlock", "author_name_max_length"): lambda n: {
        **BLOCKS["video"],
        "author_name": "x" * n,
    },
    ("ButtonElement", "text_max_length"): lambda n: _in_actions(text=_text(n)),
    ("ButtonElement", "url_max_length"): lambda n: _in_actions(url=_url(n)),
    ("ButtonElement", "value_max_length"): lambda n: _in_actions(value="x" * n),
    ("ConfirmObject", "title_max_length"): lambda n: _sure(title=_text(n)),
    ("ConfirmObject", "text_max_length"): lambda n: _sure(text=_text(n)),
    ("ConfirmObject", "confirm_max_length"): lambda n: _sure(confirm=_text(n)),
    ("ConfirmObject", "deny_max_length"): lambda n: _sure(deny=_text(n)),
    ("Option", "label_max_length"): lambda n: _select(options=[option("x" * n, "a")]),
    ("Option", "value_max_length"): lambda n: _select(options=[option("a", "x" * n)]),
    ("OptionGroup", "label_max_length"): lambda n: _select(
        option_groups=[{"label": _text(n), "options": OPTIONS}]
    ),
    ("OptionGroup", "options_max_length"): lambda n: _select(
        option_groups=[{"label": plain("g"), "options": _options(n)}]
    ),
    **{
        (name, "options_max_length"): lambda n: _select(options=_options(n))
        for name in ("SelectElement", "StaticSelectElement")
    },
    **{
        (name, "option_groups_max_length"): lambda n: _select(option_groups=_groups(n))
        for name in ("SelectElement", "StaticSelectElement")
    },
    ("StaticMultiSelectElement", "options_max_length"): lambda n: _many(options=_options(n)),
    ("StaticMultiSelectElement", "option_groups_max_length"): lambda n: _many(
        option_groups=_groups(n)
    ),
}
VIEW_LIMITS: dict[tuple[str, str], Callable[[int], Any]] = {
    ("View", "title_max_length"): lambda n: modal("x" * n),
    ("View", "blocks_max_length"): lambda n: modal("a", *_dividers(n)),
    ("View", "close_max_length"): lambda n: modal("a", close=_text(n)),
    ("View", "submit_max_length"): lambda n: modal("a", submit=_text(n)),
    ("View", "private_metadata_max_length"): lambda n: modal("a", private_metadata="x" * n),
    ("View", "callback_id_max_length"): lambda n: modal("a", callback_id="x" * n),
}
ELSEWHERE = {
    ("OverflowMenuElement", "options_min_length"),
    ("ButtonElement", "agent_prompt_max_length"),
}
AGENT_CLASSES = {"AuthProviderBlock", "ContextActionsBlock", "FeedbackButtonObject"}


def _url(n: int) -> str:
    return "https://a.jp/" + "x" * (n - len("https://a.jp/"))


def _options(n: int) -> Any:
    return [option(f"o{i}", f"v{i}") for i in range(n)]


def _many(**more: Any) -> Any:
    return section("a", accessory={"type": "multi_static_select", "action_id": "a", **more})


def _sure(**more: Any) -> Any:
    confirm = {"title": plain("a"), "text": plain("a"), "confirm": plain("a"), "deny": plain("a")}
    return _in_actions(confirm={**confirm, **more})


def test_every_limit_of_the_sdk_is_slacks_limit_here() -> None:
    limits = read("slack_sdk-3.47.0.validator_limits.json")["limits"]
    for name, members in limits.items():
        for limit, most in members.items():
            if limit == "type" or name in AGENT_CLASSES or (name, limit) in ELSEWHERE:
                continue
            where = f"{name}.{limit}"
            if name == "View":
                build = VIEW_LIMITS[name, limit]
                assert check_modal(build(most)) == [], where
                assert check_modal(build(most + 1)) != [], where
            else:
                build = MESSAGE_LIMITS[name, limit]
                assert check_blocks([build(most)]) == [], where
                assert check_blocks([build(most + 1)]) != [], where


_JSON = {"files": "[]", "blocks": "[]", "attachments": "[]", "view": "{}", "metadata": "{}"}


@pytest.mark.parametrize("carriage", ["query_string", "form", "json_body"])
async def test_arguments_arrive_in_the_carriage_of_the_sdk_and_in_any_other(carriage: str) -> None:
    table = read("web_api_methods.slack_sdk-3.47.0.json")["methods"]
    async with workspace() as house, aiohttp.ClientSession() as session:
        for method in METHODS:
            entry = table[method]
            names = {*entry["required"], *entry["optional"]} - {"app_token", "error"}
            given = {name: _JSON.get(name, "1") for name in names}
            how = {"query_string": "params", "form": "data", "json_body": "json"}[carriage]
            sent: dict[str, Any] = {how: given, "headers": {"Authorization": f"Bearer {BOT_TOKEN}"}}
            verb = entry["http_verb"] if carriage == "query_string" else "POST"
            url = f"{house.slack.public_url}/api/{method}"
            async with session.request(verb, url, **sent) as response:
                assert response.status == 200, method
                assert isinstance((await response.json())["ok"], bool), method
            call = house.slack.record[-1]
            assert (call.method, set(call.args)) == (method, names)
            assert set(entry["args_carried_in"]) <= {"query_string", "json_body", "form"}, method


def test_scopes_are_those_of_the_method_pages() -> None:
    table = read("bot_methods_scopes_tiers.json")["methods"]
    for method in METHODS:
        if method not in table:
            assert method not in scopes.NEEDED, method
            continue
        listed = table[method]["bot_scopes"] or []
        needed = scopes.NEEDED.get(method)
        if needed is not None:
            assert needed in listed, method
        elif listed:
            assert method.startswith(("conversations.", "users.conversations")), method


def test_what_slack_requires_is_required_here() -> None:
    table = read("bot_methods_scopes_tiers.json")["methods"]
    for method, entry in table.items():
        if method in METHODS:
            assert set(entry["required"]) <= set(METHODS[method].required), method
