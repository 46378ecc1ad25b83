"""What a flex message may hold (REF §Flex Message; LINE.md §3.5)."""

import json
import re
from collections.abc import Mapping
from typing import Any

from . import action_shapes as actions
from .rules import Flag, Items, Kinds, Number, Of, Problems, Rule, Shape, Text

BUBBLE_BYTES = 30 * 1024
CAROUSEL_BYTES = 50 * 1024

_COLOUR = Text(pattern=re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})"))
_SPACE = Text(pattern=re.compile(r"none|xs|sm|md|lg|xl|xxl|\d+(?:\.\d+)?px"))
_SPACE_OR_SHARE = Text(pattern=re.compile(r"none|xs|sm|md|lg|xl|xxl|\d+(?:\.\d+)?(?:px|%)"))
_OFFSET = Text(pattern=re.compile(r"none|xs|sm|md|lg|xl|xxl|-?\d+(?:\.\d+)?(?:px|%)"))
_MEASURE = Text(pattern=re.compile(r"\d+(?:\.\d+)?(?:px|%)"))
_LETTER_SIZE = Text(pattern=re.compile(r"xxs|xs|sm|md|lg|xl|xxl|[345]xl|\d+(?:\.\d+)?px"))
_IMAGE_SIZE = Text(pattern=re.compile(r"xxs|xs|sm|md|lg|xl|xxl|[345]xl|full|\d+(?:\.\d+)?(?:px|%)"))
_BORDER = Text(pattern=re.compile(r"none|light|normal|medium|semi-bold|bold|\d+(?:\.\d+)?px"))
_RATIO = Text(pattern=re.compile(r"\d{1,6}(?:\.\d+)?:\d{1,6}(?:\.\d+)?"))
_ANGLE = Text(pattern=re.compile(r"\d+(?:\.\d+)?deg"))
_SHARE = Text(pattern=re.compile(r"\d+(?:\.\d+)?%"))
_FLEX = Number(least=0)
_URL = Text(required=True, least=1, most=2000, schemes=actions.HTTPS)
_TYPE = Text(required=True)
_ACTION = Of(shape=lambda: actions.FLEX)

_PLACE: Mapping[str, Rule] = {
    "margin": _SPACE,
    "position": Text(choices=("relative", "absolute")),
    "offsetTop": _OFFSET,
    "offsetBottom": _OFFSET,
    "offsetStart": _OFFSET,
    "offsetEnd": _OFFSET,
}
_LETTERS: Mapping[str, Rule] = {
    "size": _LETTER_SIZE,
    "color": _COLOUR,
    "weight": Text(choices=("regular", "bold")),
    "style": Text(choices=("normal", "italic")),
    "decoration": Text(choices=("none", "underline", "line-through")),
}
_GRAVITY = Text(choices=("top", "bottom", "center"))
_ALIGN = Text(choices=("start", "end", "center"))

_GRADIENT = Kinds(
    shapes={
        "linearGradient": Shape(
            fields={
                "type": _TYPE,
                "angle": Text(required=True, pattern=_ANGLE.pattern),
                "startColor": Text(required=True, pattern=_COLOUR.pattern),
                "endColor": Text(required=True, pattern=_COLOUR.pattern),
                "centerColor": _COLOUR,
                "centerPosition": _SHARE,
            }
        )
    }
)


def _text_or_spans(text: Mapping[str, Any], where: str, problems: Problems) -> None:
    if not text.get("text") and not text.get("contents"):
        problems.add("must be non-empty text", f"{where}.text")


