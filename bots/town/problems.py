"""What can be wrong with a town file, and where."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing to put right.

    Attributes:
        file: the path as it was given, or the name of a shipped town.
        line: counted from 1.
        field: dotted path from the top of the file, list places counted from 0
            (`people.3.line.user_id`); "" for the file as a whole.
        sentence: plain English, with what to do.
    """

    file: str
    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        return (
            f"{where}: {self.field}: {self.sentence}" if self.field else f"{where}: {self.sentence}"
        )


class TownFileWrong(Exception):
    """The file cannot be loaded; nothing of it was.

    Attributes:
        problems: everything that was found, in the order of the lines.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.line, p.field, p.sentence)))
        super().__init__("\n".join(map(str, self.problems)))


Path = tuple[str | int, ...]
"""Where in the file: keys, and places in lists counted from 0."""


@dataclass(frozen=True, slots=True)
class Found:
    """A problem before its line is known."""

    path: Path
    sentence: str


def dotted(path: Path) -> str:
    """The path as a reader sees it."""
    return ".".join(str(part) for part in path)
