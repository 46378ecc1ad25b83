"""A staff member's Slack, driven over HTTP by what its screen shows."""

import pytest

from tests.practice.stage_asking import get, post
from tests.practice.stage_house import Scene, make_scene

SATO = "/practice/slack/佐藤"


@pytest.fixture
def scene() -> Scene:
    return make_scene()


async def test_the_screen_is_what_the_user_sees(scene: Scene) -> None:
    screen = (await get(scene.app, SATO)).json
    assert screen["dms"][0]["messages"][0]["buttons"] == ["承認する", "直して返す", "やめる"]
    assert (await get(scene.app, "/practice/slack/田中")).json["dms"][0]["messages"] == []


async def test_clicking_answers_with_the_redrawn_card(scene: Scene) -> None:
    screen = (await post(scene.app, f"{SATO}/click", {"label": "承認する", "where": "A-12"})).json
    assert screen["dms"][0]["messages"][0]["buttons"] == []
    assert scene.slack.acts == [("click", "佐藤", "承認する", "A-12")]
    assert scene.house.rests >= 1


async def test_a_button_that_is_gone_is_refused_with_what_is_there(scene: Scene) -> None:
    await post(scene.app, f"{SATO}/open", {"what": "home"})
    await post(scene.app, f"{SATO}/click", {"label": "承認する"})
    again = await post(scene.app, f"{SATO}/click", {"label": "承認する"})
    assert again.status == 409
    assert again.json["labels"] == ["開く"]


async def test_a_command_opens_a_form_that_is_filled_in_by_label(scene: Scene) -> None:
    opened = await post(scene.app, f"{SATO}/command", {"command": "/otayori", "text": "A-12"})
    assert opened.json["modal"]["title"] == "おたよりを書く"
    wrong = await post(scene.app, f"{SATO}/submit", {"values": {"おたよりの言葉": ""}})
    assert wrong.json["modal"]["inputs"][1]["error"] == "おたよりの言葉を書いてください。"
    sent = await post(scene.app, f"{SATO}/submit", {"おたよりの言葉": "寒いですね。"})
    assert sent.json["modal"] is None
    assert scene.slack.acts[-1] == ("submit", "佐藤", {"おたよりの言葉": "寒いですね。"}, None)


async def test_a_shortcut_may_be_used_on_a_message(scene: Scene) -> None:
    fields = {"name": "log_it", "message": "A-12: 承認依頼"}
    assert (await post(scene.app, f"{SATO}/shortcut", fields)).json["modal"]
    assert scene.slack.acts == [("shortcut", "佐藤", "log_it", "A-12: 承認依頼")]
    assert (await post(scene.app, f"{SATO}/close")).json["modal"] is None


async def test_opening_choosing_and_looking_for_options(scene: Scene) -> None:
    assert (await post(scene.app, f"{SATO}/open", {"what": "home"})).json["home"]
    await post(scene.app, f"{SATO}/choose", {"label": "地区", "value": "北部地区"})
    await post(scene.app, f"{SATO}/choose", {"label": "印", "value": ["一", "二"]})
    assert scene.slack.acts[1:] == [
        ("choose", "佐藤", "地区", "北部地区", None),
        ("choose", "佐藤", "印", ["一", "二"], None),
    ]
    found = await post(scene.app, f"{SATO}/options", {"label": "機関", "query": "みどり"})
    assert found.json == {"options": ["みどり市役所"]}


async def test_what_slack_would_tell_the_user_is_on_the_screen(scene: Scene) -> None:
    screen = (await post(scene.app, f"{SATO}/click", {"label": "こわれたボタン"})).json
    assert screen["banner"] == "Yorisoi との接続に問題が発生しています。"


@pytest.mark.parametrize(
    ("verb", "fields", "status"),
    [
        ("click", {}, 422),
        ("click", {"label": 3}, 422),
        ("click", {"label": "承認する", "wheer": "A-12"}, 422),
        ("click", {"label": "承認する", "values": "x"}, 422),
        ("command", {"command": "otayori"}, 422),
        ("command", {"command": "/nani"}, 409),
        ("shortcut", {}, 422),
        ("submit", {"おたよりの言葉": "x"}, 409),
        ("submit", {"values": {"a": {"b": 1}}}, 422),
        ("submit", {"a": [1]}, 422),
        ("close", {"now": True}, 422),
        ("open", {}, 422),
        ("choose", {"label": "x", "value": {"y": 1}}, 422),
        ("options", {}, 422),
    ],
)
async def test_what_the_sender_gets_wrong_is_said_in_words(
    scene: Scene, verb: str, fields: object, status: int
) -> None:
    answer = await post(scene.app, f"{SATO}/{verb}", fields)
    assert answer.status == status
    assert answer.json["error"]


async def test_an_unknown_user_is_refused_with_those_there_are(scene: Scene) -> None:
    for answer in (
        await get(scene.app, "/practice/slack/だれか"),
        await post(scene.app, "/practice/slack/だれか/click", {"label": "承認する"}),
    ):
        assert answer.status == 404
        assert answer.json["labels"] == ["佐藤", "田中", "鈴木"]


async def test_the_stage_leaves_the_emulator_s_own_paths_alone(scene: Scene) -> None:
    assert (await post(scene.app, "/practice/slack/api/chat.postMessage", {})).status == 404
