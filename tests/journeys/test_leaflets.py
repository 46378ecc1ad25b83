"""A leaflet from outside: over HTTP only, by what stands on screens, down to the open page."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.practice_server import ask, practice

TRAINS = "ちらしを選ぶ(小さな駅の写真展、「写真」・「鉄道」に合う)"
STAFF = ("佐藤", "田中", "鈴木", "高橋", "山本")


@pytest.fixture
def town() -> Iterator[str]:
    with practice() as address:
        yield address


def fetched(url: str) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status, answer.read(), {k.lower(): v for k, v in answer.headers.items()}
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(), {k.lower(): v for k, v in error.headers.items()}


def chosen(town: str) -> Any:
    """鈴木 chooses the leaflet about trains for A; 佐藤 approves it in Slack."""
    opened = ask(town, "/practice/pages/鈴木/case", {"alias": "A-12"})
    assert TRAINS in opened["links"]
    done = ask(town, "/practice/pages/鈴木/press", {"label": TRAINS, "fill": {}})
    assert "ちらしのおたよりを書きました。" in done["text"], done["text"]
    ask(town, "/practice/slack/佐藤/click", {"label": "承認する", "where": "ちらしを見つけました"})


@pytest.mark.rule("G-11", "G-20", "R-026")
def test_it_arrives_quietly_and_opens_for_the_person_alone(town: str) -> None:
    chosen(town)
    ask(town, "/practice/clock", {"at": "2026-12-01T10:31"})
    phone = ask(town, "/practice/phones/A")
    assert phone["lock_screen"][-1] == "鈴木からのおたより"
    assert "行っても行かなくても大丈夫です" in phone["messages"][-1]["text"]
    tapped = ask(town, "/practice/phones/A/tap", {"label": "ちらしを見る"})
    url = tapped["opened_url"]
    assert url.startswith(f"{town}/l/")
    status, page, headers = fetched(url)
    assert (status, headers["referrer-policy"]) == (200, "no-referrer")
    assert "とまる人の少ない駅" in page.decode()
    for picture, most in (("1.jpg", 1_000_000), ("1-large.jpg", 10_000_000)):
        status, content, headers = fetched(f"{url}/{picture}")
        assert (status, headers["content-type"], content[:2]) == (200, "image/jpeg", b"\xff\xd8")
        assert len(content) <= most
    again = ask(town, "/practice/pages/鈴木/case", {"alias": "A-12"})
    assert TRAINS not in again["links"]
    token = url.rpartition("/")[2]
    for colleague in STAFF:
        assert token not in json.dumps(ask(town, f"/practice/slack/{colleague}"))
    stopped = ask(
        town,
        "/practice/pages/鈴木/press",
        {"label": "ちらしのリンクを止める(小さな駅の写真展)", "fill": {}},
    )
    assert "もう開きません" in stopped["text"]
    gone, guessed = fetched(url), fetched(f"{town}/l/guessed")
    assert gone[:2] == guessed[:2]
    assert gone[0] == 404


@pytest.mark.rule("G-20", "S4")
def test_taken_back_between_approval_and_sending_it_stays_here_and_its_author_is_told(
    town: str,
) -> None:
    chosen(town)
    ask(town, "/practice/slack/高橋/open", {"what": "home"})
    ask(town, "/practice/pages/高橋/visit", {"label": "町の机を開く"})
    gone = ask(
        town,
        "/practice/pages/高橋/press",
        {
            "label": "ちらしを取り下げる(小さな駅の写真展)",
            "fill": {"取り下げるわけ": "会場が替わった"},
        },
    )
    assert "取り下げました" in gone["text"], gone
    ask(town, "/practice/clock", {"at": "2026-12-01T10:31"})
    assert ask(town, "/practice/phones/A")["messages"] == []
    told = json.dumps(ask(town, "/practice/slack/鈴木"), ensure_ascii=False)
    assert "期間が終わったか、取り下げられたちらしです" in told
