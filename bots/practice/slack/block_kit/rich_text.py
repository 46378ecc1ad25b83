"""Rich text: what stands within a rich_text block (docs: rich text block)."""

from typing import Any

from bots.practice.slack.block_kit.checks import (
    Check,
    Problems,
    array,
    boolean,
    choice,
    integer,
    string,
    tagged,
    thing,
)
from bots.practice.slack.block_kit.objects import URL

_STYLE = thing(
    optional=dict.fromkeys(
        (
            "bold",
            "italic",
            "strike",
            "code",
            "underline",
            "highlight",
            "client_highlight",
            "unlink",
        ),
        boolean,
    )
)
_ID = string(255)


def _inline(kind: str, required: dict[str, Check], optional: dict[str, Check] | None = None) -> Any:
    return thing({"type": choice(kind), **required}, {"style": _STYLE, **(optional or {})})


INLINE: dict[str, Check] = {
    "text": _inline("text", {"text": string(40_000, least=0)}),
    "link": _inline("link", {"url": URL}, {"text": string(40_000), "unsafe": boolean}),
    "emoji": _inline("emoji", {"name": _ID}, {"unicode": _ID, "url": URL}),
    "user": _inline("user", {"user_id": _ID}),
    "usergroup": _inline("usergroup", {"usergroup_id": _ID}),
    "channel": _inline("channel", {"channel_id": _ID}),
    "team": _inline("team", {"team_id": _ID}),
    "broadcast": _inline("broadcast", {"range": choice("here", "channel", "everyone")}),
    "color": _inline("color", {"value": _ID}),
    "date": _inline(
        "date", {"timestamp": integer(), "format": _ID}, {"url": URL, "fallback": string(3000)}
    ),
}
_LINE = array(tagged(INLINE), most=1000, least=0)
_SECTION = thing({"type": choice("rich_text_section"), "elements": _LINE})
_BORDER = integer(least=0, most=1)
PARTS: dict[str, Check] = {
    "rich_text_section": _SECTION,
    "rich_text_list": thing(
        {
            "type": choice("rich_text_list"),
            "elements": array(tagged({"rich_text_section": _SECTION}), most=1000, least=0),
            "style": choice("bullet", "ordered"),
        },
        {"indent": integer(least=0, most=8), "border": _BORDER, "offset": integer(least=0)},
    ),
    "rich_text_quote": thing(
        {"type": choice("rich_text_quote"), "elements": _LINE}, {"border": _BORDER}
    ),
    "rich_text_preformatted": thing(
        {"type": choice("rich_text_preformatted"), "elements": _LINE},
        {"border": _BORDER, "language": _ID},
    ),
}
RICH_ELEMENTS: Check = array(tagged(PARTS), most=1000, least=0)


def rich_value(value: Any, at: str, problems: Problems) -> None:
    """A rich_text object as the first value of a field."""
    thing({"type": choice("rich_text"), "elements": RICH_ELEMENTS}, {"block_id": _ID})(
        value, at, problems
    )
