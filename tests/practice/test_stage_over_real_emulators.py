"""The stage over the emulators themselves, with a small Bolt app between them."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from bots.practice.line import LineEmulator
from bots.practice.pages import Pages, WayIn
from bots.practice.stage import Stage
from tests.practice.slack.house import House, button, modal, plain, section, text_field, workspace
from tests.practice.slack.house import served as serving
from tests.practice.stage_asking import get, post

TOKEN = "line-token"
FLEX: dict[str, Any] = {
    "type": "flex",
    "altText": "居場所カフェのご案内",
    "contents": {
        "type": "bubble",
        "body": {
            "type": "box",
            "layout": "vertical",
            "contents": [
                {"type": "text", "text": "居場所カフェ", "weight": "bold", "size": "lg"},
                {"type": "text", "text": "毎週水曜 14時から", "wrap": True},
            ],
        },
        "footer": {
            "type": "box",
            "layout": "vertical",
            "contents": [
                {
                    "type": "button",
                    "style": "primary",
                    "action": {"type": "message", "label": "行ってみたい", "text": "行ってみたい"},
                }
            ],
        },
    },
}


@dataclass
class Town:
    """The stage's app, and what stands behind it."""

    app: Starlette
    line: LineEmulator
    house: House


@asynccontextmanager
async def town() -> AsyncIterator[Town]:
    async with workspace() as house:
        line = LineEmulator(
            clock=house.clock,
            faults=house.faults,
            channel_secret="line-secret",
            access_token=TOKEN,
            webhook_url=None,
            bot_name="みどり市 ひだまり",
        )
        person = line.phones.add("A", friend=True)

        async def settle(until: datetime | None = None) -> None:
            await line.settle()
            await house.slack.settle()

        async with serving(Starlette(routes=[Mount("/", line.app)])) as line_address:
            teach(house, line_address=line_address, to=person.user_id)
            stage = Stage(
                line=line,
                slack=house.slack,
                clock=house.clock,
                faults=house.faults,
                settle=settle,
                pages=Pages(
                    slack=house.slack,
                    clock=house.clock,
                    settle=settle,
                    origin=line_address,
                    way_in=WayIn(command="/case", labels=("案件を開く",)),
                ),
            )
            app = Starlette(routes=stage.routes())
            yield Town(app=app, line=line, house=house)
        await line.aclose()


def teach(house: House, *, line_address: str, to: str) -> None:
    """What the small app does: a form by command, a card with a letter, a push on approval."""

    @house.bolt.command("/otayori")
    async def write(ack: Any, body: Any, client: Any) -> None:
        await ack()
        view = modal("おたよりを書く", text_field("おたよりの言葉", "words", multiline=True))
        await client.views_open(
            trigger_id=body["trigger_id"], view=view | {"callback_id": "written"}
        )

    @house.bolt.view("written")
    async def written(ack: Any, body: Any, client: Any) -> None:
        words = body["view"]["state"]["values"]["words"]["text"]["value"]
        if "早く" in words:
            await ack(response_action="errors", errors={"words": "急がせる言葉があります。"})
            return
        await ack()
        blocks = [section(words), {"type": "actions", "elements": [button("承認する", "approve")]}]
        await client.chat_postMessage(
            channel=body["user"]["id"], text="A-12: 承認依頼", blocks=blocks
        )

    @house.bolt.action("approve")
    async def approve(ack: Any, body: Any, client: Any) -> None:
        await ack()
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with aiohttp.ClientSession(headers=headers) as session:
            for message in ({"type": "text", "text": "お変わりありませんか。"}, FLEX):
                push = {"to": to, "messages": [message]}
                async with session.post(f"{line_address}/v2/bot/message/push", json=push) as sent:
                    assert sent.status == 200
        await client.chat_update(
            channel=body["channel"]["id"],
            ts=body["message"]["ts"],
            text="送信済み(受付)",
            blocks=[section("送信済み(受付)"), {"type": "header", "text": plain("A-12")}],
        )


