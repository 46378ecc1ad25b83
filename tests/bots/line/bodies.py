"""Webhook bodies made by chance: as LINE describes them, as its own samples break that, and worse.

Seeded, so that a body that was not taken can be made again: `Bodies(seed)` gives the same ones.
Every event carries a mark of its own, by which it is looked for afterwards.
"""

import json
import random
import re
import string
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from tests.contracts_dir import CONTRACTS

WEBHOOK: Final = CONTRACTS / "line" / "webhook.yml"
MARK: Final = re.compile(rb"mark-\d+-\d+")
STRANGERS: Final = tuple(f"U{number:032x}" for number in range(7))

# Where the description is not at hand, and in the shapes in which LINE's samples break it.
KINDS: Final = (
    "accountLink",
    "activated",
    "beacon",
    "botResumed",
    "botSuspended",
    "deactivated",
    "delivery",
    "follow",
    "join",
    "leave",
    "memberJoined",
    "memberLeft",
    "membership",
    "message",
    "messageEdited",
    "module",
    "postback",
    "unfollow",
    "unsend",
    "videoPlayComplete",
)
CONTENTS: Final = ("audio", "file", "image", "location", "sticker", "text", "video")

_TEXTS: Final[Sequence[Callable[[random.Random], str]]] = (
    lambda chance: "".join(chance.choices(string.printable, k=chance.randrange(40))),
    lambda chance: "".join(
        chance.choices("ひらがなカタカナ漢字𠮷🍎👨‍👩‍👧", k=chance.randrange(30))
    ),
    lambda chance: chance.choice(
        ["", " ", "\0", "\u2028", "\ufeff", "null", "[/bold]", "' OR 1=1 --"]
    ),
    lambda chance: chance.choice(["\ud83c", "\udf4e\ud83c", "a\ud800b", "\uffff", "\u202e逆"]),
    lambda chance: chance.choice(["そのまま", "少し休む", "人と話したい", "おたより", "ABCD-EFGH"]),
    lambda chance: "長" * chance.choice([100, 5000, 20_000]) if chance.random() < 0.05 else "短",
)
_ODD: Final[Sequence[Callable[[random.Random], Any]]] = (
    lambda chance: None,
    lambda chance: chance.random() < 0.5,
    lambda chance: chance.choice([0, -1, 2**31, 2**63, 2**64, 10**40, -(10**400)]),
    lambda chance: chance.choice([0.5, -1e308, 1e-320, float("inf"), float("nan")]),
    lambda chance: [],
    lambda chance: {},
    lambda chance: [None, [], {}, "x", 1],
    lambda chance: _nested(chance.choice([3, 40, 300])),
    lambda chance: text(chance),
    lambda chance: {text(chance): text(chance) for _ in range(3)},
)


def text(chance: random.Random) -> str:
    """Words, or what passes for them."""
    return chance.choice(_TEXTS)(chance)


def _nested(depth: int) -> Any:
    value: Any = "x"
    for level in range(depth):
        value = [value] if level % 2 else {"a": value}
    return value


