"""Our rich menus: what stands where, their pictures, and keeping them at LINE (REF §Rich menu)."""

import asyncio
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from bots.line.account import LineUnanswered
from bots.line.answers import detail_of
from bots.line.bubbles import press_data
from bots.line.messenger import LineMessenger
from bots.paper.menu_picture import Sign, Tile, menu_picture
from core.menus import Menu
from core.replies import Press

WIDTH, HEIGHT = 2500, 1250
NAME_PREFIX: Final = "yorisoi"
BAR: Final = "メニュー"
_UPPER: Final = 640
_THIRD: Final = 833


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A tile, and what it does when it is touched; None where it only says something."""

    tile: Tile
    press: Press | None = None


def _field(
    press: Press | None, label: str, sign: Sign, left: int, top: int, width: int, height: int
) -> Field:
    tile = Tile(left=left, top=top, width=width, height=height, label=label, sign=sign)
    return Field(tile=tile, press=press)


_ABOVE: Final = (
    _field(Press.LETTERS, "おたより", Sign.LETTER, 0, 0, WIDTH // 2, _UPPER),
    _field(Press.TALK, "人と話したい", Sign.TALK, WIDTH // 2, 0, WIDTH // 2, _UPPER),
)
_LOWER: Final = HEIGHT - _UPPER
FIELDS: Final[Mapping[Menu, tuple[Field, ...]]] = {
    Menu.ACTIVE: (
        *_ABOVE,
        _field(Press.KEEP, "そのまま", Sign.KEEP, 0, _UPPER, _THIRD, _LOWER),
        _field(Press.REST, "少し休む", Sign.REST, _THIRD, _UPPER, _THIRD + 1, _LOWER),
        _field(Press.STOP, "やめる", Sign.STOP, 2 * _THIRD + 1, _UPPER, _THIRD, _LOWER),
    ),
    Menu.RESTING: (
        *_ABOVE,
        _field(
            None,
            "おたよりは、お休みしています。\n話しかけてもらうのは、いつでも大丈夫です。",
            Sign.NONE,
            0,
            _UPPER,
            2 * _THIRD + 1,
            _LOWER,
        ),
        _field(Press.STOP, "やめる", Sign.STOP, 2 * _THIRD + 1, _UPPER, _THIRD, _LOWER),
    ),
    Menu.STOPPED: (
        *_ABOVE,
        _field(
            None,
            "おたよりは、止まっています。\n話しかけてもらうのは、いつでも大丈夫です。",
            Sign.NONE,
            0,
            _UPPER,
            WIDTH,
            _LOWER,
        ),
    ),
}


@cache
def picture_of(menu: Menu) -> bytes:
    """The menu's picture, PNG; drawn once in a process."""
    tiles = (field.tile for field in FIELDS[menu])
    return menu_picture(tiles, width=WIDTH, height=HEIGHT)


def _areas(menu: Menu) -> list[dict[str, Any]]:
    return [
        {
            "bounds": {
                "x": field.tile.left,
                "y": field.tile.top,
                "width": field.tile.width,
                "height": field.tile.height,
            },
            # The label is what a screen reader says of the place in the picture.
            "action": {
                "type": "postback",
                "label": field.tile.label,
                "data": press_data(field.press),
                "displayText": field.tile.label,
            },
        }
        for field in FIELDS[menu]
        if field.press is not None
    ]


