"""What a message object may be (REF §Message objects; limits and units of LINE.md §3.5)."""

import re
from collections.abc import Mapping
from typing import Any

from . import action_shapes as actions
from .flex_shapes import CONTAINER
from .rules import Items, Kinds, Named, Number, Of, Problems, Rule, Shape, Text

ALT_TEXT = Text(required=True, least=1, most=1500)

_TYPE = Text(required=True)
_TEXT = Text(required=True, least=1, most=5000)
_URL = Text(required=True, least=1, most=2000, schemes=actions.HTTPS)
_OPTIONAL_URL = Text(least=1, most=2000, schemes=actions.HTTPS)
_COLOUR = Text(pattern=re.compile(r"#[0-9A-Fa-f]{6}"))
_PIXELS = Number(required=True, least=0)
_PLACEHOLDER = re.compile(r"\{([a-zA-Z0-9_]{1,20})\}")

_QUICK_REPLY_ITEM = Shape(
    fields={
        "type": Text(choices=("action",), required=True),
        "imageUrl": _OPTIONAL_URL,
        "action": Of(required=True, shape=lambda: actions.QUICK_REPLY),
    }
)
_QUICK_REPLY = Shape(fields={"items": Items(required=True, of=_QUICK_REPLY_ITEM, least=1, most=13)})
_SENDER = Shape(fields={"name": Text(least=1, most=20, unit="grapheme"), "iconUrl": _OPTIONAL_URL})
_COMMON: Mapping[str, Rule] = {
    "type": _TYPE,
    "quickReply": Of(shape=lambda: _QUICK_REPLY),
    "sender": Of(shape=lambda: _SENDER),
}


def _message(fields: Mapping[str, Rule], *also: Any) -> Shape:
    return Shape(fields={**_COMMON, **fields}, also=also)


_EMOJI = Shape(
    fields={
        "index": Number(required=True, least=0),
        "productId": Text(required=True, least=1),
        "emojiId": Text(required=True, least=1),
    }
)
_MENTIONEE = Kinds(
    shapes={
        "user": Shape(fields={"type": _TYPE, "userId": Text(required=True, least=1)}),
        "all": Shape(fields={"type": _TYPE}),
    }
)
_SUBSTITUTION = Kinds(
    shapes={
        "mention": Shape(
            fields={"type": _TYPE, "mentionee": Of(required=True, shape=lambda: _MENTIONEE)}
        ),
        "emoji": Shape(
            fields={
                "type": _TYPE,
                "productId": Text(required=True, least=1),
                "emojiId": Text(required=True, least=1),
            }
        ),
    }
)
_AREA = Shape(fields={"x": _PIXELS, "y": _PIXELS, "width": _PIXELS, "height": _PIXELS})
_AREA_OF = Of(required=True, shape=lambda: _AREA)
_IMAGEMAP_LABEL = Text(least=1, most=100)
_IMAGEMAP_ACTION = Kinds(
    shapes={
        "message": Shape(
            fields={
                "type": _TYPE,
                "area": _AREA_OF,
                "label": _IMAGEMAP_LABEL,
                "text": Text(required=True, least=1, most=400),
            }
        ),
        "uri": Shape(
            fields={
                "type": _TYPE,
                "area": _AREA_OF,
                "label": _IMAGEMAP_LABEL,
                "linkUri": Text(
                    required=True, least=1, most=1000, schemes=("http", "https", "line", "tel")
                ),
            }
        ),
        "clipboard": Shape(
            fields={
                "type": _TYPE,
                "area": _AREA_OF,
                "label": _IMAGEMAP_LABEL,
                "clipboardText": Text(required=True, least=1, most=1000),
            }
        ),
    }
)
_EXTERNAL_LINK = Shape(
    fields={
        "linkUri": Text(
            required=True, least=1, most=1000, schemes=("http", "https", "line", "tel")
        ),
        "label": Text(required=True, least=1, most=30),
    }
)
_IMAGEMAP_VIDEO = Shape(
    fields={
        "originalContentUrl": _URL,
        "previewImageUrl": _URL,
        "area": _AREA_OF,
        "externalLink": Of(shape=lambda: _EXTERNAL_LINK),
    }
)
_BASE_SIZE = Shape(
    fields={"width": Number(required=True, least=1040, most=1040), "height": _PIXELS}
)


def _emojis_stand_on_dollars(message: Mapping[str, Any], where: str, problems: Problems) -> None:
    """Every emoji's index, in UTF-16 units, is the place of a `$` (REF §Text message)."""
    units = message["text"].encode("utf-16-le", "surrogatepass")
    for position, emoji in enumerate(message.get("emojis", ())):
        start = emoji["index"] * 2
        if units[start : start + 2] != b"$\0":
            problems.invalid(f"{where}.emojis[{position}].index")


def _braces_are_substituted(message: Mapping[str, Any], where: str, problems: Problems) -> None:
    """Braces come in pairs and name a substitution, or are doubled (REF §Text message v2)."""
    left = message["text"].replace("{{", "").replace("}}", "")
    for name in _PLACEHOLDER.findall(left):
        if name not in message.get("substitution", {}):
            problems.invalid(f"{where}.substitution.{name}")
    if "{" in _PLACEHOLDER.sub("", left) or "}" in _PLACEHOLDER.sub("", left):
        problems.invalid(f"{where}.text")