@dataclass
class Bodies:
    """Webhook bodies from one seed.

    Attributes:
        person: whose account is linked; a few events come from there.
        marks: every mark that was given away.
    """

    seed: int
    person: str
    marks: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._schemas = _schemas()
        self._ids: list[str] = []
        self._messages: list[str] = ["m-0"]

    def make(self, count: int) -> Iterator[bytes]:
        """So many bodies, each a JSON object in UTF-8."""
        for number in range(count):
            yield self._body(number)

    def _body(self, number: int) -> bytes:
        chance = self._chance
        events = [self._event(number, place) for place in range(chance.choice([1, 1, 1, 2, 3]))]
        whole: dict[str, Any] = {"destination": "U" + "0" * 32, "events": events}
        how = chance.random()
        if how < 0.03:
            whole["destination"] = chance.choice(_ODD)(chance)
        elif how < 0.05:
            del whole["destination"]
        elif how < 0.07:
            odd = ({"0": events}, [events], json.dumps(events))
            whole["events"] = chance.choice(odd)
        elif how < 0.08:
            whole = {"destination": "xxxxxxxxxx", "event": events}
        return self._written(whole)

    def _written(self, whole: Any) -> bytes:
        chance = self._chance
        written = json.dumps(whole, ensure_ascii=chance.random() < 0.5)
        how = chance.random()
        if how < 0.03:
            written = written.replace('"type":', '"type": "text", "type":', 1)
        elif how < 0.05:
            written = written.replace('"events":', '"events": [], "events":', 1)
        elif how < 0.06:
            written = written.replace("{", "{\n\t ", 1)
        elif how < 0.065:
            written = written.replace('"timestamp":', f'"big": {"9" * 6000}, "timestamp":', 1)
        elif how < 0.07:
            depth = 2000
            deep = "[" * depth + "]" * depth
            written = written.replace('"timestamp":', f'"deep": {deep}, "timestamp":', 1)
        try:
            return written.encode()
        except UnicodeEncodeError:
            # Half a character stands in JSON as an escape only.
            return re.sub(
                "[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", written
            ).encode()

    def _event(self, number: int, place: int) -> Any:
        chance = self._chance
        mark = f"mark-{number}-{place}"
        if chance.random() < 0.02:
            self.marks.append(mark.encode())
            return chance.choice([mark, [mark], [[{"x": mark}]], {"type": mark}])
        event = self._described() if self._schemas and chance.random() < 0.7 else self._sampled()
        event["source"] = self._source()
        event["webhookEventId"] = f"01{mark}"
        if chance.random() < 0.5:
            for _ in range(chance.randrange(1, 4)):
                self._break(event)
        if self._ids and chance.random() < 0.03:
            event["webhookEventId"] = chance.choice(self._ids)
        event["note"] = mark
        if self._comes_once(event, mark):
            self.marks.append(mark.encode())
        return event

    def _comes_once(self, event: dict[str, Any], mark: str) -> bool:
        """Whether nothing makes it the same event as another: LINE's id, or, where that was
        broken, the id of its message."""
        given = event.get("webhookEventId")
        if given == f"01{mark}":
            self._ids.append(given)
            return True
        return not isinstance(given, str | int) and "message" not in event

    def _source(self) -> Any:
        chance = self._chance
        how = chance.random()
        if how < 0.01:
            return {"type": "user", "userId": self.person}
        if how < 0.03:
            return {"type": "user", "userId": chance.choice(STRANGERS)}
        if how < 0.06:
            return {"type": "user"}
        kind = chance.choice(["group", "room", "novel"])
        return {"type": kind, f"{kind}Id": "C" + "1" * 32}

    def _message_id(self) -> str:
        chance = self._chance
        if chance.random() < 0.3:
            return chance.choice(self._messages)
        self._messages.append(f"m-{len(self._messages)}")
        return self._messages[-1]

    def _described(self) -> dict[str, Any]:
        """An event as the official description allows it."""
        kinds = self._schemas["Event"]["discriminator"]["mapping"]
        kind = self._chance.choice(sorted(kinds))
        event: dict[str, Any] = self._value({"$ref": kinds[kind]}, depth=0)
        event["type"] = kind
        self._name_its_message(event)
        return event

    def _sampled(self) -> dict[str, Any]:
        """As in the platform's own samples: parts missing, dummies, kinds not described."""
        chance = self._chance
        kind = chance.choice(KINDS) if chance.random() < 0.9 else text(chance)
        event: dict[str, Any] = {
            "type": kind,
            "mode": chance.choice(["active", "active", "active", "standby", "novel"]),
            "timestamp": chance.choice([1462629479859, "1462629479859", 0, None, 1.5e12]),
            "replyToken": "nHuyWiB7yP5Zw52FIkcQobQuGDXCTA",
            "deliveryContext": chance.choice([{"isRedelivery": False}, {}, None]),
        }
        if kind in ("message", "messageEdited"):
            event["message"] = {
                "id": "325708",
                "type": chance.choice([*CONTENTS, "hologram"]),
                "text": text(chance),
                "fileName": text(chance),
            }
        elif kind == "unsend":
            event["unsend"] = {"messageId": "325708"}
        elif kind == "postback":
            event["postback"] = {"data": chance.choice(["press=keep", "press=rest", "x=1"])}
        elif kind == "follow" and chance.random() < 0.5:
            event["follow"] = {"isUnblocked": chance.random() < 0.5}
        self._name_its_message(event)
        return event

    def _name_its_message(self, event: dict[str, Any]) -> None:
        if isinstance(event.get("message"), dict):
            event["message"]["id"] = self._message_id()
        if isinstance(event.get("unsend"), dict):
            # Rarely a message that is there: what is taken back cannot be looked for afterwards.
            event["unsend"]["messageId"] = f"none-{self._chance.randrange(99)}"
            if self._chance.random() < 0.3:
                event["unsend"]["messageId"] = self._message_id()

    def _break(self, whole: dict[str, Any]) -> None:
        """Make one thing wrong, somewhere in it."""
        chance, at = self._chance, whole
        while True:
            inner = [value for value in at.values() if isinstance(value, dict) and value]
            if not inner or chance.random() < 0.5:
                break
            at = chance.choice(inner)
        name = chance.choice([*at])
        how = chance.random()
        if how < 0.3:
            del at[name]
        elif how < 0.8:
            at[name] = chance.choice(_ODD)(chance)
        else:
            at[text(chance)] = chance.choice(_ODD)(chance)

    def _value(self, schema: dict[str, Any], *, depth: int) -> Any:
        if "$ref" in schema:
            return self._value(self._schemas[schema["$ref"].rsplit("/", 1)[1]], depth=depth)
        chance = self._chance
        mapping = schema.get("discriminator", {}).get("mapping")
        if mapping and depth:
            kind = chance.choice(sorted(mapping))
            return {**self._value({"$ref": mapping[kind]}, depth=0), "type": kind}
        if "enum" in schema:
            return chance.choice(schema["enum"])
        if "allOf" in schema or schema.get("type") == "object" or "properties" in schema:
            return self._object(schema, depth=depth)
        if schema.get("type") == "array":
            return [
                self._value(schema["items"], depth=depth + 1) for _ in range(chance.randrange(3))
            ]
        if schema.get("type") == "integer":
            return chance.choice([1, 5000, 1_700_000_000_000 + chance.randrange(10**9)])
        simple = {"number": 35.65, "boolean": chance.random() < 0.5}
        return simple.get(schema["type"], text(chance))

    def _object(self, schema: dict[str, Any], *, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for part in schema.get("allOf", ()):
            found = self._schemas[part["$ref"].rsplit("/", 1)[1]] if "$ref" in part else part
            made |= self._object(
                {k: v for k, v in found.items() if k != "discriminator"}, depth=depth
            )
        needed = schema.get("required", ())
        for name, inner in schema.get("properties", {}).items():
            if name in needed or self._chance.random() < 0.6:
                made[name] = self._value(inner, depth=depth + 1)
        return made


def _schemas() -> dict[str, Any]:
    if not WEBHOOK.exists():
        return {}
    whole = yaml.load(WEBHOOK.read_text(), Loader=yaml.CSafeLoader)
    found: dict[str, Any] = whole["components"]["schemas"]
    return found
