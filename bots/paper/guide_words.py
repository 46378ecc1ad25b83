"""The words of the guide for the person at home (guide.toml), with a town's own facts in them."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from core.municipal_profiles.profile import ReadingHours
from core.wording.ruby import Piece, bare, pieces

Words = tuple[Piece, ...]
_FILE: Final = Path(__file__).with_name("guide.toml")
_FACT: Final = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A part of the guide.

    Attributes:
        buttons: what is pressed, and what it does.
    """

    title: Words
    lines: tuple[Words, ...]
    buttons: tuple[tuple[Words, Words], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Guide:
    """What the guide says, each text in pieces with their readings.

    Attributes:
        account: the account's neutral name (G-11).
    """

    account: str
    title: Words
    parts: tuple[Part, ...]

    @property
    def plain(self) -> str:
        """All of it as text without readings, as a leaflet carries it for screen readers."""
        return "\n\n".join("\n".join(_lines(part)) for part in self.parts)


def guide_title() -> str:
    """Its title without readings: the same in every town, and safe on a lock screen (G-11)."""
    return bare(pieces(_words()["title"]))


def guide_of(*, account: str, hours: ReadingHours) -> Guide:
    """The guide of a town.

    Args:
        account: the name that its account has at LINE.
        hours: when people read what comes in.
    """
    facts = {
        "account": account,
        "opens": f"{hours.opens:%-H:%M}",
        "closes": f"{hours.closes:%-H:%M}",
    }

    def told(text: str) -> Words:
        return tuple(_filled(piece, facts) for piece in pieces(text))

    words = _words()
    return Guide(
        account=account,
        title=told(words["title"]),
        parts=tuple(
            Part(
                title=told(part["title"]),
                lines=tuple(map(told, part["lines"])),
                buttons=tuple(
                    (told(one["name"]), told(one["does"])) for one in part.get("buttons", ())
                ),
            )
            for part in words["parts"]
        ),
    )


def _filled(piece: Piece, facts: Mapping[str, str]) -> Piece:
    """With its facts; after the readings are read, so that a name may hold any sign."""
    return Piece(_FACT.sub(lambda found: facts[found[1]], piece.base), piece.reading)


def _lines(part: Part) -> tuple[str, ...]:
    buttons = (f"{bare(name)}:{bare(does)}" for name, does in part.buttons)
    return (bare(part.title), *map(bare, part.lines), *buttons)


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
