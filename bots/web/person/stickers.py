"""A small set of our own stickers: a few strokes and a word, drawn in the page itself."""

from typing import Final, NamedTuple

from bots.web.person.wording import plainly


class Sticker(NamedTuple):
    """One sticker.

    Attributes:
        words: what it says; it is kept as the person's words.
        strokes: paths in a square of 64 units.
    """

    name: str
    words: str
    strokes: tuple[str, ...]


_DRAWN: Final = {
    "thanks": (
        "M32 52 C14 40 8 30 14 20 C20 12 29 15 32 24 C35 15 44 12 50 20 C56 30 50 40 32 52 Z",
    ),
    "morning": ("M8 46 H56", "M18 46 A14 14 0 0 1 46 46", "M32 22 V14 M13 30 L8 25 M51 30 L56 25"),
    "night": ("M40 12 A21 21 0 1 0 52 42 A17 17 0 0 1 40 12 Z", "M50 16 V22 M47 19 H53"),
    "rain": (
        "M18 36 A9 9 0 0 1 20 18 A12 12 0 0 1 43 20 A8 8 0 0 1 46 36 Z",
        "M22 43 L19 50 M33 43 L30 50 M44 43 L41 50",
    ),
    "sun": (
        "M32 21 A11 11 0 1 0 32.1 21 Z",
        "M32 8 V13 M32 51 V56 M8 32 H13 M51 32 H56",
        "M15 15 L19 19 M45 45 L49 49 M49 15 L45 19 M19 45 L15 49",
    ),
    "tea": (
        "M14 28 H44 V40 A12 12 0 0 1 32 52 H26 A12 12 0 0 1 14 40 Z",
        "M44 32 H50 A5 5 0 0 1 50 42 H44",
        "M24 20 C21 16 27 14 24 9 M34 20 C31 16 37 14 34 9",
    ),
    "so_so": ("M32 10 A22 22 0 1 0 32.1 10 Z", "M24 27 V30 M40 27 V30", "M24 42 H40"),
    "here": ("M10 34 L32 14 L54 34", "M16 30 V52 H48 V30", "M28 52 V40 H36 V52"),
}
STICKERS: Final = tuple(
    Sticker(name, plainly(f"stickers.{name}"), strokes) for name, strokes in _DRAWN.items()
)