_SPAN = Shape(fields={"type": _TYPE, "text": Text(), **_LETTERS})
_BOX = Shape(
    fields={
        "type": _TYPE,
        "layout": Text(required=True, choices=("horizontal", "vertical", "baseline")),
        "contents": Items(required=True, of=Of(shape=lambda: COMPONENT)),
        "flex": _FLEX,
        "spacing": _SPACE,
        **_PLACE,
        "backgroundColor": _COLOUR,
        "borderColor": _COLOUR,
        "borderWidth": _BORDER,
        "cornerRadius": _SPACE,
        "width": _MEASURE,
        "maxWidth": _MEASURE,
        "height": _MEASURE,
        "maxHeight": _MEASURE,
        **{f"padding{side}": _SPACE_OR_SHARE for side in ("All", "Top", "Bottom", "Start", "End")},
        "action": _ACTION,
        "justifyContent": Text(
            choices=(
                "center",
                "flex-start",
                "flex-end",
                "space-between",
                "space-around",
                "space-evenly",
            )
        ),
        "alignItems": Text(choices=("center", "flex-start", "flex-end")),
        "background": Of(shape=lambda: _GRADIENT),
    }
)
_BUTTON = Shape(
    fields={
        "type": _TYPE,
        "action": Of(required=True, shape=lambda: actions.FLEX_BUTTON),
        "flex": _FLEX,
        **_PLACE,
        "height": Text(choices=("md", "sm")),
        "style": Text(choices=("primary", "secondary", "link")),
        "color": _COLOUR,
        "gravity": _GRAVITY,
        "adjustMode": Text(choices=("shrink-to-fit",)),
        "scaling": Flag(),
    }
)
_IMAGE = Shape(
    fields={
        "type": _TYPE,
        "url": _URL,
        "flex": _FLEX,
        **_PLACE,
        "align": _ALIGN,
        "gravity": _GRAVITY,
        "size": _IMAGE_SIZE,
        "aspectRatio": _RATIO,
        "aspectMode": Text(choices=("cover", "fit")),
        "backgroundColor": _COLOUR,
        "action": _ACTION,
        "animated": Flag(),
    }
)
_VIDEO = Shape(
    fields={
        "type": _TYPE,
        "url": _URL,
        "previewUrl": _URL,
        "altContent": Of(required=True, shape=lambda: Kinds(shapes={"box": _BOX, "image": _IMAGE})),
        "aspectRatio": _RATIO,
        "action": _ACTION,
    }
)
_TEXT = Shape(
    fields={
        "type": _TYPE,
        "text": Text(),
        "contents": Items(of=Kinds(shapes={"span": _SPAN})),
        "flex": _FLEX,
        **_PLACE,
        **_LETTERS,
        "align": _ALIGN,
        "gravity": _GRAVITY,
        "wrap": Flag(),
        "lineSpacing": Text(pattern=re.compile(r"\d+(?:\.\d+)?px")),
        "maxLines": Number(least=0),
        "action": _ACTION,
        "adjustMode": Text(choices=("shrink-to-fit",)),
        "scaling": Flag(),
    },
    also=(_text_or_spans,),
)
_ICON = Shape(
    fields={
        "type": _TYPE,
        "url": _URL,
        **_PLACE,
        "size": _LETTER_SIZE,
        "aspectRatio": _RATIO,
        "scaling": Flag(),
    }
)

COMPONENT: Kinds = Kinds(
    shapes={
        "box": _BOX,
        "button": _BUTTON,
        "image": _IMAGE,
        "icon": _ICON,
        "text": _TEXT,
        "separator": Shape(fields={"type": _TYPE, "margin": _SPACE, "color": _COLOUR}),
        "filler": Shape(fields={"type": _TYPE, "flex": _FLEX}),
    }
)


def size_in_bytes(container: Mapping[str, Any]) -> int:
    """The size of a container's JSON as LINE weighs it: compact UTF-8."""
    return len(json.dumps(container, ensure_ascii=False, separators=(",", ":")).encode())


def _weight(limit: int, container: Mapping[str, Any], where: str, problems: Problems) -> None:
    if size_in_bytes(container) > limit:
        problems.add(f"Size must be less than or equal to {limit} bytes", where)


def _bubble_weight(bubble: Mapping[str, Any], where: str, problems: Problems) -> None:
    _weight(BUBBLE_BYTES, bubble, where, problems)


def _carousel_weight(carousel: Mapping[str, Any], where: str, problems: Problems) -> None:
    _weight(CAROUSEL_BYTES, carousel, where, problems)
    if len({bubble.get("size", "mega") for bubble in carousel["contents"]}) > 1:
        problems.add("all bubbles of a carousel must have the same size", f"{where}.contents")


_STYLE = Shape(fields={"backgroundColor": _COLOUR, "separator": Flag(), "separatorColor": _COLOUR})
_BLOCK = Of(shape=lambda: Kinds(shapes={"box": _BOX}))
_STYLES = Shape(
    fields={name: Of(shape=lambda: _STYLE) for name in ("header", "hero", "body", "footer")}
)
BUBBLE = Shape(
    fields={
        "type": _TYPE,
        "size": Text(choices=("nano", "micro", "deca", "hecto", "kilo", "mega", "giga")),
        "direction": Text(choices=("ltr", "rtl")),
        "header": _BLOCK,
        "hero": Of(shape=lambda: Kinds(shapes={"box": _BOX, "image": _IMAGE, "video": _VIDEO})),
        "body": _BLOCK,
        "footer": _BLOCK,
        "styles": Of(shape=lambda: _STYLES),
        "action": _ACTION,
    },
    also=(_bubble_weight,),
)
CONTAINER = Kinds(
    shapes={
        "bubble": BUBBLE,
        "carousel": Shape(
            fields={
                "type": _TYPE,
                "contents": Items(
                    required=True, least=1, most=12, of=Kinds(shapes={"bubble": BUBBLE})
                ),
            },
            also=(_carousel_weight,),
        ),
    }
)
