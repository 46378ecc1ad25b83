"""Messages, modals and Home: what is checked as a whole, and the ids Slack fills in."""

from collections.abc import Callable
from typing import Any

from bots.practice.slack.block_kit.blocks import EVERYWHERE, IN_MESSAGES, IN_MODALS
from bots.practice.slack.block_kit.checks import (
    Check,
    Problem,
    Problems,
    array,
    boolean,
    choice,
    string,
    tagged,
    thing,
)
from bots.practice.slack.block_kit.objects import plain

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MARKDOWN_TOTAL = 12_000
TEXT_TOTAL = 13_000
"""Sum of all block text from which Slack says `msg_blocks_too_long` (SLACK.md §2.1)."""


def check_blocks(blocks: Any, *, at: str = "/blocks") -> Problems:
    """What is wrong with the blocks of a message; empty when Slack would take them."""
    problems: Problems = []
    array(tagged(IN_MESSAGES), most=MESSAGE_BLOCKS, least=0)(blocks, at, problems)
    if not problems:
        _distinct_block_ids(blocks, at, problems)
        _one_table(blocks, at, problems)
        for position, block in enumerate(blocks):
            if (block.get("element") or {}).get("type") == "file_input":
                problems.append(
                    Problem(f"{at}/{position}/element/type", "unsupported type: file_input")
                )
    return problems


def check_modal(view: Any, *, at: str = "/view") -> Problems:
    """What is wrong with a modal view."""
    problems: Problems = []
    _MODAL(view, at, problems)
    if not problems:
        blocks = view["blocks"]
        _distinct_block_ids(blocks, f"{at}/blocks", problems)
        _one_focus(blocks, at, problems)
        has_input = any(b["type"] == "input" for b in blocks)
        if has_input and not view.get("submit"):
            problems.append(Problem(at, "missing required field: submit", "missing_field"))
    return problems


def check_home(view: Any, *, at: str = "/view") -> Problems:
    """What is wrong with a Home view."""
    problems: Problems = []
    _HOME(view, at, problems)
    if not problems:
        _distinct_block_ids(view["blocks"], f"{at}/blocks", problems)
    return problems


def named_blocks(blocks: list[dict[str, Any]], *, name: Callable[[], str]) -> list[dict[str, Any]]:
    """A copy as Slack stores it: ids given to what has none, defaults of texts filled in."""
    stored: list[dict[str, Any]] = _without_nulls(blocks)
    for block in stored:
        block.setdefault("block_id", name())
        for element in _interactive(block):
            element.setdefault("action_id", name())
        for child in block.get("child_blocks") or []:
            child.setdefault("block_id", name())
            for element in _interactive(child):
                element.setdefault("action_id", name())
        _fill_texts(block)
    return stored


def _without_nulls(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _without_nulls(v) for name, v in part.items() if v is not None}
    return [_without_nulls(v) for v in part] if isinstance(part, list) else part


def block_text(block: Any) -> int:
    """How many characters of text a block holds, all its texts together."""
    if isinstance(block, dict):
        own = block.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(
            block_text(v) for v in block.values() if isinstance(v, dict | list)
        )
    if isinstance(block, list):
        return sum(block_text(entry) for entry in block)
    return 0


def _interactive(block: dict[str, Any]) -> list[dict[str, Any]]:
    found = [block.get("accessory"), block.get("element")]
    found += block.get("elements") or [] if block.get("type") == "actions" else []
    found += block.get("actions") or [] if block.get("type") == "card" else []
    return [e for e in found if isinstance(e, dict) and e.get("type") != "image"]


def _fill_texts(part: Any) -> None:
    if isinstance(part, list):
        for entry in part:
            _fill_texts(entry)
    elif isinstance(part, dict):
        if part.get("type") == "plain_text" and isinstance(part.get("text"), str):
            part.setdefault("emoji", True)
        elif part.get("type") == "mrkdwn" and isinstance(part.get("text"), str):
            part.setdefault("verbatim", False)
        for value in part.values():
            _fill_texts(value)


def _distinct_block_ids(blocks: list[Any], at: str, problems: Problems) -> None:
    seen: set[str] = set()
    for position, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id is None:
            continue
        if block_id in seen:
            problems.append(
                Problem(f"{at}/{position}/block_id", f"`block_id` {block_id} already exists")
            )
        seen.add(block_id)


def _one_table(blocks: list[Any], at: str, problems: Problems) -> None:
    kinds = [b["type"] for b in blocks]
    for kind in ("table", "data_table"):
        if kinds.count(kind) > 1:
            problems.append(Problem(at, f"only one {kind} block allowed"))
    markdown = [b["text"] for b in blocks if b["type"] == "markdown"]
    if sum(map(len, markdown)) > MARKDOWN_TOTAL:
        problems.append(Problem(at, f"markdown blocks exceed {MARKDOWN_TOTAL} characters"))


def _one_focus(blocks: list[Any], at: str, problems: Problems) -> None:
    focused = [e for b in blocks for e in _interactive(b) if e.get("focus_on_load") is True]
    if len(focused) > 1:
        problems.append(Problem(at, "only one element may have focus_on_load"))


_OWN: dict[str, Check] = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}
_MODAL = thing(
    {
        "type": choice("modal"),
        "title": plain(24),
        "blocks": array(tagged(IN_MODALS), most=VIEW_BLOCKS, least=0),
    },
    {
        **_OWN,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_HOME = thing(
    {"type": choice("home"), "blocks": array(tagged(EVERYWHERE), most=VIEW_BLOCKS, least=0)},
    dict(_OWN),
)
