"""Whole records as sealed documents: what nobody searches for, nobody needs a column for.

A row keeps in the clear what the house looks up by (ids, stages, days), and one sealed column
with the whole record. The library cattrs takes our dataclasses apart and puts them together;
where a field may hold one of several dataclasses, their name goes along (decision 0014).
"""

import dataclasses
import functools
import json
from collections.abc import Callable
from datetime import time
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin

from cattrs.preconf.json import JsonConverter, make_converter

from storage.types import Sealed

KIND: Final = "kind"


class SealedRecord(Sealed):
    """A sealed column that holds one of our records."""

    cache_ok = True

    def __init__(self, column: str, record: Any) -> None:
        """`column` is `table.column`; `record` the dataclass, or `Generic[of this]`."""
        super().__init__(column)
        self.record = record

    def encode(self, value: Any) -> bytes:
        """JSON, the same for the same record."""
        return dump_record(value, self.record)

    def decode(self, plain: bytes) -> Any:
        """The record."""
        return load_record(plain, self.record)


def dump_record(value: Any, record: Any) -> bytes:
    """A record as JSON in UTF-8; equal records give equal bytes."""
    plain = _converter().unstructure(value, unstructure_as=record)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def load_record(plain: bytes, record: Any) -> Any:
    """The record in a JSON document.

    Raises:
        Exception of cattrs: the document is not of this record.
    """
    return _converter().structure(json.loads(plain), record)


@functools.cache
def _converter() -> JsonConverter:
    converter = make_converter(forbid_extra_keys=False)
    converter.register_unstructure_hook(time, time.isoformat)
    converter.register_structure_hook(time, lambda value, _: time.fromisoformat(value))
    converter.register_unstructure_hook_factory(_is_set, _set_out)
    converter.register_unstructure_hook_factory(_is_choice, _choice_out)
    converter.register_structure_hook_factory(_is_choice, _choice_in)
    # An actor is a colleague's id or `system`: both are text.
    converter.register_structure_hook_func(_is_text, lambda value, _: value)
    converter.register_unstructure_hook_func(_is_text, lambda value: value)
    return converter


def _members(type_: Any) -> tuple[Any, ...]:
    if get_origin(type_) not in (Union, UnionType):
        return ()
    return tuple(member for member in get_args(type_) if member is not NoneType)


def _is_choice(type_: Any) -> bool:
    members = _members(type_)
    return len(members) > 1 and all(dataclasses.is_dataclass(member) for member in members)


def _is_text(type_: Any) -> bool:
    members = _members(type_)
    return len(members) > 1 and all(_bare(member) is str for member in members)


def _bare(type_: Any) -> Any:
    while hasattr(type_, "__supertype__"):
        type_ = type_.__supertype__
    return type_


def _is_set(type_: Any) -> bool:
    return get_origin(type_) in (frozenset, set)


def _set_out(type_: Any) -> Callable[[Any], list[Any]]:
    (item,) = get_args(type_)

    def out(values: Any) -> list[Any]:
        plain = [_converter().unstructure(value, unstructure_as=item) for value in values]
        # A set has no order; equal sets are to give equal documents.
        return sorted(plain, key=lambda value: json.dumps(value, sort_keys=True))

    return out


def _choice_out(type_: Any) -> Callable[[Any], Any]:
    def out(value: Any) -> Any:
        if value is None:
            return None
        plain = _converter().unstructure(value, unstructure_as=type(value))
        return {KIND: type(value).__name__, "is": plain}

    return out


def _choice_in(type_: Any) -> Callable[[Any, Any], Any]:
    by_name = {member.__name__: member for member in _members(type_)}

    def into(value: Any, _: Any) -> Any:
        if value is None:
            return None
        return _converter().structure(value["is"], by_name[value[KIND]])

    return into
