"""One valid example of every block and element the emulator takes."""

from typing import Any

from tests.practice.slack.house import button, field_block, option, plain, section

OPTIONS = [option("訪問", "visit"), option("電話", "call")]
CONFIRM = {
    "title": plain("送りますか"),
    "text": {"type": "mrkdwn", "text": "取り消せません"},
    "confirm": plain("送る"),
    "deny": plain("やめる"),
}
IMAGE = {"type": "image", "image_url": "https://example.jp/a.png", "alt_text": "地図"}
CELL = {"type": "raw_text", "text": "A-12"}
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "はい"}]}],
}

ELEMENTS: dict[str, dict[str, Any]] = {
    "button": button("開く", "open", value="1", style="primary", confirm=CONFIRM),
    "checkboxes": {"type": "checkboxes", "action_id": "a", "options": OPTIONS},
    "radio_buttons": {"type": "radio_buttons", "action_id": "a", "options": OPTIONS},
    "overflow": {"type": "overflow", "action_id": "a", "options": OPTIONS},
    "datepicker": {"type": "datepicker", "action_id": "a", "initial_date": "2026-11-24"},
    "timepicker": {"type": "timepicker", "action_id": "a", "initial_time": "09:30"},
    "datetimepicker": {
        "type": "datetimepicker",
        "action_id": "a",
        "initial_date_time": 1_795_000_000,
    },
    "static_select": {
        "type": "static_select",
        "action_id": "a",
        "placeholder": plain("選ぶ"),
        "options": OPTIONS,
        "initial_option": OPTIONS[0],
    },
    "external_select": {"type": "external_select", "action_id": "a", "min_query_length": 1},
    "users_select": {"type": "users_select", "action_id": "a"},
    "conversations_select": {
        "type": "conversations_select",
        "action_id": "a",
        "filter": {"include": ["private"]},
    },
    "channels_select": {"type": "channels_select", "action_id": "a"},
    "multi_static_select": {"type": "multi_static_select", "action_id": "a", "options": OPTIONS},
    "multi_external_select": {"type": "multi_external_select", "action_id": "a"},
    "multi_users_select": {"type": "multi_users_select", "action_id": "a"},
    "multi_conversations_select": {"type": "multi_conversations_select", "action_id": "a"},
    "multi_channels_select": {"type": "multi_channels_select", "action_id": "a"},
    "plain_text_input": {"type": "plain_text_input", "action_id": "a", "multiline": True},
    "email_text_input": {"type": "email_text_input", "action_id": "a"},
    "url_text_input": {"type": "url_text_input", "action_id": "a"},
    "number_input": {"type": "number_input", "action_id": "a", "is_decimal_allowed": False},
    "rich_text_input": {"type": "rich_text_input", "action_id": "a"},
    "file_input": {"type": "file_input", "action_id": "a", "max_files": 1},
    "workflow_button": {
        "type": "workflow_button",
        "action_id": "a",
        "text": plain("始める"),
        "workflow": {"trigger": {"url": "https://slack.com/shortcuts/Ft0/1"}},
    },
}
CARD = {
    "type": "card",
    "title": {"type": "mrkdwn", "text": "A-12"},
    "actions": [button("開く", "o")],
}
BLOCKS: dict[str, dict[str, Any]] = {
    "section": section("A-12", accessory=ELEMENTS["static_select"]),
    "header": {"type": "header", "text": plain("今日の予定")},
    "divider": {"type": "divider"},
    "context": {"type": "context", "elements": [IMAGE, {"type": "mrkdwn", "text": "14:05"}]},
    "actions": {"type": "actions", "elements": [ELEMENTS["button"]]},
    "input": field_block("本文", ELEMENTS["plain_text_input"], hint=plain("短く")),
    "image": {**IMAGE, "title": plain("地図")},
    "rich_text": RICH,
    "video": {
        "type": "video",
        "alt_text": "手話",
        "title": plain("手話"),
        "video_url": "https://example.jp/v",
        "thumbnail_url": "https://example.jp/t.png",
    },
    "card": CARD,
    "carousel": {"type": "carousel", "elements": [CARD]},
    "container": {"type": "container", "title": plain("A-12"), "child_blocks": [section("a")]},
    "file": {"type": "file", "external_id": "x", "source": "remote"},
    "markdown": {"type": "markdown", "text": "# A-12"},
    "table": {"type": "table", "rows": [[CELL]]},
    "data_table": {"type": "data_table", "caption": "一覧", "rows": [[CELL], [CELL]]},
    "alert": {"type": "alert", "text": plain("承認が要ります"), "level": "warning"},
}


def holding(element: dict[str, Any]) -> dict[str, Any]:
    """A block in which this kind of element may stand."""
    kind = element["type"]
    if kind in ("button", "overflow", "workflow_button"):
        return {"type": "actions", "elements": [element]}
    return field_block("見出し", element)
