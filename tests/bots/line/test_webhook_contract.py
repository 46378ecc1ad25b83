"""Events as the official description of LINE's webhook says they can be."""

import json
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.line.reader import LineEventReader
from core.inbound import Followed, Meaning, NotUnderstood, Said, Unfollowed, Unsent
from tests.contracts_dir import CONTRACTS, contract

WEBHOOK = "line/webhook.yml"
READ = {"message": Said, "unsend": Unsent, "follow": Followed, "unfollow": Unfollowed}


@cache
def schemas() -> dict[str, Any]:
    whole = yaml.load(contract(WEBHOOK).read_text(), Loader=yaml.CSafeLoader)
    found: dict[str, Any] = whole["components"]["schemas"]
    return found


def kinds(base: str) -> list[str]:
    """The kinds of a polymorphic schema; empty where the description is not at hand."""
    if not (CONTRACTS / WEBHOOK).exists():
        return []
    return list(schemas()[base]["discriminator"]["mapping"])


def values(schema: dict[str, Any], *, kind: str | None = None) -> st.SearchStrategy[Any]:
    """Whatever the description allows here; `kind` picks one of a polymorphic schema."""
    if "$ref" in schema:
        return values(schemas()[schema["$ref"].rsplit("/", 1)[1]], kind=kind)
    mapping = schema.get("discriminator", {}).get("mapping")
    if mapping:
        chosen = mapping if kind is None else {kind: mapping[kind]}
        return st.one_of(
            *(_object(_merged({"$ref": ref}), kind=name) for name, ref in chosen.items())
        )
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema.get("type") == "object" or "allOf" in schema or "properties" in schema:
        return _object(_merged(schema))
    if schema.get("type") == "array":
        return st.lists(values(schema["items"]), max_size=3)
    if schema.get("format") == "int64" and schema.get("type") == "integer":
        return st.integers(1_500_000_000_000, 1_900_000_000_000)
    simple: dict[str, st.SearchStrategy[Any]] = {
        "string": st.text(max_size=20),
        "integer": st.integers(0, 10_000),
        "number": st.floats(-90, 90),
        "boolean": st.booleans(),
    }
    return simple[schema["type"]]


def _merged(schema: dict[str, Any]) -> dict[str, Any]:
    """Properties and required names of a schema and all it is made of."""
    if "$ref" in schema:
        return _merged(schemas()[schema["$ref"].rsplit("/", 1)[1]])
    properties, required = dict(schema.get("properties", {})), set(schema.get("required", ()))
    for part in map(_merged, schema.get("allOf", ())):
        properties = part["properties"] | properties
        required |= part["required"]
    return {"properties": properties, "required": required}


def _object(merged: dict[str, Any], *, kind: str | None = None) -> st.SearchStrategy[Any]:
    drawn = {name: values(schema) for name, schema in merged["properties"].items()}
    if kind is not None:
        drawn["type"] = st.just(kind)
    must = {name: strategy for name, strategy in drawn.items() if name in merged["required"]}
    may = {name: strategy for name, strategy in drawn.items() if name not in must}
    return st.fixed_dictionaries(must, optional=may)


def event(kind: str, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One event of this kind from a person in an active channel."""
    person = st.fixed_dictionaries({"type": st.just("user"), "userId": st.just("U" + "a" * 32)})
    fixed = st.fixed_dictionaries({"mode": st.just("active"), "source": person, **parts})
    return st.tuples(values(schemas()["Event"], kind=kind), fixed).map(lambda two: two[0] | two[1])


def read(whole: dict[str, Any]) -> Meaning:
    reader = LineEventReader()
    (raw,) = reader.cut(json.dumps({"destination": "U0", "events": [whole]}).encode())
    assert json.loads(raw.raw) == whole
    return reader.read(raw.raw).meaning


@pytest.mark.parametrize("kind", kinds("Event"))
@given(data=st.data())
@settings(max_examples=15)
def test_every_described_event_is_read_or_named(kind: str, data: st.DataObject) -> None:
    ids = st.fixed_dictionaries({"messageId": st.just("m-1")})
    parts = {"unsend": ids} if kind == "unsend" else {}
    meaning = read(data.draw(event(kind, **parts)))
    expected = READ.get(kind)
    if expected is None:
        assert isinstance(meaning, NotUnderstood)
        assert meaning.kind.split(".")[0] == kind
    else:
        assert isinstance(meaning, expected)


@pytest.mark.parametrize("kind", kinds("MessageContent"))
@given(data=st.data())
@settings(max_examples=15)
def test_every_described_message_is_an_answer(kind: str, data: st.DataObject) -> None:
    content = values(schemas()["MessageContent"], kind=kind)
    said = read(data.draw(event("message", message=content)))
    assert isinstance(said, Said)
    assert said.kind.value == kind


def test_the_description_is_read_where_it_is_at_hand() -> None:
    assert contract(WEBHOOK).exists()
    assert set(READ) < set(kinds("Event"))
