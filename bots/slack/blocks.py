"""Small typed builders of Block Kit, each within Slack's limits.

Lengths count code points (SLACK §2.1). What must be read exactly (`exact`) is never shortened
and never interpreted; everything else is cut with an ellipsis where it would not fit.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal

Json = dict[str, Any]

SECTION_MOST: Final = 3000
HEADER_MOST: Final = 150
BUTTON_MOST: Final = 75
TITLE_MOST: Final = 24
OPTIONS_MOST: Final = 100
CONTEXT_MOST: Final = 10
MODAL_BLOCKS: Final = 100
MESSAGE_BLOCKS: Final = 50
LABEL_MOST: Final = 2000
PLACEHOLDER_MOST: Final = 150
METADATA_MOST: Final = 3000
_MENTIONS: Final = re.compile(r"@(?=(?:channel|here|everyone)\b)")


def cut(text: str, most: int) -> str:
    """The text, or as much of it as fits, with an ellipsis."""
    return text if len(text) <= most else text[: most - 1] + "…"


def escape(text: str) -> str:
    """Text made harmless in mrkdwn: no links, no mentions, nobody is called."""
    harmless = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MENTIONS.sub("@\u200b", harmless)


def plain(text: str, most: int) -> Json:
    """A plain_text object; nothing in it is interpreted."""
    return {"type": "plain_text", "text": cut(text, most) or " ", "emoji": False}


def mrkdwn(text: str, most: int = SECTION_MOST) -> Json:
    """A mrkdwn object. The caller escapes what came from elsewhere."""
    return {"type": "mrkdwn", "text": cut(text, most) or " ", "verbatim": True}


def header(text: str) -> Json:
    """A heading."""
    return {"type": "header", "text": plain(text, HEADER_MOST)}


def section(text: str, *, accessory: Json | None = None, block_id: str | None = None) -> Json:
    """A paragraph in mrkdwn."""
    made: Json = {"type": "section", "text": mrkdwn(text)}
    if accessory is not None:
        made["accessory"] = accessory
    if block_id is not None:
        made["block_id"] = block_id
    return made


def plain_section(text: str, *, accessory: Json | None = None) -> Json:
    """A paragraph in which nothing is interpreted."""
    made: Json = {"type": "section", "text": plain(text, SECTION_MOST)}
    return made if accessory is None else made | {"accessory": accessory}


def exact(text: str) -> list[Json]:
    """Words to be read to the letter, in as many sections as they need."""
    pieces = [text[i : i + SECTION_MOST] for i in range(0, len(text), SECTION_MOST)]
    return [plain_section(piece) for piece in pieces or [" "]]


def context(*texts: str) -> Json:
    """Small print, one element each."""
    return {"type": "context", "elements": [mrkdwn(text, 2000) for text in texts[:CONTEXT_MOST]]}


def divider() -> Json:
    """A line."""
    return {"type": "divider"}


def button(
    text: str,
    action_id: str,
    *,
    value: str | None = None,
    url: str | None = None,
    style: Literal["primary", "danger"] | None = None,
    label: str | None = None,
    confirm: Json | None = None,
) -> Json:
    """A button; `label` is what a screen reader says in place of the text."""
    made: Json = {"type": "button", "text": plain(text, BUTTON_MOST), "action_id": action_id}
    optional: Json = {
        "value": value,
        "url": url,
        "style": style,
        "accessibility_label": None if label is None else cut(label, BUTTON_MOST),
        "confirm": confirm,
    }
    return made | {name: given for name, given in optional.items() if given is not None}


def confirm(*, title: str, text: str, yes: str, no: str) -> Json:
    """A question before what cannot be undone."""
    return {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def actions(*elements: Json, block_id: str | None = None) -> Json:
    """A row of buttons."""
    made: Json = {"type": "actions", "elements": list(elements)}
    return made if block_id is None else made | {"block_id": block_id}


def option(text: str, value: str) -> Json:
    """One choice of a select."""
    return {"text": plain(text, 75), "value": value[:150]}


def select(
    action_id: str, options: Sequence[Json], *, chosen: str | None = None, hint: str = ""
) -> Json:
    """A menu of at most 100 choices; `chosen` is the value that stands there first."""
    listed = list(options[:OPTIONS_MOST])
    made: Json = {"type": "static_select", "action_id": action_id, "options": listed}
    first = next((o for o in listed if o["value"] == chosen), None)
    if first is not None:
        made["initial_option"] = first
    if hint:
        made["placeholder"] = plain(hint, PLACEHOLDER_MOST)
    return made


def text_field(
    action_id: str,
    *,
    value: str = "",
    most: int,
    multiline: bool = False,
    hint: str = "",
) -> Json:
    """A text field for at most `most` characters."""
    made: Json = {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": multiline,
        "max_length": most,
    }
    if value:
        made["initial_value"] = value[:most]
    if hint:
        made["placeholder"] = plain(hint, PLACEHOLDER_MOST)
    return made


def day_field(action_id: str, *, value: str | None = None) -> Json:
    """A date, `2026-11-21`."""
    made: Json = {"type": "datepicker", "action_id": action_id}
    return made if not value else made | {"initial_date": value}


def time_field(action_id: str, *, value: str | None = None) -> Json:
    """A time of day, `10:30`."""
    made: Json = {"type": "timepicker", "action_id": action_id}
    return made if not value else made | {"initial_time": value}


def field(
    block_id: str, label: str, element: Json, *, hint: str = "", optional: bool = False
) -> Json:
    """An input of a modal."""
    made: Json = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, LABEL_MOST),
        "element": element,
        "optional": optional,
    }
    return made if not hint else made | {"hint": plain(hint, LABEL_MOST)}


def modal(
    title: str,
    blocks: Iterable[Json],
    *,
    callback_id: str,
    close: str,
    submit: str | None = None,
    metadata: str = "",
) -> Json:
    """A modal view. `metadata` holds opaque ids only."""
    made: Json = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, TITLE_MOST),
        "close": plain(close, TITLE_MOST),
        "blocks": list(blocks)[:MODAL_BLOCKS],
        "private_metadata": metadata,
    }
    return made if submit is None else made | {"submit": plain(submit, TITLE_MOST)}


def home(blocks: Iterable[Json]) -> Json:
    """A Home tab."""
    return {"type": "home", "blocks": list(blocks)[:MODAL_BLOCKS]}


def notice(title: str, text: str, *, close: str, more: Iterable[Json] = ()) -> Json:
    """A modal that only says something."""
    return modal(title, [section(escape(text)), *more], callback_id="notice", close=close)
