"""Whatever JSON LINE may one day send: nothing raises and nothing is lost."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bots.line.reader import LineEventReader

READER = LineEventReader()
PARTS = ("id", "type", "text", "keywords", "userId", "messageId", "data", "title")

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec=None))
    | st.sampled_from(["message", "text", "user", "unsend", "standby", "press=keep", "U1"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
parts = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("id", "type", "text", "keywords", "userId", "messageId", "data", "title"), anything
    ),
)
events = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["message", "postback", "unsend", "follow"]) | anything,
        "mode": anything,
        "timestamp": anything,
        "webhookEventId": anything,
        "deliveryContext": anything,
        **dict.fromkeys(("source", "message", "unsend", "postback", "follow"), parts | anything),
    },
)


@given(st.lists(events | anything, max_size=5))
def test_every_event_is_kept_as_it_was_and_read_under_the_same_key(several: list[Any]) -> None:
    cut = READER.cut(json.dumps({"destination": "U0", "events": several}).encode())
    assert [json.loads(raw.raw) for raw in cut] == several
    for raw in cut:
        event = READER.read(raw.raw)
        assert event.event_key == raw.event_key
        assert event.event_key.isascii()
        assert len(event.event_key) <= 256
        assert event.occurred_at is None or event.occurred_at.tzinfo is not None
        repr(event).encode()


@given(anything)
def test_no_json_at_all_disturbs_the_reader(whole: Any) -> None:
    body = json.dumps(whole).encode()
    READER.cut(body)
    READER.read(body)


@given(st.binary(max_size=200))
def test_no_bytes_at_all_do(body: bytes) -> None:
    READER.cut(body)
    READER.read(body)


def test_no_depth_does() -> None:
    for depth in range(200, 3000, 100):
        deep = b'{"events":[{"a":' + b"[" * depth + b"]" * depth + b"}]}"
        READER.cut(deep)
        READER.read(deep)
