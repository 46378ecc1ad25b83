"""L12: telephones; only those whose number was verified of late may be named (DOMAIN §8.4)."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from core.lint.places import Place
from core.lint.rules.words import HELP_LINE_NAMES
from core.municipal_profiles.wording import HelpLine

_NUMBER: Final = re.compile(r"(?<![\d-])(?:\+81[- ]?\d|0\d|#\d)[\d() -]{2,13}\d(?![\d-])")
_SHORT: Final = re.compile(r"#\d{4}(?!\d)")
_SHORTEST, _LONGEST = 10, 11


def unverified_telephones(
    text: str, *, today: date, help_lines: tuple[HelpLine, ...]
) -> Iterator[Place]:
    """Numbers that are not of a verified help line, and help lines named without being one."""
    held = [line for line in help_lines if line.holds(today)]
    numbers = frozenset(digits_of(line.number) for line in held)
    for match in _NUMBER.finditer(text):
        digits = digits_of(match.group())
        if _SHORTEST <= len(digits) <= _LONGEST and digits not in numbers:
            yield Place(*match.span())
    for match in _SHORT.finditer(text):
        if digits_of(match.group()) not in numbers:
            yield Place(*match.span())
    for match in HELP_LINE_NAMES.finditer(text):
        if not any(match.group() in line.name or line.name in match.group() for line in held):
            yield Place(*match.span())


def digits_of(number: str) -> str:
    """The digits of a number, of a Japanese one without the country's code."""
    digits = "".join(sign for sign in number if sign.isdigit())
    return f"0{digits[2:]}" if number.strip().startswith("+81") else digits
