"""Some words are said to nobody, on no screen: nobody's silence is counted in the open (G-25)."""

import re
import tomllib

import pytest

from tests.house.sources import CHECKOUT

NEVER = ("督促", "未返信", "安否確認", "ノルマ", "不応答", "無反応", "返信なし", "対象者リスト")
_NOT = re.compile(r"not: *(?:\[[^\]]*\]|[^\n]*)")
SPOKEN = (
    *sorted((CHECKOUT / "bots" / "web" / "templates").glob("*.html")),
    *sorted((CHECKOUT / "bots" / "practice" / "page").rglob("*.js")),
    *sorted((CHECKOUT / "bots" / "practice" / "page").rglob("*.html")),
    *sorted((CHECKOUT / "bots" / "practice" / "stories").glob("*.yaml")),
    *sorted((CHECKOUT / "bots" / "town" / "shipped").glob("*.yaml")),
    *sorted((CHECKOUT / "bots" / "web").rglob("*.py")),
    *sorted((CHECKOUT / "bots" / "slack").rglob("*.py")),
)


@pytest.mark.rule("G-25")
def test_no_sentence_for_staff_counts_anybodys_silence() -> None:
    said = tomllib.loads((CHECKOUT / "bots" / "i18n" / "ja.toml").read_text(encoding="utf-8"))
    sentences = [text for group in said.values() for text in _texts(group)]
    assert [(word, text) for text in sentences for word in NEVER if word in text] == []


@pytest.mark.rule("G-25")
def test_no_page_story_or_town_says_them_either() -> None:
    found = [
        f"{path.relative_to(CHECKOUT)}: {word}"
        for path in SPOKEN
        for word in NEVER
        # A story may name them in what a screen must not show.
        if word in _NOT.sub("", path.read_text(encoding="utf-8"))
    ]
    assert found == []


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    return [value] if isinstance(value, str) else []
