"""The small language in which Block Kit's rules are written down.

A check looks at one value under one JSON pointer and adds what is wrong to a list. The words of
the findings are Slack's (`must be less than 76 characters`, `no more than 50 items allowed`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: what is wrong (`message`) and where (`pointer`, RFC 6901)."""

    pointer: str
    message: str
    code: str = "failed_constraint"

    def line(self) -> str:
        """As Slack prints it in `response_metadata.messages`, without the `[ERROR]` mark."""
        return f"{self.message} [json-pointer:{self.pointer}]" if self.pointer else self.message


Problems = list[Problem]
Check = Callable[[Any, str, Problems], None]


def string(most: int, *, least: int = 1, pattern: str | None = None) -> Check:
    """A string of `least` to `most` code points, matching `pattern` as a whole if given."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if not isinstance(value, str):
            problems.append(Problem(at, "must provide a string", "invalid_type"))
        elif len(value) < least:
            problems.append(Problem(at, f"must be more than {least - 1} characters"))
        elif len(value) > most:
            problems.append(Problem(at, f"must be less than {most + 1} characters"))
        elif pattern is not None and not re.fullmatch(pattern, value):
            problems.append(Problem(at, "must be a valid value"))

    return check


def boolean(value: Any, at: str, problems: Problems) -> None:
    """True or false."""
    if not isinstance(value, bool):
        problems.append(Problem(at, "must be a boolean", "invalid_type"))


def integer(*, least: int | None = None, most: int | None = None) -> Check:
    """A whole number within bounds."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            problems.append(Problem(at, "must be an integer", "invalid_type"))
        elif least is not None and value < least:
            problems.append(Problem(at, f"must be greater than or equal to {least}"))
        elif most is not None and value > most:
            problems.append(Problem(at, f"must be less than or equal to {most}"))

    return check


def choice(*words: str) -> Check:
    """One of the given words."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if value not in words:
            problems.append(Problem(at, f"must be one of: {', '.join(words)}"))

    return check


def array(item: Check, *, most: int, least: int = 1) -> Check:
    """A list of `least` to `most` items, each of which passes `item`."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if not isinstance(value, list):
            problems.append(Problem(at, "must be an array", "invalid_type"))
            return
        if len(value) > most:
            problems.append(Problem(at, f"no more than {most} items allowed"))
        if len(value) < least:
            problems.append(Problem(at, f"no fewer than {least} items required"))
        for position, entry in enumerate(value):
            item(entry, f"{at}/{position}", problems)

    return check


@dataclass(frozen=True, slots=True)
class Thing:
    """An object with these members and no others.

    `also` looks at it as a whole, once its members are right.
    """

    required: Mapping[str, Check]
    optional: Mapping[str, Check]
    also: Check | None = None

    def __call__(self, value: Any, at: str, problems: Problems) -> None:
        """Check one object."""
        if not isinstance(value, dict):
            problems.append(Problem(at, "must provide an object", "invalid_type"))
            return
        before = len(problems)
        for name in self.required:
            if value.get(name) is None:
                problems.append(Problem(at, f"missing required field: {name}", "missing_field"))
        for name, member in value.items():
            check = self.required.get(name) or self.optional.get(name)
            if check is None:
                problems.append(
                    Problem(at, f"invalid additional property: {name}", "additional_property")
                )
            elif member is not None:
                check(member, f"{at}/{name}", problems)
        if self.also is not None and len(problems) == before:
            self.also(value, at, problems)


def thing(
    required: Mapping[str, Check] | None = None,
    optional: Mapping[str, Check] | None = None,
    *,
    also: Check | None = None,
) -> Thing:
    """An object with these members and no others."""
    return Thing(dict(required or {}), dict(optional or {}), also)


@dataclass(frozen=True, slots=True)
class Tagged:
    """An object whose `type` says which of the checks applies."""

    kinds: Mapping[str, Check]

    def __call__(self, value: Any, at: str, problems: Problems) -> None:
        """Check one object."""
        if not isinstance(value, dict):
            problems.append(Problem(at, "must provide an object", "invalid_type"))
            return
        kind = value.get("type")
        if kind is None:
            problems.append(Problem(at, "missing required field: type", "missing_field"))
        elif not isinstance(kind, str) or kind not in self.kinds:
            problems.append(Problem(f"{at}/type", f"unsupported type: {kind}", "unsupported_type"))
        else:
            self.kinds[kind](value, at, problems)


def tagged(kinds: Mapping[str, Check]) -> Tagged:
    """An object whose `type` says which of the checks applies."""
    return Tagged(kinds)


def anything(value: Any, at: str, problems: Problems) -> None:
    """A member whose inside Slack leaves to the client."""


def every(*checks: Check) -> Check:
    """All of the checks."""

    def check(value: Any, at: str, problems: Problems) -> None:
        for one in checks:
            one(value, at, problems)

    return check