def _text_beside_picture(most_alone: int, most_beside: int) -> Any:
    """Template text is shorter beside a title or a picture."""

    def rule(part: Mapping[str, Any], where: str, problems: Problems) -> None:
        beside = "title" in part or "thumbnailImageUrl" in part
        most = most_beside if beside else most_alone
        Text(most=most, unit="grapheme").read(part["text"], f"{where}.text", problems)

    return rule


def _columns_alike(carousel: Mapping[str, Any], where: str, problems: Problems) -> None:
    """Every column has as many actions, and a picture and a title when the others have."""
    first = carousel["columns"][0]
    for position, column in enumerate(carousel["columns"][1:], start=1):
        there = f"{where}.columns[{position}]"
        if len(column["actions"]) != len(first["actions"]):
            problems.add("the number of actions must be the same in all columns", there)
        for name in ("thumbnailImageUrl", "title"):
            if (name in column) != (name in first):
                problems.add(f"{name} must be in all columns or in none", there)


_ACTION = Of(shape=lambda: actions.TEMPLATE)
_DEFAULT_ACTION = Of(shape=lambda: actions.TEMPLATE_DEFAULT)
_PICTURE: Mapping[str, Rule] = {
    "imageAspectRatio": Text(choices=("rectangle", "square")),
    "imageSize": Text(choices=("cover", "contain")),
}
_HEADED: Mapping[str, Rule] = {
    "thumbnailImageUrl": _OPTIONAL_URL,
    "imageBackgroundColor": _COLOUR,
    "title": Text(least=1, most=40, unit="grapheme"),
    "text": Text(required=True, least=1),
    "defaultAction": _DEFAULT_ACTION,
}
_COLUMN = Shape(
    fields={**_HEADED, "actions": Items(required=True, of=_ACTION, least=1, most=3)},
    also=(_text_beside_picture(120, 60),),
)
_IMAGE_COLUMN = Shape(
    fields={"imageUrl": _URL, "action": Of(required=True, shape=lambda: actions.IMAGE_CAROUSEL)}
)
TEMPLATE = Kinds(
    shapes={
        "buttons": Shape(
            fields={
                "type": _TYPE,
                **_PICTURE,
                **_HEADED,
                "actions": Items(required=True, of=_ACTION, least=1, most=4),
            },
            also=(_text_beside_picture(160, 60),),
        ),
        "confirm": Shape(
            fields={
                "type": _TYPE,
                "text": Text(required=True, least=1, most=240, unit="grapheme"),
                "actions": Items(required=True, of=_ACTION, least=2, most=2),
            }
        ),
        "carousel": Shape(
            fields={
                "type": _TYPE,
                **_PICTURE,
                "columns": Items(required=True, of=_COLUMN, least=1, most=10),
            },
            also=(_columns_alike,),
        ),
        "image_carousel": Shape(
            fields={
                "type": _TYPE,
                "columns": Items(required=True, of=_IMAGE_COLUMN, least=1, most=10),
            }
        ),
    }
)

MESSAGE = Kinds(
    shapes={
        "text": _message(
            {"text": _TEXT, "emojis": Items(of=_EMOJI, least=1, most=20), "quoteToken": Text()},
            _emojis_stand_on_dollars,
        ),
        "textV2": _message(
            {
                "text": _TEXT,
                "substitution": Named(
                    of=_SUBSTITUTION,
                    key=Text(pattern=re.compile(r"[a-zA-Z0-9_]{1,20}")),
                    most=100,
                ),
                "quoteToken": Text(),
            },
            _braces_are_substituted,
        ),
        "sticker": _message(
            {
                "packageId": Text(required=True, least=1),
                "stickerId": Text(required=True, least=1),
                "quoteToken": Text(),
            }
        ),
        "image": _message({"originalContentUrl": _URL, "previewImageUrl": _URL}),
        "video": _message(
            {
                "originalContentUrl": _URL,
                "previewImageUrl": _URL,
                "trackingId": Text(
                    pattern=re.compile(r"[a-zA-Z0-9\-.=,+*()%$&;:@{}!?<>\[\]]{1,100}")
                ),
            }
        ),
        "audio": _message({"originalContentUrl": _URL, "duration": Number(required=True, least=1)}),
        "location": _message(
            {
                "title": Text(required=True, least=1, most=100),
                "address": Text(required=True, least=1, most=100),
                "latitude": Number(required=True, whole=False, least=-90, most=90),
                "longitude": Number(required=True, whole=False, least=-180, most=180),
            }
        ),
        "imagemap": _message(
            {
                "baseUrl": _URL,
                "altText": ALT_TEXT,
                "baseSize": Of(required=True, shape=lambda: _BASE_SIZE),
                "video": Of(shape=lambda: _IMAGEMAP_VIDEO),
                "actions": Items(required=True, of=_IMAGEMAP_ACTION, least=1, most=50),
            }
        ),
        "template": _message(
            {"altText": ALT_TEXT, "template": Of(required=True, shape=lambda: TEMPLATE)}
        ),
        "flex": _message(
            {"altText": ALT_TEXT, "contents": Of(required=True, shape=lambda: CONTAINER)}
        ),
    },
    not_emulated=("coupon",),
)
