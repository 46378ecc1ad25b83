"""What an action may be (REF §Action objects; LINE.md §3.5), by the place it stands in.

The place decides the kinds, whether a label is needed and how long it may be: 20 characters on
quick replies, templates and rich menus, 12 on image carousels, 40 in flex.
"""

import re
from collections.abc import Mapping
from typing import Any

from .rules import Kinds, Of, Problems, Rule, Shape, Text

WEB = ("http", "https")
HTTPS = ("https",)

_FORMATS = {
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "time": re.compile(r"\d{2}:\d{2}"),
    "datetime": re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}"),
}


def _fill_in_needs_keyboard(action: Mapping[str, Any], where: str, problems: Problems) -> None:
    if "fillInText" in action and action.get("inputOption") != "openKeyboard":
        problems.invalid(f"{where}.fillInText")
    if "displayText" in action and "text" in action:
        problems.invalid(f"{where}.text")


def _picker_times_match_mode(action: Mapping[str, Any], where: str, problems: Problems) -> None:
    pattern = _FORMATS[action["mode"]]
    for name in ("initial", "max", "min"):
        if name in action and not pattern.fullmatch(action[name]):
            problems.invalid(f"{where}.{name}")


_DATA = Text(required=True, least=1, most=300)
_SPOKEN = Text(least=1, most=300, unit="grapheme")

_ALT_URI = Shape(fields={"desktop": Text(most=1000, schemes=WEB)})

_OWN: Mapping[str, Shape] = {
    "postback": Shape(
        fields={
            "data": _DATA,
            "displayText": _SPOKEN,
            "text": _SPOKEN,
            "inputOption": Text(
                choices=("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice")
            ),
            "fillInText": _SPOKEN,
        },
        also=(_fill_in_needs_keyboard,),
    ),
    "message": Shape(fields={"text": Text(required=True, least=1, most=300, unit="grapheme")}),
    "uri": Shape(
        fields={
            "uri": Text(
                required=True, least=1, most=1000, schemes=("http", "https", "line", "tel")
            ),
            "altUri": Of(shape=lambda: _ALT_URI),
        }
    ),
    "datetimepicker": Shape(
        fields={
            "data": _DATA,
            "mode": Text(required=True, choices=("date", "time", "datetime")),
            "initial": Text(),
            "max": Text(),
            "min": Text(),
        },
        also=(_picker_times_match_mode,),
    ),
    "clipboard": Shape(fields={"clipboardText": Text(required=True, least=1, most=1000)}),
    "richmenuswitch": Shape(
        fields={"richMenuAliasId": Text(required=True, least=1, most=32), "data": _DATA}
    ),
    "camera": Shape(fields={}),
    "cameraRoll": Shape(fields={}),
    "location": Shape(fields={}),
}

_EVERYWHERE = ("postback", "message", "uri", "datetimepicker", "clipboard")


def _actions(*kinds: str, label: Rule) -> Kinds:
    return Kinds(
        shapes={
            kind: Shape(
                fields={"type": Text(required=True), "label": label, **_OWN[kind].fields},
                also=_OWN[kind].also,
            )
            for kind in kinds
        }
    )


def _label(most: int, *, required: bool = False) -> Text:
    return Text(required=required, least=1, most=most, unit="grapheme")


QUICK_REPLY = _actions(
    *_EVERYWHERE, "camera", "cameraRoll", "location", label=_label(20, required=True)
)
TEMPLATE = _actions(*_EVERYWHERE, label=_label(20, required=True))
TEMPLATE_DEFAULT = _actions(*_EVERYWHERE, label=_label(20))
IMAGE_CAROUSEL = _actions(*_EVERYWHERE, label=_label(12))
FLEX_BUTTON = _actions(*_EVERYWHERE, label=_label(40, required=True))
FLEX = _actions(*_EVERYWHERE, label=_label(40))
RICH_MENU = _actions(*_EVERYWHERE, "richmenuswitch", label=_label(20))

__all__ = [
    "FLEX",
    "FLEX_BUTTON",
    "HTTPS",
    "IMAGE_CAROUSEL",
    "QUICK_REPLY",
    "RICH_MENU",
    "TEMPLATE",
    "TEMPLATE_DEFAULT",
    "WEB",
]
