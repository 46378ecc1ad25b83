"""The typeface that everything of ours is set in (fonts/OFL.txt; docs/decisions)."""

from pathlib import Path
from typing import Final

FAMILY: Final = "noto"
FONT_FILE: Final = Path(__file__).parent / "fonts" / "NotoSansCJKjp-Subset.otf"
"""Noto Sans CJK JP Regular with the characters of JIS X 0208."""

Colour = tuple[int, int, int]
INK: Final[Colour] = (45, 52, 54)
SOFT_INK: Final[Colour] = (105, 115, 118)
LINE: Final[Colour] = (214, 221, 219)
ACCENT: Final[Colour] = (58, 110, 100)
PALE: Final[Colour] = (241, 246, 244)
