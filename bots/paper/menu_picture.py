"""Pictures of rich menus: tiles with a word and a small drawing, calm and large.

No tile is louder than another: to stop is as easy to see as to go on.
"""

import enum
import io
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bots.paper.typeface import ACCENT, FONT_FILE, INK, LINE, PALE, SOFT_INK

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

MOST_BYTES: Final = 1_000_000
_GAP: Final = 22
_STROKE: Final = 9
_WHITE: Final = (255, 255, 255)
_STEPS: Final = 48
_Point = tuple[float, float]


class Sign(enum.StrEnum):
    """What is drawn above a word."""

    LETTER = "letter"
    TALK = "talk"
    KEEP = "keep"
    REST = "rest"
    STOP = "stop"
    NONE = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """One field of the menu, in pixels; without a sign it only says something."""

    left: int
    top: int
    width: int
    height: int
    label: str
    sign: Sign = Sign.NONE


def menu_picture(tiles: Iterable[Tile], *, width: int, height: int) -> bytes:
    """The picture as PNG, below LINE's limit of 1 MB (LINE.md §3.5)."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (width, height), PALE)
    draw = ImageDraw.Draw(image)
    for tile in tiles:
        _tile(draw, tile)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=6)
    if out.tell() > MOST_BYTES:
        raise AssertionError("the picture of a menu is larger than LINE takes")
    return out.getvalue()


def _tile(draw: "ImageDraw", tile: Tile) -> None:
    from PIL import ImageFont

    middle = tile.left + tile.width / 2
    if tile.sign is Sign.NONE:
        font = ImageFont.truetype(str(FONT_FILE), 68)
        level = tile.top + tile.height / 2
        draw.multiline_text(
            (middle, level),
            tile.label,
            font=font,
            fill=SOFT_INK,
            anchor="mm",
            align="center",
            spacing=38,
        )
        return
    box = (
        tile.left + _GAP,
        tile.top + _GAP,
        tile.left + tile.width - _GAP,
        tile.top + tile.height - _GAP,
    )
    draw.rounded_rectangle(box, radius=44, fill=_WHITE, outline=LINE, width=4)
    font = ImageFont.truetype(str(FONT_FILE), 104 if tile.width > 1000 else 92)
    _SIGNS[tile.sign](draw, middle, tile.top + tile.height * 0.36)
    at = (middle, tile.top + tile.height * 0.7)
    draw.text(at, tile.label, font=font, fill=INK, anchor="mm", stroke_width=1, stroke_fill=INK)


def _curve(start: _Point, by: _Point, end: _Point) -> list[_Point]:
    """From start to end, drawn towards a point beside the way."""
    return [
        (
            (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * by[0] + t**2 * end[0],
            (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * by[1] + t**2 * end[1],
        )
        for t in (step / _STEPS for step in range(_STEPS + 1))
    ]


def _arc(centre: _Point, radius: float, first: float, last: float) -> list[_Point]:
    """A part of a circle, between two angles in radians."""
    angles = [first + (last - first) * step / _STEPS for step in range(_STEPS + 1)]
    return [
        (centre[0] + radius * math.cos(one), centre[1] + radius * math.sin(one)) for one in angles
    ]


_Line = dict[str, Any]
_LINE: Final[_Line] = {"fill": ACCENT, "width": _STROKE, "joint": "curve"}
_EDGE: Final[_Line] = {"outline": ACCENT, "width": _STROKE}


def _letter(draw: "ImageDraw", x: float, y: float) -> None:
    draw.rounded_rectangle((x - 92, y - 64, x + 92, y + 64), radius=16, **_EDGE)
    draw.line([(x - 86, y - 54), (x, y + 18), (x + 86, y - 54)], **_LINE)


def _talk(draw: "ImageDraw", x: float, y: float) -> None:
    draw.rounded_rectangle((x - 100, y - 70, x + 100, y + 46), radius=52, **_EDGE)
    draw.line([(x - 44, y + 44), (x - 58, y + 84), (x - 4, y + 44)], **_LINE)
    for dot in (-44, 0, 44):
        draw.ellipse((x + dot - 9, y - 21, x + dot + 9, y - 3), fill=ACCENT)


def _keep(draw: "ImageDraw", x: float, y: float) -> None:
    """A sprout: it goes on."""
    draw.line([(x, y + 80), (x, y)], **_LINE)
    for side in (-1, 1):
        root, tip = (x, y + 4), (x + side * 92, y - 70)
        over = _curve(root, (x + side * 6, y - 74), tip)
        under = _curve(tip, (x + side * 94, y + 4), root)
        draw.line([*over, *under], **_LINE)


def _rest(draw: "ImageDraw", x: float, y: float) -> None:
    """A moon: of two circles, what the one has and the other has not."""
    radius, bite, away, turn = 78.0, 66.0, 52.0, math.radians(-36)
    # Where the circles meet, seen from either centre.
    outer = math.acos((away**2 + radius**2 - bite**2) / (2 * away * radius))
    inner = math.acos((away**2 + bite**2 - radius**2) / (2 * away * bite))
    round_ = _arc((x, y), radius, turn + outer, turn + 2 * math.pi - outer)
    other = (x + away * math.cos(turn), y + away * math.sin(turn))
    hollow = _arc(other, bite, turn + math.pi + inner, turn + math.pi - inner)
    draw.line([*round_, *hollow, round_[0], round_[1]], **_LINE)


def _stop(draw: "ImageDraw", x: float, y: float) -> None:
    """A dash in a ring: here it ends, quietly."""
    draw.ellipse((x - 74, y - 74, x + 74, y + 74), **_EDGE)
    draw.line([(x - 36, y), (x + 36, y)], **_LINE)


_SIGNS: Final[Mapping[Sign, Callable[["ImageDraw", float, float], None]]] = {
    Sign.LETTER: _letter,
    Sign.TALK: _talk,
    Sign.KEEP: _keep,
    Sign.REST: _rest,
    Sign.STOP: _stop,
}
