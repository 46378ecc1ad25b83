"""Composition objects: texts, options, confirmation dialogs (limits: SLACK.md §2.1)."""

from typing import Any

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

IDENTIFIER = string(255)
URL = string(3000, pattern=r"[A-Za-z][A-Za-z0-9+.-]*:.+")


def plain(most: int, *, least: int = 1) -> Check:
    """A `plain_text` object."""
    return tagged({"plain_text": _text("plain_text", most, least)})


def either(most: int, *, least: int = 1) -> Check:
    """A `plain_text` or `mrkdwn` object."""
    return tagged(
        {"plain_text": _text("plain_text", most, least), "mrkdwn": _text("mrkdwn", most, least)}
    )


def _text(kind: str, most: int, least: int) -> Check:
    shape = {"type": choice(kind), "text": string(most, least=least)}
    extra = {"emoji": boolean} if kind == "plain_text" else {"verbatim": boolean}
    return thing(shape, extra)


CONFIRM = thing(
    {"text": either(300)},
    {
        "title": plain(100),
        "confirm": plain(30),
        "deny": plain(30),
        "style": choice("primary", "danger"),
    },
)

OPTION = thing(
    {"text": plain(75), "value": string(150)},
    {"description": plain(75), "url": URL},
)
"""An option of a select or overflow menu: plain text only."""

MARKED_OPTION = thing({"text": either(75), "value": string(150)}, {"description": either(75)})
"""An option of radio buttons or checkboxes: may be mrkdwn."""

OPTIONS = array(OPTION, most=100)
OPTION_GROUPS = array(thing({"label": plain(75), "options": OPTIONS}), most=100)

DISPATCH = thing(
    optional={
        "trigger_actions_on": array(
            choice("on_enter_pressed", "on_character_entered"), most=2, least=1
        )
    }
)

CONVERSATION_FILTER = thing(
    optional={
        "include": array(choice("im", "mpim", "private", "public"), most=4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    }
)


def offered(element: dict[str, Any]) -> list[dict[str, Any]]:
    """Every option an element offers, groups flattened."""
    flat = [o for o in element.get("options") or [] if isinstance(o, dict)]
    for group in element.get("option_groups") or []:
        if isinstance(group, dict):
            flat += [o for o in group.get("options") or [] if isinstance(o, dict)]
    return flat


def options_or_groups(value: Any, at: str, problems: Problems) -> None:
    """A static select gives either `options` or `option_groups`, never both or neither."""
    given = [name for name in ("options", "option_groups") if value.get(name) is not None]
    if not given:
        problems.append(Problem(at, "missing required field: options", "missing_field"))
    elif len(given) == 2:
        problems.append(Problem(at, "only one of options or option_groups may be given"))


def initial_is_offered(value: Any, at: str, problems: Problems) -> None:
    """What is chosen from the start must be one of the options, word for word."""
    options = offered(value)
    chosen = value.get("initial_options")
    if isinstance(value.get("initial_option"), dict):
        chosen = [value["initial_option"]]
    for option in chosen if isinstance(chosen, list) else []:
        same = any(
            o.get("value") == option.get("value")
            and (o.get("text") or {}).get("text") == (option.get("text") or {}).get("text")
            for o in options
        )
        if not same:
            name = "initial_option" if "initial_option" in value else "initial_options"
            problems.append(
                Problem(f"{at}/{name}", "option must match exactly one of the provided options")
            )
