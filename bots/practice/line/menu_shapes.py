"""What a rich menu and the bodies of its endpoints may be (REF §Rich menu; LINE.md §3.5)."""

import re
from collections.abc import Mapping
from typing import Any

from . import action_shapes as actions
from .rules import Flag, Items, Number, Of, Problems, Shape, Text

LEAST_RATIO = 1.45

_FROM_ZERO = Number(required=True, least=0, most=2147483647)
_FROM_ONE = Number(required=True, least=1, most=2147483647)


def _ratio(size: Mapping[str, Any], where: str, problems: Problems) -> None:
    if size["width"] / size["height"] < LEAST_RATIO:
        problems.add(f"width / height must be {LEAST_RATIO} or more", where)


def _areas_inside(menu: Mapping[str, Any], where: str, problems: Problems) -> None:
    size = menu["size"]
    for position, area in enumerate(menu["areas"]):
        bounds = area["bounds"]
        right, below = bounds["x"] + bounds["width"], bounds["y"] + bounds["height"]
        if right > size["width"] or below > size["height"]:
            problems.add("the area lies outside the rich menu", f"areas[{position}].bounds")


_SIZE = Shape(
    fields={
        "width": Number(required=True, least=800, most=2500),
        "height": Number(required=True, least=250, most=2147483647),
    },
    also=(_ratio,),
)
_BOUNDS = Shape(fields={"x": _FROM_ZERO, "y": _FROM_ZERO, "width": _FROM_ONE, "height": _FROM_ONE})
_AREA = Shape(
    fields={
        "bounds": Of(required=True, shape=lambda: _BOUNDS),
        "action": Of(required=True, shape=lambda: actions.RICH_MENU),
    }
)
RICH_MENU = Shape(
    fields={
        "size": Of(required=True, shape=lambda: _SIZE),
        "selected": Flag(required=True),
        "name": Text(required=True, least=1, most=300),
        "chatBarText": Text(required=True, least=1, most=14),
        "areas": Items(required=True, of=_AREA, most=20),
    },
    also=(_areas_inside,),
)

ALIAS = Text(required=True, least=1, most=32, pattern=re.compile(r"[a-z0-9_-]{1,32}"))
_MENU_ID = Text(required=True, least=1)
_USERS = Items(required=True, of=Text(least=1), least=1, most=500)

CREATE_ALIAS = Shape(fields={"richMenuAliasId": ALIAS, "richMenuId": _MENU_ID})
UPDATE_ALIAS = Shape(fields={"richMenuId": _MENU_ID})
BULK_LINK = Shape(fields={"richMenuId": _MENU_ID, "userIds": _USERS})
BULK_UNLINK = Shape(fields={"userIds": _USERS})
