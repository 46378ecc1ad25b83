"""What can be wrong with a municipality's profile, and where."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class ProfileProblem:
    """One thing to put right.

    Attributes:
        file: the path as it was given, or the name of a preset.
        key: dotted path from the top, list places counted from 0 (`bodies.1.cadence.days`).
        sentence: plain English, with what to do.
        rule: the rule that asks for it, where it is one.
    """

    file: str
    key: str
    sentence: str
    rule: str = ""

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        rule = f" ({self.rule})" if self.rule else ""
        return f"{where}: {self.sentence}{rule}"


class ProfileWrong(Exception):
    """The profile cannot be used; nothing of it is.

    Attributes:
        problems: everything that was found.
    """

    def __init__(self, problems: Iterable[ProfileProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
