"""Blocks and the surfaces that take them (limits: SLACK.md §2.1)."""

from typing import Any

from bots.practice.slack.block_kit.checks import (
    Check,
    Problem,
    Problems,
    anything,
    array,
    boolean,
    choice,
    integer,
    string,
    tagged,
    thing,
)
from bots.practice.slack.block_kit.elements import (
    BUTTON,
    IMAGE,
    IN_ACTIONS,
    IN_CONTEXT,
    IN_INPUT,
    IN_SECTION,
    SLACK_FILE,
)
from bots.practice.slack.block_kit.objects import IDENTIFIER, URL, either, plain
from bots.practice.slack.block_kit.rich_text import RICH_ELEMENTS


def _block(
    kind: str,
    required: dict[str, Check] | None = None,
    optional: dict[str, Check] | None = None,
    *,
    also: Check | None = None,
) -> Check:
    own: dict[str, Check] = {"block_id": IDENTIFIER}
    return thing({"type": choice(kind), **(required or {})}, {**own, **(optional or {})}, also=also)


def _says_something(value: Any, at: str, problems: Problems) -> None:
    if value.get("text") is None and value.get("fields") is None:
        problems.append(Problem(at, "missing required field: text", "missing_field"))


def _shows_something(value: Any, at: str, problems: Problems) -> None:
    if not any(value.get(name) for name in ("hero_image", "title", "actions", "body")):
        problems.append(Problem(at, "missing required field: title", "missing_field"))


def _distinct_actions(value: Any, at: str, problems: Problems) -> None:
    seen: set[str] = set()
    for position, element in enumerate(value.get("elements") or []):
        action_id = element.get("action_id")
        if action_id is None:
            continue
        if action_id in seen:
            problems.append(
                Problem(f"{at}/elements/{position}/action_id", f"`{action_id}` already exists")
            )
        seen.add(action_id)


_CELL = tagged(
    {
        "raw_text": thing({"type": choice("raw_text"), "text": string(3000, least=0)}),
        "raw_number": thing(
            {"type": choice("raw_number"), "value": anything}, {"text": string(255)}
        ),
        "rich_text": _block("rich_text", {"elements": RICH_ELEMENTS}),
    }
)
_IMAGE_BLOCK = _block(
    "image",
    {"alt_text": string(2000)},
    {"image_url": URL, "slack_file": SLACK_FILE, "title": plain(2000)},
)
_CARD = _block(
    "card",
    optional={
        "title": either(150),
        "subtitle": either(150),
        "body": either(200),
        "icon": IMAGE,
        "hero_image": IMAGE,
        "actions": array(tagged({"button": BUTTON}), most=3),
    },
    also=_shows_something,
)

EVERYWHERE: dict[str, Check] = {
    "section": _block(
        "section",
        optional={
            "text": either(3000),
            "fields": array(either(2000), most=10),
            "accessory": tagged(IN_SECTION),
            "expand": boolean,
        },
        also=_says_something,
    ),
    "header": _block("header", {"text": plain(150)}),
    "divider": _block("divider"),
    "context": _block("context", {"elements": array(tagged(IN_CONTEXT), most=10)}),
    "actions": _block(
        "actions", {"elements": array(tagged(IN_ACTIONS), most=25)}, also=_distinct_actions
    ),
    "input": _block(
        "input",
        {"label": plain(2000), "element": tagged(IN_INPUT)},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "image": _IMAGE_BLOCK,
    "rich_text": _block("rich_text", {"elements": RICH_ELEMENTS}),
    "video": _block(
        "video",
        {"alt_text": string(2000), "title": plain(200), "video_url": URL, "thumbnail_url": URL},
        {
            "author_name": string(50),
            "description": plain(200),
            "provider_icon_url": URL,
            "provider_name": string(255),
            "title_url": URL,
        },
    ),
    "card": _CARD,
    "carousel": _block("carousel", {"elements": array(tagged({"card": _CARD}), most=10)}),
}


_TABLE_ROWS = array(array(_CELL, most=20), most=100)
_TABLE = _block("table", {"rows": _TABLE_ROWS}, {"column_settings": array(anything, most=20)})
_FILE = _block("file", {"external_id": string(255), "source": choice("remote")})
_FOLDED = (
    "section",
    "header",
    "divider",
    "context",
    "actions",
    "input",
    "image",
    "rich_text",
    "video",
)
_CHILDREN: dict[str, Check] = {
    **{kind: EVERYWHERE[kind] for kind in _FOLDED},
    "file": _FILE,
    "table": _TABLE,
}
EVERYWHERE["container"] = _block(
    "container",
    {"child_blocks": array(tagged(_CHILDREN), most=10)},
    {
        "title": plain(150),
        "rich_text_title": EVERYWHERE["rich_text"],
        "subtitle": either(150),
        "icon": IMAGE,
        "width": string(255),
        "is_collapsible": boolean,
        "default_collapsed": boolean,
        "has_header_divider": boolean,
    },
)
IN_MESSAGES: dict[str, Check] = {
    **EVERYWHERE,
    "file": _FILE,
    "markdown": _block("markdown", {"text": string(12_000)}),
    "table": _TABLE,
    "data_table": _block(
        "data_table",
        {"caption": string(255), "rows": array(array(_CELL, most=20), most=101, least=2)},
        {"page_size": integer(least=1, most=100), "row_header_column_index": integer(least=0)},
    ),
}
IN_MODALS: dict[str, Check] = {
    **EVERYWHERE,
    "alert": _block(
        "alert",
        {"text": either(200)},
        {"level": choice("default", "info", "warning", "error", "success")},
    ),
}
