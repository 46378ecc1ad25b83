"""Linking over HTTP only, by what stands on screens: the menu, and the reception desk."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.practice_server import ask, practice

WORDS = "この前の紙を見ました"


@pytest.fixture(scope="module")
def town() -> Iterator[str]:
    with practice() as address:
        ask(address, "/practice/clock", {"advance": "PT1M"})
        yield address


def slack(town: str, user: str) -> str:
    return json.dumps(ask(town, f"/practice/slack/{user}"), ensure_ascii=False)


def menu(town: str, phone: str) -> list[str]:
    return list(ask(town, f"/practice/phones/{phone}")["rich_menu"])


def press(town: str, user: str, label: str, **fill: Any) -> Any:
    asked = {"label": label, "fill": fill} if fill else {"label": label}
    done = ask(town, f"/practice/pages/{user}/press", asked)
    assert done.get("status") == 200, done
    return done


@pytest.mark.rule("G-13")
def test_the_menu_is_touched_by_its_label_and_follows(town: str) -> None:
    assert menu(town, "A") == ["おたより", "人と話したい", "そのまま", "少し休む", "やめる"]
    rested = ask(town, "/practice/phones/A/tap", {"label": "少し休む"})
    assert "1か月お休みします" in rested["messages"][-1]["text"]
    assert menu(town, "A") == ["おたより", "人と話したい", "やめる"]
    ask(town, "/practice/phones/A/tap", {"label": "人と話したい"})
    assert "返事が届いています (A-12)" in slack(town, "佐藤")


@pytest.mark.rule("C8", "G-11", "R-001")
def test_from_the_reception_desk_to_the_persons_own_account(town: str) -> None:
    """A's second phone: words without a code, read at the desk, and linked beside the first."""
    phone = next(name for name in ask(town, "/practice/phones")["phones"] if not menu(town, name))
    ask(town, f"/practice/phones/{phone}/follow", {})
    ask(town, f"/practice/phones/{phone}/say", {"text": WORDS})
    told = slack(town, "田中")
    assert "名前のわからない方から連絡" in told and WORDS not in told
    assert menu(town, phone) == []

    desk = ask(town, "/practice/pages/田中/visit", {"label": "町の机を開く"})
    assert WORDS not in desk["text"], desk
    seen = press(town, "田中", "書かれたことを読む")
    assert WORDS in seen["text"]
    done = press(town, "田中", "案件の方とつなぐ", **{"どなたの案件か(記号)": "A-12"})
    assert "A-12 の方のLINEとして記録し" in done["text"]
    case = ask(town, "/practice/pages/田中/case", {"alias": "A-12"})
    assert WORDS in case["text"]
    assert menu(town, phone) == ["おたより", "人と話したい"]
