"""Every refusal, every value and every sentence in both languages."""

import enum
import importlib
import pkgutil
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import core
from bots.i18n.catalogue import (
    LOCALES,
    day,
    findings_text,
    keys,
    moment,
    needs,
    refusal,
    say,
    speaks,
    word,
)
from core.access import NotYours
from core.errors import AlreadyDecided, CaseworkError, NotFound
from core.letters import LetterState, WindowUnfit
from core.lint import Finding, WordingBlocked

FORBIDDEN = ("督促", "未返信", "安否確認", "対象者リスト", "ノルマ", "既読")


def everything_in_core() -> list[type]:
    found: dict[str, type] = {}
    for module in pkgutil.walk_packages(core.__path__, "core."):
        loaded = importlib.import_module(module.name)
        for value in vars(loaded).values():
            if isinstance(value, type) and value.__module__.startswith("core"):
                found[f"{value.__module__}.{value.__qualname__}"] = value
    return list(found.values())


REFUSALS = [
    kind
    for kind in everything_in_core()
    if issubclass(kind, CaseworkError) and kind is not CaseworkError
]
VALUES: list[enum.StrEnum] = [
    value for kind in everything_in_core() if issubclass(kind, enum.StrEnum) for value in kind
]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_sentence_and_a_next_step(
    kind: type[CaseworkError], locale: str
) -> None:
    assert {f"refusals.{kind.__name__}.sentence", f"refusals.{kind.__name__}.next"} <= keys(locale)
    assert kind.rule, "a refusal names its rule"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_every_refusal_can_be_said_without_facts(kind: type[CaseworkError], locale: str) -> None:
    bare = WordingBlocked(()) if kind is WordingBlocked else kind()
    said = refusal(bare, locale=locale)
    assert said.sentence
    assert said.rule in said.text


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("value", VALUES, ids=lambda value: f"{type(value).__name__}.{value}")
def test_every_value_has_a_word(value: enum.StrEnum, locale: str) -> None:
    assert word(value, locale=locale)


def test_both_languages_have_the_same_sentences_with_the_same_facts() -> None:
    only_english = {"dates.months"}
    assert keys("ja") == keys("en") - only_english
    for key in keys("ja"):
        if not key.startswith("dates."):
            assert needs(key, locale="ja") == needs(key, locale="en"), key


def test_no_sentence_holds_a_forbidden_word() -> None:
    for locale in LOCALES:
        text = Path(f"bots/i18n/{locale}.toml").read_text(encoding="utf-8")
        # A first letter itself says what that mark means (G-17).
        text = "\n".join(x for x in text.splitlines() if not x.startswith("first_no_automatic"))
        assert not [bad for bad in FORBIDDEN if bad in text]


def test_every_sentence_that_the_slack_front_names_is_there() -> None:
    named = set()
    for path in Path("bots/slack").glob("*.py"):
        named |= set(re.findall(r'say\(\s*"([a-z_]+\.\w+)"', path.read_text(encoding="utf-8")))
    assert named
    for locale in LOCALES:
        assert not named - keys(locale)


def test_a_day_and_a_time_are_local() -> None:
    at = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
    assert moment(at) == "11月21日(土) 10:30"
    assert moment(at, zoned=True) == "11月21日(土) 10:30 JST"
    assert moment(at, locale="en") == "Sat 21 Nov, 10:30"
    assert day(date(2026, 4, 5), locale="en") == "Sun 5 Apr"


def test_the_second_clicker_learns_who_decided_and_when() -> None:
    error = AlreadyDecided(by="佐藤", at="2026-11-21T05:03:00+00:00", state="SCHEDULED")
    assert refusal(error).text == (
        "佐藤さんが 11月21日(土) 14:03 JST に決めています。いまは「予約中」です(S2)。"
        "カードを新しくしました。いまの内容をご覧ください。"
    )
    assert "Sat 21 Nov, 14:03 JST" in refusal(error, locale="en").text


def test_a_window_that_does_not_fit_names_the_next_one() -> None:
    error = WindowUnfit(next="2026-11-24T10:00:00+09:00")
    assert "11月24日(火) 10:00" in refusal(error).next_step


def test_a_refused_action_is_named_in_words() -> None:
    assert "おたよりを承認する" in refusal(NotYours(action="approve_letter")).sentence


def test_what_was_not_found_is_named_where_it_is_known() -> None:
    assert "Z-9" in refusal(NotFound(alias="Z-9")).sentence
    assert refusal(NotFound()).sentence == "見つかりませんでした。"


def test_private_words_are_named_but_never_repeated() -> None:
    found = (
        Finding(
            code="L5",
            level="block",
            span=(0, 2),
            text="支援",
            reason="lock_screen",
            softer="neutral_words",
        ),
        Finding(
            code="L6",
            level="block",
            span=(3, 5),
            text="青木",
            reason="personal",
            softer="without_it",
        ),
    )
    for locale in LOCALES:
        text = refusal(WordingBlocked(found), locale=locale).text
        assert "支援" in text
        assert "青木" not in text
        assert "青木" not in findings_text(found, locale=locale)


def test_an_unknown_language_reads_japanese() -> None:
    assert speaks("fr-FR") == "ja"
    assert speaks("en-GB") == "en"
    assert speaks(None) == "ja"
    assert word(LetterState.SENT, locale=speaks("en-GB")) == "Sent (accepted)"


def test_a_sentence_that_does_not_exist_is_a_bug() -> None:
    with pytest.raises(KeyError):
        say("common.nothing_like_this")
