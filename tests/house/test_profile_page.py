"""docs/municipal-profile.md explains every key that may stand in a profile."""

import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from core.municipal_profiles.cadence import Rhythm
from core.municipal_profiles.profile import Circumstance, MunicipalProfile, Seen
from core.programmes import Programme
from tests.house.sources import document


def keys_of(kind: type) -> Iterator[str]:
    """The keys of a record and of the records in it."""
    hints = typing.get_type_hints(kind)
    for field in fields(kind):
        yield field.name
        for inner in (hints[field.name], *typing.get_args(hints[field.name])):
            if isinstance(inner, type) and is_dataclass(inner):
                yield from keys_of(inner)


def test_every_key_of_a_profile_is_explained() -> None:
    page = document("docs/municipal-profile.md")
    assert [key for key in sorted(set(keys_of(MunicipalProfile))) if f"`{key}`" not in page] == []


def test_every_word_that_a_key_may_hold_is_named() -> None:
    page = document("docs/municipal-profile.md")
    for kind in (Rhythm, Seen, Circumstance, Programme):
        assert [member for member in kind if f"`{member.value}`" not in page] == []
