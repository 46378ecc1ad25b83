"""The town file: who lives and works in a town, written down once (docs/town-file.md)."""

from bots.town.phones import TownPhone, town_phones
from bots.town.problems import Problem, TownFileWrong
from bots.town.reader import read_town, shipped_towns, town_schema

__all__ = [
    "Problem",
    "TownFileWrong",
    "TownPhone",
    "read_town",
    "shipped_towns",
    "town_phones",
    "town_schema",
]
