"""What Slack's own client refuses to send: empty required fields, wrong lengths and formats."""

import re
from typing import Any

from bots.practice.slack.elements import is_empty
from bots.practice.slack.model import Json, StateValues


def mistakes(blocks: list[Json], values: StateValues) -> dict[str, str]:
    """What the client would print under each input, by block id; empty when it would send."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = values[block["block_id"]][element["action_id"]]
        if is_empty(state):
            if not block.get("optional"):
                found[block["block_id"]] = "この項目は必須です。"
            continue
        said = _mistake(element, state)
        if said is not None:
            found[block["block_id"]] = said
    return found


def _mistake(element: Json, state: Json) -> str | None:
    kind = element["type"]
    value: Any = state.get("value")
    if kind == "plain_text_input":
        least, most = element.get("min_length", 0), element.get("max_length", 3000)
        if len(value) < least:
            return f"{least}文字以上で入力してください。"
        if len(value) > most:
            return f"{most}文字以内で入力してください。"
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        return "メールアドレスを入力してください。"
    if kind == "url_text_input" and not re.fullmatch(r"https?://\S+", value):
        return "URL を入力してください。"
    if kind == "number_input":
        return _number_mistake(element, value)
    chosen = state.get("selected_options") or state.get("selected_users") or []
    most_items = element.get("max_selected_items")
    if most_items and len(chosen) > most_items:
        return f"{most_items}件まで選べます。"
    return None


def _number_mistake(element: Json, value: str) -> str | None:
    pattern = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, value):
        return "数字を入力してください。"
    if element.get("min_value") is not None and float(value) < float(element["min_value"]):
        return f"{element['min_value']}以上の数字を入力してください。"
    if element.get("max_value") is not None and float(value) > float(element["max_value"]):
        return f"{element['max_value']}以下の数字を入力してください。"
    return None
