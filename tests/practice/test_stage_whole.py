"""What the page asks for: everything at once, what happened last, the first steps."""

from typing import Any

import pytest

from tests.practice.stage_asking import get, post
from tests.practice.stage_house import Scene, make_scene


@pytest.fixture
def scene() -> Scene:
    return make_scene()


async def whole(scene: Scene) -> dict[str, Any]:
    shown: dict[str, Any] = (await get(scene.app, "/practice/stage?phone=A&user=佐藤")).json
    return shown


async def test_it_shows_the_same_screens_as_the_driver(scene: Scene) -> None:
    shown = await whole(scene)
    assert shown["phone"] == (await get(scene.app, "/practice/phones/A")).json
    assert shown["workspace"] == (await get(scene.app, "/practice/slack/佐藤")).json
    assert [each["name"] for each in shown["people"]] == ["佐藤", "田中", "鈴木"]
    assert shown["clock"]["label"] == "11月23日(月) 10:30"


async def test_without_names_it_shows_the_first_phone_and_the_first_desk(scene: Scene) -> None:
    shown = (await get(scene.app, "/practice/stage")).json
    assert (shown["phone"]["name"], shown["workspace"]["user"]) == ("A", "佐藤")


async def test_a_name_that_is_not_there_is_refused(scene: Scene) -> None:
    assert (await get(scene.app, "/practice/stage?phone=だれか")).status == 404


async def test_looking_again_costs_nothing_when_nothing_changed(scene: Scene) -> None:
    first = await get(scene.app, "/practice/stage")
    again = await get(scene.app, "/practice/stage", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    await post(scene.app, "/practice/phones/A/say", {"text": "はい"})
    later = await get(scene.app, "/practice/stage", if_none_match=first.headers["etag"])
    assert later.status == 200


async def test_what_happened_names_the_deed_and_what_it_brought(scene: Scene) -> None:
    await post(scene.app, "/practice/slack/佐藤/click", {"label": "承認する"})
    await post(scene.app, "/practice/clock", {"advance": "P1D"})
    await post(scene.app, "/practice/phones/A/sticker", {})
    told, arrived, approved = (await whole(scene))["happened"]
    assert approved["said"] == "佐藤さんが「承認する」を押しました"
    assert approved["seen"][0].startswith("Slack の表示が変わりました「予約中")
    assert arrived["said"] == "時計を 11月24日(火) 10:30 まで進めました"
    assert arrived["seen"][0].startswith("Aさんの電話に届きました「寒くなってきましたね。")
    assert told["said"] == "Aさんがスタンプを送りました"
    assert told["seen"] == ["佐藤さんの Slack に通知「返事が届いています (A-12)」"]


async def test_what_comes_by_itself_is_noticed_too(scene: Scene) -> None:
    await whole(scene)
    scene.line.phones.get("B").receive("こんにちは")
    (happening,) = (await whole(scene))["happened"]
    assert happening["said"] is None
    assert happening["seen"] == ["Bさんの電話に届きました「こんにちは」"]


async def test_a_form_sent_back_is_not_told_as_sent(scene: Scene) -> None:
    await post(scene.app, "/practice/slack/佐藤/command", {"command": "/otayori"})
    await post(scene.app, "/practice/slack/佐藤/submit", {"おたよりの言葉": None})
    assert "直すところがあります" in (await whole(scene))["happened"][0]["said"]


async def test_a_first_step_is_ticked_off_by_doing_it(scene: Scene) -> None:
    assert not (await whole(scene))["guide"][0]["done"]
    await post(scene.app, "/practice/slack/佐藤/click", {"label": "承認する"})
    assert [step["done"] for step in (await whole(scene))["guide"]] == [True, False, False, False]
