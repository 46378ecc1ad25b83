"""Stateful elements: what each keeps in `state.values` and how a person's value is read."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bots.practice.refusals import NotPossible
from bots.practice.slack.block_kit.objects import offered
from bots.practice.slack.model import Json, StateValues

JST = ZoneInfo("Asia/Tokyo")

_SINGLE = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
_MANY = {
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", "initial_files"),
}
TYPED = frozenset(
    {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"}
)


def value_member(kind: str) -> str | None:
    """The member of the state under which this kind of element keeps its value."""
    found = _SINGLE.get(kind) or _MANY.get(kind)
    return found[0] if found else None


def untouched(element: Json) -> Json:
    """The state of an element nobody has used: its initial value, else null or []."""
    kind = element["type"]
    if kind in _SINGLE:
        member, initial = _SINGLE[kind]
        state = {"type": kind, member: element.get(initial)}
    else:
        member, initial = _MANY[kind]
        state = {"type": kind, member: list(element.get(initial) or [])}
    if kind == "timepicker" and element.get("timezone"):
        state["timezone"] = element["timezone"]
    return state


def elements_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with the block it stands in, in reading order."""
    for block in blocks:
        kind = block.get("type")
        if kind == "section" and isinstance(block.get("accessory"), dict):
            if block["accessory"].get("type") != "image":
                yield block, block["accessory"]
        elif kind == "actions":
            for element in block["elements"]:
                yield block, element
        elif kind == "input":
            yield block, block["element"]
        elif kind == "card":
            for element in block.get("actions") or []:
                yield block, element
        elif kind == "carousel":
            yield from elements_of(block["elements"])
        elif kind == "container":
            yield from elements_of(block["child_blocks"])


def state_of(blocks: list[Json], *, kept: StateValues | None = None) -> StateValues:
    """`state.values` of all stateful elements.

    Values in `kept` survive where block id, action id and type are still the same: that is how
    `views.update` keeps what someone has typed (SLACK.md §2.1).
    """
    values: StateValues = {}
    for block, element in elements_of(blocks):
        if value_member(element["type"]) is None:
            continue
        old = (kept or {}).get(block["block_id"], {}).get(element["action_id"])
        same = old is not None and old.get("type") == element["type"]
        state = old if same and old is not None else untouched(element)
        values.setdefault(block["block_id"], {})[element["action_id"]] = state
    return values


def picked(element: Json, wanted: Any, *, options: list[Json] | None = None) -> Json:
    """The state after a person has put `wanted` into an element.

    Options are named by their visible text; people and channels come as ids already; dates as
    `YYYY-MM-DD`, times as `HH:MM`, date-times as ISO 8601 (JST where no zone is given).

    Raises:
        NotPossible: an option of that name is not offered.
    """
    kind = element["type"]
    member = value_member(kind)
    if member is None:
        raise NotPossible("ここには値を入れられません。")
    if kind == "file_input" and wanted:
        raise NotPossible("練習ではファイルを添付できません。")
    state = untouched(element)
    pool = options if options is not None else offered(element)
    if member == "selected_option":
        state[member] = None if wanted is None else option_named(pool, str(wanted))
    elif member == "selected_options":
        state[member] = [option_named(pool, str(w)) for w in _listed(wanted)]
    elif kind in _MANY:
        state[member] = _listed(wanted)
    elif kind == "datetimepicker":
        state[member] = None if wanted is None else _unix(wanted)
    elif kind == "rich_text_input":
        state[member] = None if not wanted else _rich(str(wanted))
    else:
        state[member] = None if wanted in (None, "") else str(wanted)
    return state


def option_named(options: list[Json], label: str) -> Json:
    """The option with this visible text, or the only one whose text begins so."""
    for option in options:
        if option["text"]["text"] == label:
            return option
    begun = [option for option in options if label and option["text"]["text"].startswith(label)]
    if len(begun) == 1:
        return begun[0]
    shown = tuple(option["text"]["text"] for option in options)
    raise NotPossible(f"「{label}」という選択肢はありません。", labels=shown)


def is_empty(state: Json) -> bool:
    """Whether the element holds no value."""
    member = value_member(state["type"])
    value = state.get(member or "")
    return value is None or value == []


def _listed(wanted: Any) -> list[Any]:
    if wanted is None:
        return []
    return list(wanted) if isinstance(wanted, list | tuple) else [wanted]


def _unix(wanted: Any) -> int:
    if isinstance(wanted, int):
        return wanted
    at = wanted if isinstance(wanted, datetime) else datetime.fromisoformat(str(wanted))
    return int((at if at.tzinfo else at.replace(tzinfo=JST)).timestamp())


def _rich(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}
