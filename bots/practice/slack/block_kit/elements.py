"""Interactive elements and where each may stand (limits: SLACK.md §2.1)."""

from typing import Any

from bots.practice.slack.block_kit.checks import (
    Check,
    Problem,
    Problems,
    anything,
    array,
    boolean,
    choice,
    every,
    integer,
    string,
    thing,
)
from bots.practice.slack.block_kit.objects import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH,
    IDENTIFIER,
    MARKED_OPTION,
    OPTION,
    OPTION_GROUPS,
    OPTIONS,
    URL,
    either,
    initial_is_offered,
    options_or_groups,
    plain,
)
from bots.practice.slack.block_kit.rich_text import rich_value

DATE = string(10, pattern=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
TIME = string(5, pattern=r"([01]\d|2[0-3]):[0-5]\d")
LABEL = string(75)


def _element(
    kind: str,
    required: dict[str, Check] | None = None,
    optional: dict[str, Check] | None = None,
    *,
    also: Check | None = None,
) -> Check:
    shared: dict[str, Check] = {"action_id": IDENTIFIER}
    return thing(
        {"type": choice(kind), **(required or {})}, {**shared, **(optional or {})}, also=also
    )


def _lengths_agree(value: Any, at: str, problems: Problems) -> None:
    least, most = value.get("min_length"), value.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        problems.append(Problem(f"{at}/min_length", "must be less than or equal to max_length"))


_FOCUS: dict[str, Check] = {"focus_on_load": boolean}
_HINTED: dict[str, Check] = {"placeholder": plain(150), **_FOCUS}
_SURE: dict[str, Check] = {"confirm": CONFIRM}
_MENU: dict[str, Check] = {**_HINTED, **_SURE}
_MANY: dict[str, Check] = {**_MENU, "max_selected_items": integer(least=1)}
_REPLYING: dict[str, Check] = {"response_url_enabled": boolean}
_TYPED: dict[str, Check] = {**_HINTED, "dispatch_action_config": DISPATCH}
_STATIC: dict[str, Check] = {"options": OPTIONS, "option_groups": OPTION_GROUPS}
_IDS = array(string(255), most=100, least=0)

BUTTON = _element(
    "button",
    {"text": plain(75)},
    {
        **_SURE,
        "url": URL,
        "value": string(2000, least=0),
        "style": choice("primary", "danger"),
        "accessibility_label": LABEL,
    },
)
CHECKBOXES = _element(
    "checkboxes",
    {"options": array(MARKED_OPTION, most=10)},
    {**_SURE, **_FOCUS, "initial_options": array(MARKED_OPTION, most=10)},
    also=initial_is_offered,
)
RADIO = _element(
    "radio_buttons",
    {"options": array(MARKED_OPTION, most=10)},
    {**_SURE, **_FOCUS, "initial_option": MARKED_OPTION},
    also=initial_is_offered,
)
OVERFLOW = _element("overflow", {"options": array(OPTION, most=5)}, _SURE)
DATEPICKER = _element("datepicker", optional={**_MENU, "initial_date": DATE})
TIMEPICKER = _element(
    "timepicker", optional={**_MENU, "initial_time": TIME, "timezone": string(255)}
)
DATETIMEPICKER = _element(
    "datetimepicker",
    optional={**_SURE, **_FOCUS, "initial_date_time": integer(least=1_000_000_000)},
)
SLACK_FILE = thing(optional={"id": string(255), "url": URL})
IMAGE = thing(
    {"type": choice("image"), "alt_text": string(2000)},
    {"image_url": URL, "slack_file": SLACK_FILE},
    also=lambda value, at, problems: _one_source(value, at, problems),
)
_STATIC_RULES = every(options_or_groups, initial_is_offered)

SELECTS: dict[str, Check] = {
    "static_select": _element(
        "static_select",
        optional={**_MENU, **_STATIC, "initial_option": OPTION},
        also=_STATIC_RULES,
    ),
    "external_select": _element(
        "external_select",
        optional={**_MENU, "initial_option": OPTION, "min_query_length": integer(least=0)},
    ),
    "users_select": _element("users_select", optional={**_MENU, "initial_user": string(255)}),
    "conversations_select": _element(
        "conversations_select",
        optional={
            **_MENU,
            **_REPLYING,
            "initial_conversation": string(255),
            "default_to_current_conversation": boolean,
            "filter": CONVERSATION_FILTER,
        },
    ),
    "channels_select": _element(
        "channels_select", optional={**_MENU, **_REPLYING, "initial_channel": string(255)}
    ),
}
MULTI_SELECTS: dict[str, Check] = {
    "multi_static_select": _element(
        "multi_static_select",
        optional={**_MANY, **_STATIC, "initial_options": OPTIONS},
        also=_STATIC_RULES,
    ),
    "multi_external_select": _element(
        "multi_external_select",
        optional={**_MANY, "initial_options": OPTIONS, "min_query_length": integer(least=0)},
    ),
    "multi_users_select": _element("multi_users_select", optional={**_MANY, "initial_users": _IDS}),
    "multi_conversations_select": _element(
        "multi_conversations_select",
        optional={
            **_MANY,
            "initial_conversations": _IDS,
            "default_to_current_conversation": boolean,
            "filter": CONVERSATION_FILTER,
        },
    ),
    "multi_channels_select": _element(
        "multi_channels_select", optional={**_MANY, "initial_channels": _IDS}
    ),
}
RICH_TEXT_INPUT = _element(
    "rich_text_input",
    optional={
        **_TYPED,
        "initial_value": rich_value,
        "min_lines": integer(least=1),
        "max_lines": integer(least=1),
    },
)
TYPED: dict[str, Check] = {
    "plain_text_input": _element(
        "plain_text_input",
        optional={
            **_TYPED,
            "multiline": boolean,
            "initial_value": string(3000, least=0),
            "min_length": integer(least=0, most=3000),
            "max_length": integer(least=1, most=3000),
        },
        also=_lengths_agree,
    ),
    "email_text_input": _element(
        "email_text_input", optional={**_TYPED, "initial_value": string(3000)}
    ),
    "url_text_input": _element("url_text_input", optional={**_TYPED, "initial_value": URL}),
    "number_input": _element(
        "number_input",
        {"is_decimal_allowed": boolean},
        {
            **_TYPED,
            "initial_value": string(255),
            "min_value": string(255),
            "max_value": string(255),
        },
    ),
    "rich_text_input": RICH_TEXT_INPUT,
}
FILE_INPUT = _element(
    "file_input",
    optional={
        "filetypes": array(string(255), most=100),
        "max_files": integer(least=1, most=10),
    },
)
WORKFLOW_BUTTON = _element(
    "workflow_button",
    {"text": plain(75), "workflow": anything},
    {**_SURE, "style": choice("primary", "danger"), "accessibility_label": LABEL},
)
_PICKERS: dict[str, Check] = {
    "checkboxes": CHECKBOXES,
    "radio_buttons": RADIO,
    "datepicker": DATEPICKER,
    "timepicker": TIMEPICKER,
    **SELECTS,
    **MULTI_SELECTS,
}
IN_SECTION: dict[str, Check] = {
    "button": BUTTON,
    "overflow": OVERFLOW,
    "image": IMAGE,
    "workflow_button": WORKFLOW_BUTTON,
    **_PICKERS,
}
IN_ACTIONS: dict[str, Check] = {
    "button": BUTTON,
    "overflow": OVERFLOW,
    "datetimepicker": DATETIMEPICKER,
    "rich_text_input": RICH_TEXT_INPUT,
    "workflow_button": WORKFLOW_BUTTON,
    **_PICKERS,
}
IN_INPUT: dict[str, Check] = {
    "datetimepicker": DATETIMEPICKER,
    "file_input": FILE_INPUT,
    **TYPED,
    **_PICKERS,
}
IN_CONTEXT: dict[str, Check] = {
    "image": IMAGE,
    "plain_text": either(3000),
    "mrkdwn": either(3000),
}


def _one_source(value: Any, at: str, problems: Problems) -> None:
    if value.get("image_url") is None and value.get("slack_file") is None:
        problems.append(Problem(at, "missing required field: image_url", "missing_field"))
