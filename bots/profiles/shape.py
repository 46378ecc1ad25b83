"""Plain tables of a TOML file made into records, strictly: each key known, each value of its kind.

The records of the core say what may stand in a file; there is no second list of keys.
"""

import enum
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any, Final, TypeVar

from core.municipal_profiles.fitness import Fault

Record = TypeVar("Record")
_KINDS: Final[Mapping[type, str]] = {
    str: "text in quotes",
    int: "a whole number",
    bool: "true or false",
    date: "a day, such as 2027-04-01",
    time: "a time, such as 08:30:00",
}


class Misshapen(Exception):
    """What stands in the file is not of the shape asked for.

    Attributes:
        faults: everything that was found.
    """

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(faults)} faults")


def shaped(kind: type[Record], table: object) -> Record:
    """The record of this kind that the table describes.

    Raises:
        Misshapen: with every key that is unknown, missing or of another kind.
    """
    faults: list[Fault] = []
    record = _record(kind, table, "", faults)
    if faults:
        raise Misshapen(faults)
    return typing.cast(Record, record)


def _record(kind: type, table: object, key: str, faults: list[Fault]) -> object:
    if not isinstance(table, dict):
        faults.append(Fault(key=key, sentence="must be a table (name = value)"))
        return None
    hints = typing.get_type_hints(kind)
    known = {field.name: field for field in fields(kind)}
    for name in table.keys() - known.keys():
        faults.append(Fault(key=_under(key, name), sentence=_unknown(name, list(known))))
    for name in _missing(known.values(), table):
        faults.append(Fault(key=_under(key, name), sentence="this key is needed"))
    before = len(faults)
    values = {
        name: _value(hints[name], value, _under(key, name), faults)
        for name, value in table.items()
        if name in known
    }
    complete = len(faults) == before and not set(_missing(known.values(), table))
    return kind(**values) if complete else None


def _value(hint: Any, value: object, key: str, faults: list[Fault]) -> object:
    if isinstance(hint, types.UnionType):
        (hint,) = (one for one in typing.get_args(hint) if one is not type(None))
    if typing.get_origin(hint) is tuple:
        return _list(typing.get_args(hint)[0], value, key, faults)
    if is_dataclass(hint):
        return _record(typing.cast(type, hint), value, key, faults)
    if issubclass(hint, enum.Enum):
        return _member(hint, value, key, faults)
    if type(value) is not hint:
        if hint is date and isinstance(value, datetime):
            value = "a day with a time"
        faults.append(Fault(key=key, sentence=f"must be {_KINDS[hint]}, here is {_told(value)}"))
    return value


def _list(hint: Any, value: object, key: str, faults: list[Fault]) -> object:
    if not isinstance(value, list):
        faults.append(Fault(key=key, sentence="must be a list ([ ... ], or [[...]] for tables)"))
        return ()
    return tuple(_value(hint, one, f"{key}.{place}", faults) for place, one in enumerate(value))


def _member(hint: type[enum.Enum], value: object, key: str, faults: list[Fault]) -> object:
    for member in hint:
        if member.value == value:
            return member
    known = [str(member.value) for member in hint]
    faults.append(Fault(key=key, sentence=f'"{value}" is not known here{_near(str(value), known)}'))
    return None


def _missing(known: Any, table: Mapping[str, object]) -> Iterator[str]:
    field: Field[object]
    for field in known:
        if (
            field.name not in table
            and field.default is MISSING
            and field.default_factory is MISSING
        ):
            yield field.name


def _unknown(name: str, known: list[str]) -> str:
    return f"there is no such key here{_near(name, known)}"


def _near(word: str, known: list[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f'; did you mean "{near[0]}"?' if near else f"; known are {', '.join(known)}"


def _told(value: object) -> str:
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def _under(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name
