"""Stories on the practice page: chosen, played step by step, another town behind one address."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import uvicorn

from bots.practice.script import read_script, shipped_stories
from bots.rehearsal import Rehearsal
from bots.theatre import Play, Theatre, play_of
from bots.town.reader import read_town
from tests.people import TOKYO

AT = datetime(2026, 11, 30, 9, 30, tzinfo=TOKYO)


@dataclass
class House:
    """A theatre behind a socket, and whoever asks it."""

    theatre: Theatre
    session: aiohttp.ClientSession

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        async with self.session.request(method, path, json=body) as answer:
            return {"status": answer.status, **(await answer.json())}

    @property
    def rehearsal(self) -> Rehearsal:
        assert self.theatre.rehearsal is not None
        return self.theatre.rehearsal

    @property
    def record(self) -> Path:
        return Path(self.rehearsal.settings.database_url.removeprefix("sqlite:///"))


@contextlib.asynccontextmanager
async def open_house() -> AsyncIterator[House]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        theatre = Theatre(
            Play(town=read_town("practice", at=AT, tz=TOKYO), at=AT), port=port, tz=TOKYO
        )
        server = uvicorn.Server(
            uvicorn.Config(theatre.app, log_level="warning", access_log=False, ws="none")
        )
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:
            assert not serving.done()
            await asyncio.sleep(0.01)
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", trust_env=False) as session:
            yield House(theatre=theatre, session=session)
        server.should_exit = True
        await serving


@pytest.fixture
async def house() -> AsyncIterator[House]:
    before = asyncio.all_tasks()
    async with open_house() as found:
        yield found
    left = asyncio.all_tasks() - before - {asyncio.current_task()}
    assert not left, "nothing goes on after the house is closed"


async def test_the_menu_names_every_story_that_ships(house: House) -> None:
    stories = (await house.ask("GET", "/practice/stories"))["stories"]
    assert [story["name"] for story in stories] == list(shipped_stories())
    assert all(story["title"] and story["summary"] for story in stories)
    shown = await house.ask("GET", "/practice/stage")
    assert (shown["stories"], shown["story"], len(shown["guide"])) == (stories, None, 4)


async def test_a_story_starts_its_town_anew_and_is_played_step_by_step(house: House) -> None:
    await house.ask("POST", "/practice/clock", {"advance": "P60D"})
    first, record = house.rehearsal, house.record
    begun = await house.ask("POST", "/practice/stories/first-letter")
    assert begun == {"status": 200, "name": "first-letter", "town": "midori"}
    assert house.rehearsal is not first
    assert not record.exists(), "the old town's record is gone"
    shown = await house.ask("GET", "/practice/stage")
    assert shown["clock"]["at"].startswith("2026-11-30T09:30")
    assert (shown["story"]["title"], shown["story"]["played"]) == ("はじめのおたより", 0)
    told = await house.ask("POST", "/practice/story/next")
    assert told["last"]["said"] == "佐藤さんが「承認する」を押しました"
    assert told["last"]["note"].startswith("鈴木さんが書いたおたより")
    assert {check["held"] for check in told["last"]["checks"]} == {True}
    assert (told["last"]["user"], told["next"]["at"]) == ("佐藤", "+P1D")
    while not told["ended"]:
        told = await house.ask("POST", "/practice/story/next")
    assert told["held"]
    page = (await house.ask("GET", "/practice/stage?user=佐藤"))["page"]
    assert "窓の外を、久しぶりに見ました。" in page["text"]
    over = await house.ask("POST", "/practice/story/next")
    assert (over["status"], over["error"]) == (409, "この物語は、おわりまで進みました。")


async def test_a_story_put_away_leaves_the_town_as_it_stands(house: House) -> None:
    await house.ask("POST", "/practice/stories/first-letter")
    await house.ask("POST", "/practice/story/next")
    await house.ask("DELETE", "/practice/story")
    assert (await house.ask("GET", "/practice/stage"))["story"] is None
    slack = await house.ask("GET", "/practice/slack/佐藤")
    assert "予約中" in str(slack["dms"])
    over = await house.ask("POST", "/practice/story/next")
    assert (over["status"], over["error"]) == (409, "いまは物語を選んでいません。")
    await house.ask("DELETE", "/practice/stories")
    assert "予約中" not in str((await house.ask("GET", "/practice/slack/佐藤"))["dms"])


WRONG = """
version: 1
title: うまくいかない物語
start: 2026-11-30T09:30
steps:
  - {who: 佐藤, does: {press: 読みました}}
  - who: 佐藤
    does: {case: A-12}
    expects: [{sees: ここにない言葉, not: A-12}, {who: A, not: 返事}]
"""


async def test_what_does_not_go_as_the_story_says_is_shown(house: House, tmp_path: Path) -> None:
    script = tmp_path / "wrong.yaml"
    script.write_text(WRONG, encoding="utf-8")
    await house.theatre.put_on(play_of(read_script(script), tz=TOKYO))
    told = await house.ask("POST", "/practice/story/next")
    assert told["last"]["refused"] == "ページが開いていません。Slack のリンクから開いてください。"
    told = await house.ask("POST", "/practice/story/next")
    assert [(check["held"], check["said"]) for check in told["last"]["checks"]] == [
        (False, "佐藤さんの画面に「ここにない言葉」が見あたりません"),
        (False, "佐藤さんの画面に「A-12」が出ています"),
        (True, "Aさんの画面に「返事」はありません"),
    ]
    assert (told["last"]["on"], told["last"]["phone"], told["held"]) == ("page", "A", False)


async def test_an_unknown_story_changes_nothing(house: House) -> None:
    first = house.rehearsal
    answer = await house.ask("POST", "/practice/stories/ない")
    assert (answer["status"], answer["labels"]) == (404, list(shipped_stories()))
    assert house.rehearsal is first


async def test_whoever_asks_during_the_change_is_answered_by_the_new_town(house: House) -> None:
    moves = [
        house.ask("POST", "/practice/clock", {"advance": "P7D"}),
        house.ask("POST", "/practice/stories/first-letter"),
        *(house.ask("GET", "/practice/stage") for _ in range(8)),
        house.ask("POST", "/practice/stories/write-approve-rest"),
        *(house.ask("POST", "/practice/slack/佐藤/open", {"what": "home"}) for _ in range(4)),
    ]
    answers = await asyncio.gather(*moves)
    assert {answer["status"] for answer in answers} == {200}
    assert (await house.ask("GET", "/practice/stage"))["story"] is not None


async def test_a_play_that_cannot_begin_gives_way_to_the_first(house: House) -> None:
    play = play_of(read_script("first-letter"), tz=TOKYO)
    without_people = replace(play.town, people=())
    for broken, wrong in (
        (replace(play, at=play.at.replace(tzinfo=None)), ValueError),
        (replace(play, town=without_people), KeyError),
    ):
        with pytest.raises(wrong):
            await house.theatre.put_on(broken)
        shown = await house.ask("GET", "/practice/stage")
        assert (shown["status"], shown["story"]) == (200, None)