@cache
def digest_of(menu: Menu) -> str:
    """What the menu is made from, in short; another digest is another menu.

    The picture is drawn from the tiles, so that they stand for it: no pixel is compared, which
    another version of the drawing library may set otherwise.
    """
    made_of = [_areas(menu), [repr(field.tile) for field in FIELDS[menu]], BAR, _DRAWING]
    told = json.dumps(made_of, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


_DRAWING: Final = 1
"""Counts the changes of how tiles are drawn (bots/paper/menu_picture.py)."""


def name_of(menu: Menu) -> str:
    """Under which name LINE keeps it; nobody but those who run the account sees it."""
    return f"{NAME_PREFIX} {menu.value} {digest_of(menu)}"


class LineMenus:
    """core.ports.MenuDesk: our menus at LINE."""

    def __init__(self, messenger: LineMessenger) -> None:
        self._line = messenger

    def digests(self) -> Mapping[Menu, str]:
        """Of every menu that there should be."""
        return {menu: digest_of(menu) for menu in Menu}

    async def make(self, menu: Menu) -> str:
        """LINE's id of this menu, with its picture; one that is there already is taken.

        At most 100 menus may be made in an hour, so that what a crash left behind is looked for by
        its name first.

        Raises:
            LineUnanswered.
        """
        for there in (await self._json("GET", "/v2/bot/richmenu/list")).get("richmenus", ()):
            if there.get("name") == name_of(menu):
                rich_menu_id = str(there["richMenuId"])
                if not await self._pictured(rich_menu_id):
                    await self._upload(rich_menu_id, menu)
                return rich_menu_id
        wanted = {
            "size": {"width": WIDTH, "height": HEIGHT},
            "selected": True,
            "name": name_of(menu),
            "chatBarText": BAR,
            "areas": _areas(menu),
        }
        made = await self._json("POST", "/v2/bot/richmenu", json.dumps(wanted).encode())
        rich_menu_id = str(made["richMenuId"])
        await self._upload(rich_menu_id, menu)
        return rich_menu_id

    async def missing(self) -> frozenset[Menu]:
        """Which of our menus LINE does not have as they are drawn now. Raises: LineUnanswered."""
        listed = (await self._json("GET", "/v2/bot/richmenu/list")).get("richmenus", ())
        there = {str(one.get("name")) for one in listed}
        return frozenset(menu for menu in Menu if name_of(menu) not in there)

    async def sweep(self, keep: frozenset[str]) -> None:
        """Take away those of our menus that are not among these ids; others' are left alone.

        Raises:
            LineUnanswered.
        """
        for there in (await self._json("GET", "/v2/bot/richmenu/list")).get("richmenus", ()):
            rich_menu_id = str(there["richMenuId"])
            if str(there.get("name")).startswith(f"{NAME_PREFIX} ") and rich_menu_id not in keep:
                path = f"/v2/bot/richmenu/{rich_menu_id}"
                status, body = await self._line.ask("DELETE", path)
                _require(status, body, also=404)

    async def show(self, line_user_id: str, rich_menu_id: str) -> bool:
        """This account has this menu now; False where LINE has no such menu, or no such account.

        Raises:
            LineUnanswered.
        """
        path = f"/v2/bot/user/{line_user_id}/richmenu/{rich_menu_id}"
        status, body = await self._line.ask("POST", path, data=b"")
        _require(status, body, also=404)
        return status != 404

    async def hide(self, line_user_id: str) -> None:
        """This account has no menu of ours. Raises: LineUnanswered."""
        status, body = await self._line.ask("DELETE", f"/v2/bot/user/{line_user_id}/richmenu")
        _require(status, body, also=404)

    async def there(self, rich_menu_id: str) -> bool:
        """Whether LINE has this menu. Raises: LineUnanswered."""
        status, body = await self._line.ask("GET", f"/v2/bot/richmenu/{rich_menu_id}")
        _require(status, body, also=404)
        return status != 404

    async def basic_id(self) -> str:
        """The account's basic id. Raises: LineUnanswered."""
        return (await self._line.bot_info()).basic_id

    async def _pictured(self, rich_menu_id: str) -> bool:
        path = f"/v2/bot/richmenu/{rich_menu_id}/content"
        status, body = await self._line.ask("GET", path, content_host=True)
        _require(status, body, also=404)
        return status != 404

    async def _upload(self, rich_menu_id: str, menu: Menu) -> None:
        status, body = await self._line.ask(
            "POST",
            f"/v2/bot/richmenu/{rich_menu_id}/content",
            # The drawing takes a good part of a second; others are served meanwhile.
            data=await asyncio.to_thread(picture_of, menu),
            content_type="image/png",
            content_host=True,
        )
        _require(status, body)

    async def _json(self, method: str, path: str, data: bytes | None = None) -> Mapping[str, Any]:
        status, body = await self._line.ask(method, path, data=data)
        _require(status, body)
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise LineUnanswered(status=status, detail="LINE's answer is not a JSON object")
        return answer


def _require(status: int, body: bytes, *, also: int = 200) -> None:
    if not 200 <= status < 300 and status != also:
        raise LineUnanswered(status=status, detail=detail_of(status, body))