async def test_a_letter_goes_from_a_form_to_the_phone_by_what_the_screens_show() -> None:
    async with town() as here:
        sato = "/practice/slack/佐藤"
        asked = await post(here.app, f"{sato}/command", {"command": "/otayori"})
        assert asked.status == 200, asked.body
        screen = await until_shown(here, "おたよりを書く")
        assert screen["modal"]["inputs"][0]["label"] == "おたよりの言葉"
        missing = await post(here.app, f"{sato}/submit", {"values": {}})
        assert missing.json["modal"]["inputs"][0]["error"]
        wrong = await post(here.app, f"{sato}/submit", {"おたよりの言葉": "早くお返事を"})
        assert wrong.json["modal"]["inputs"][0]["error"] == "急がせる言葉があります。"
        await post(here.app, f"{sato}/submit", {"おたよりの言葉": "お変わりありませんか。"})
        await until_shown(here, "承認する")
        await post(here.app, f"{sato}/click", {"label": "承認する"})
        await until_shown(here, "送信済み(受付)")
        phone = (await get(here.app, "/practice/phones/A")).json
        assert phone["messages"][0]["text"] == "お変わりありませんか。"
        assert phone["lock_screen"] == ["お変わりありませんか。", "居場所カフェのご案内"]
        tapped = await post(here.app, "/practice/phones/A/tap", {"label": "行ってみたい"})
        assert tapped.json["messages"][-1]["text"] == "行ってみたい"


async def test_of_several_equal_buttons_the_one_that_is_meant_is_pressed() -> None:
    async with town() as here:
        pressed: list[str] = []

        @here.house.bolt.action("open")
        async def opened(ack: Any, body: Any) -> None:
            await ack()
            pressed.append(body["actions"][0]["value"])

        sections = [
            section("A-12", block_id=name, accessory=button("開く", "open", value=name))
            for name in ("first", "second", "third")
        ]
        to = here.house.slack.people.get("佐藤").id
        await here.house.client.chat_postMessage(channel=to, text="A-12", blocks=sections)
        (message,) = (await get(here.app, "/practice/slack/佐藤")).json["dms"][0]["messages"]
        place = {"label": "開く", "where": f"@{message['ts']}/second"}
        assert (await post(here.app, "/practice/slack/佐藤/click", place)).status == 200
        await post(here.app, "/practice/slack/佐藤/click", {"label": "開く", "where": "A-12"})
        assert pressed == ["second", "third"]


async def until_shown(here: Town, words: str) -> dict[str, Any]:
    """The screen of 佐藤 once it shows the words; the app also acts after its ack."""
    for _ in range(200):
        screen: dict[str, Any] = (await get(here.app, "/practice/slack/佐藤")).json
        if words in json.dumps(screen, ensure_ascii=False):
            return screen
        await here.house.slack.settle()
        await asyncio.sleep(0.01)
    raise AssertionError(f"{words} never came")


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("slack/佐藤/click", {"label": "ない"}),
        ("slack/佐藤/submit", {"ない": "x"}),
        ("slack/佐藤/submit", {"values": {"ない": ["x"]}, "press": "x"}),
        ("slack/佐藤/close", {}),
        ("slack/佐藤/command", {"command": "/nani"}),
        ("slack/佐藤/shortcut", {"name": "ない"}),
        ("slack/佐藤/shortcut", {"name": "この投稿を接触記録に", "message": "ない"}),
        ("slack/佐藤/open", {"what": "#nai"}),
        ("slack/佐藤/choose", {"label": "ない", "value": "x"}),
        ("slack/佐藤/options", {"label": "ない", "query": ""}),
        ("slack/佐藤/say", {"text": "x", "where": "#nai"}),
        ("phones/A/tap", {"label": "ない"}),
        ("phones/A/unsend", {"index": 5}),
        ("phones/A/unblock", {}),
        ("phones/A/follow", {}),
    ],
)
async def test_what_is_not_on_the_screens_is_refused_in_words(path: str, fields: object) -> None:
    async with town() as here:
        answer = await post(here.app, f"/practice/{path}", fields)
        assert answer.status == 409, answer.body
        assert answer.json["error"]


async def test_the_whole_page_can_be_drawn_from_the_real_screens() -> None:
    async with town() as here:
        await post(here.app, "/practice/slack/佐藤/open", {"what": "home"})
        shown = (await get(here.app, "/practice/stage?phone=A&user=佐藤")).json
        assert shown["phone"]["account"] == "みどり市 ひだまり"
        assert shown["workspace"]["user"] == "佐藤"
        assert [each["name"] for each in shown["people"]] == ["佐藤", "鈴木", "田中"]
