"""How the shape tables are written and read: one rule per property, one small reader for all.

A table says what LINE accepts, once; `check` says everything that is wrong with a value in the
words of the API reference. Unknown properties and wrong kinds of value are refused as "The
property, ..., in the request body is invalid" (LINE.md §2).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .answers import NotEmulated, body_errors, invalid_property
from .lengths import Unit, length

INVALID = ""
"""The message of a problem that makes the whole property invalid."""

EMPTY = "May not be empty"
MUST_BE_SPECIFIED = "must be specified"
"""What rich menu endpoints say of a missing property (REF §Validate rich menu object)."""

Problem = tuple[str, str]
Also = Callable[[Mapping[str, Any], str, "Problems"], None]


class Problems:
    """What was found wrong so far, in reading order; `missing` is said of what is not there."""

    def __init__(self, *, missing: str = EMPTY) -> None:
        self.found: list[Problem] = []
        self.missing = missing

    def add(self, message: str, where: str) -> None:
        """Note a problem with a documented text."""
        self.found.append((message, where))

    def invalid(self, where: str) -> None:
        """Note a property that is unknown or of the wrong kind."""
        self.found.append((INVALID, where))

    def refuse(self) -> None:
        """Raise LINE's refusal when anything was found."""
        if not self.found:
            return
        for message, where in self.found:
            if message == INVALID:
                raise invalid_property(f"'{where}'")
        raise body_errors(*self.found)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """What one property may be."""

    required: bool = False

    def read(self, value: Any, where: str, problems: Problems) -> None:
        """Note what is wrong with `value`."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True, slots=True)
class Text(Rule):
    """A string: its length in `unit`, its pattern, its closed list of values, or a URL."""

    least: int = 0
    most: int | None = None
    unit: Unit = "utf16"
    pattern: re.Pattern[str] | None = None
    choices: tuple[str, ...] | None = None
    schemes: tuple[str, ...] | None = None

    def read(self, value: Any, where: str, problems: Problems) -> None:
        """Note what is wrong with `value`."""
        if not isinstance(value, str):
            problems.invalid(where)
            return
        if self.choices is not None:
            if value not in self.choices:
                listed = ", ".join(self.choices)
                problems.add(f"Must be one of the following values: [{listed}]", where)
            return
        if self.least and not value:
            problems.add(EMPTY, where)
            return
        size = length(value, self.unit)
        if size < self.least or (self.most is not None and size > self.most):
            shown = 0 if self.least <= 1 else self.least
            problems.add(f"Length must be between {shown} and {self.most}", where)
        elif self.schemes is not None and not _has_scheme(value, self.schemes):
            problems.add("invalid uri", where)
        elif self.pattern is not None and not self.pattern.fullmatch(value):
            problems.invalid(where)


def _has_scheme(value: str, schemes: tuple[str, ...]) -> bool:
    scheme, colon, rest = value.partition(":")
    if not colon or not rest or scheme.lower() not in schemes or any(c.isspace() for c in value):
        return False
    if scheme.lower() in ("http", "https"):
        return rest.startswith("//") and len(rest) > 2 and rest[2] not in "/?#"
    return True


@dataclass(frozen=True, kw_only=True, slots=True)
class Number(Rule):
    """A number in a range; `whole` refuses fractions, `step` wants a multiple."""

    least: float | None = None
    most: float | None = None
    whole: bool = True
    step: int | None = None

    def read(self, value: Any, where: str, problems: Problems) -> None:
        """Note what is wrong with `value`."""
        kinds = int if self.whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            problems.invalid(where)
        elif self.least is not None and value < self.least:
            problems.add(f"must be greater than or equal to {self.least}", where)
        elif self.most is not None and value > self.most:
            problems.add(f"must be less than or equal to {self.most}", where)
        elif self.step is not None and value % self.step:
            problems.add(f"must be a multiple of {self.step}", where)


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag(Rule):
    """true or false."""

    def read(self, value: Any, where: str, problems: Problems) -> None:
        """Note what is wrong with `value`."""
        if not isinstance(value, bool):
            problems.invalid(where)


@dataclass(frozen=True, kw_only=True, slots=True)
class Items(Rule):
    """A list of `of`, from `least` to `most` long."""

    of: "Rule | Shape | Kinds"
    least: int = 0
    most: int | None = None

    def read(self, value: Any, where: str, problems: Problems) -> None:
        """Note what is wrong with `value`."""
        if not isinstance(value, list):
            problems.invalid(where)
            return
        if len(value) < self.least or (self.most is not None and len(value) > self.most):
            problems.add(f"Size must be between {self.least} and {self.most}", where)
            return
        for position, item in enumerate(value):
            self.of.read(item, f"{where}[{position}]", problems)


@dataclass(frozen=True, kw_only=True, slots=True)
class Of(Rule):
    """A nested object of one shape or of several kinds, looked up late so that tables may nest."""

    shape: "Callable[[], Shape | Kinds]"

    def read(self, value: Any, where: str, problems: Problems) -> None:
        """Note what is wrong with `value`."""
        self.shape().read(value, where, problems)


@dataclass(frozen=True, kw_only=True, slots=True)
class Named(Rule):
    """An object whose keys are free (within `key`) and whose values are all `of`."""

    of: "Rule | Shape | Kinds"
    key: Text
    most: int

    def read(self, value: Any, where: str, problems: Problems) -> None:
        """Note what is wrong with `value`."""
        if not isinstance(value, dict):
            problems.invalid(where)
            return
        if len(value) > self.most:
            problems.add(f"Size must be between 0 and {self.most}", where)
            return
        for name, item in value.items():
            self.key.read(name, f"{where}.{name}", problems)
            self.of.read(item, f"{where}.{name}", problems)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """An object: its properties, and what the properties must be to each other (`also`)."""

    fields: Mapping[str, Rule]
    also: tuple[Also, ...] = field(default=())

    def read(self, value: Any, where: str, problems: Problems) -> None:
        """Note what is wrong with `value`."""
        if not isinstance(value, dict):
            problems.invalid(where)
            return
        before = len(problems.found)
        prefix = f"{where}." if where else ""
        for name, rule in self.fields.items():
            if name in value:
                rule.read(value[name], prefix + name, problems)
            elif rule.required:
                problems.add(problems.missing, prefix + name)
        for name in value:
            if name not in self.fields:
                problems.invalid(prefix + name)
        if len(problems.found) == before:
            for more in self.also:
                more(value, where, problems)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kinds:
    """An object of one of several shapes, told apart by its `type`.

    `not_emulated` are kinds which the platform has and the emulator has not.
    """

    shapes: Mapping[str, Shape]
    not_emulated: tuple[str, ...] = ()

    def read(self, value: Any, where: str, problems: Problems) -> None:
        """Note what is wrong with `value`."""
        if not isinstance(value, dict):
            problems.invalid(where)
            return
        kind = value.get("type")
        shape = self.shapes.get(kind) if isinstance(kind, str) else None
        if shape is not None:
            shape.read(value, where, problems)
        elif kind in self.not_emulated:
            raise NotEmulated(f"{where} of type {kind}")
        elif kind is None:
            problems.add(problems.missing, f"{where}.type")
        else:
            listed = ", ".join(self.shapes)
            problems.add(f"Must be one of the following values: [{listed}]", f"{where}.type")


def check(shape: Shape | Kinds, value: Any, *, missing: str = EMPTY) -> None:
    """Refuse `value` as LINE would when it does not fit.

    Raises:
        LineRefusal: 400 with the documented body.
        NotEmulated: a kind that exists at LINE and not here.
    """
    problems = Problems(missing=missing)
    shape.read(value, "", problems)
    problems.refuse()
