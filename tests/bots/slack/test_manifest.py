"""The manifest declares what is implemented: no more, no less."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from bots.i18n.catalogue import LOCALES
from bots.slack.manifest import COMMANDS, EVENTS, SCOPES, SHORTCUTS, manifest
from tests.contracts_dir import contract

URL = "https://yorisoi.example.jp/"


@pytest.mark.parametrize("locale", LOCALES)
def test_slacks_own_schema_takes_it(locale: str) -> None:
    schema = json.loads(contract("slack/manifest.schema.2.0.0.json").read_text(encoding="utf-8"))
    jsonschema.validate(manifest(URL, locale=locale), schema)


def test_everything_comes_to_one_address() -> None:
    made = manifest(URL)
    address = "https://yorisoi.example.jp/slack/events"
    assert {command["url"] for command in made["features"]["slash_commands"]} == {address}
    assert made["settings"]["interactivity"]["request_url"] == address
    assert made["settings"]["event_subscriptions"]["request_url"] == address


def test_names_are_the_promised_ones() -> None:
    made = manifest(URL)["features"]
    assert {c["command"]: c["description"] for c in made["slash_commands"]} == {
        "/renraku": "接触を記録",
        "/otayori": "おたよりを書く",
        "/case": "案件を開く",
    }
    assert {s["callback_id"]: s["name"] for s in made["shortcuts"]} == {
        "log_contact": "接触を記録",
        "write_letter": "おたよりを書く",
        "open_case": "案件を開く",
        "log_contact_from_message": "この投稿を接触記録に",
    }


def test_lengths_are_within_slacks_limits() -> None:
    for locale in LOCALES:
        made = manifest(URL, locale=locale)
        about = made["display_information"]
        assert len(about["name"]) <= 35
        assert len(about["description"]) <= 140
        assert 175 <= len(about["long_description"]) <= 4000
        for shortcut in made["features"]["shortcuts"]:
            assert len(shortcut["name"]) <= 24
            assert len(shortcut["description"]) <= 150


def test_every_declared_event_and_command_has_a_listener() -> None:
    source = "\n".join(p.read_text(encoding="utf-8") for p in Path("bots/slack").glob("*.py"))
    assert len(re.findall(r"app\.command\(", source)) == len(COMMANDS)
    assert len(re.findall(r"app\.shortcut\(", source)) == len(SHORTCUTS)
    assert [name for name in EVENTS if f'app.event("{name}")' not in source] == []


def test_scopes_are_those_that_the_methods_in_use_need() -> None:
    known = json.loads(contract("slack/bot_methods_scopes_tiers.json").read_text(encoding="utf-8"))
    needed = set()
    for method in sorted(called()):
        accepted = set(known["methods"][method]["bot_scopes"] or ())
        assert not accepted or accepted & set(SCOPES), method
        needed |= accepted & set(SCOPES)
    assert needed | {"commands"} == set(SCOPES)


def called() -> set[str]:
    """The Web API methods that the front calls, by the SDK's names for them."""
    source = "\n".join(p.read_text(encoding="utf-8") for p in Path("bots/slack").glob("*.py"))
    names = re.findall(r"client\.((?:chat|views|conversations|users)_\w+)", source)
    return {name.replace("_", ".", 1) for name in names}
