"""Clicks, menus, shortcuts, commands and response URLs: payloads as Slack's own."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bots.practice.refusals import NotPossible
from tests.practice.slack.house import (
    House,
    actions,
    button,
    field_block,
    modal,
    option,
    plain,
    section,
    workspace,
)


def hears(house: House, action_id: str) -> list[Any]:
    """Make the app acknowledge an action; the bodies it got are in the list."""
    bodies: list[Any] = []

    async def take(ack: Any, body: Any) -> None:
        bodies.append(body)
        await ack()

    house.bolt.action(action_id)(take)
    return bodies


async def card(house: House, user: str, *blocks: Any, **more: Any) -> Any:
    """The app sends blocks to someone's direct message."""
    channel = (await house.client.conversations_open(users=house.slack.people.get(user).id))[
        "channel"
    ]["id"]
    return await house.client.chat_postMessage(
        channel=channel, text="A-12", blocks=list(blocks), **more
    )


async def test_a_click_on_a_message_carries_it_all() -> None:
    async with workspace() as house:
        bodies = hears(house, "approve")
        sent = await card(house, "佐藤", actions(button("承認する", "approve", value="7")))
        await house.slack.click("佐藤", "承認する")
        (body,) = bodies
        user = house.slack.people.get("佐藤").id
        assert body["type"] == "block_actions"
        assert body["container"] == {
            "type": "message",
            "message_ts": sent["ts"],
            "channel_id": sent["channel"],
            "is_ephemeral": False,
        }
        assert body["channel"] == {"id": sent["channel"], "name": "directmessage"}
        assert body["message"]["ts"] == sent["ts"] and body["message"]["bot_id"]
        assert body["user"] == {
            "id": user,
            "username": "佐藤",
            "name": "佐藤",
            "team_id": "T0PRACTICE",
        }
        assert body["response_url"] and body["trigger_id"] and body["state"] == {"values": {}}
        (action,) = body["actions"]
        assert action["value"] == "7" and action["action_ts"] and action["block_id"]
        assert action["text"] == {"type": "plain_text", "text": "承認する", "emoji": True}


async def test_a_click_on_home_carries_the_view_and_no_channel() -> None:
    async with workspace() as house:
        bodies = hears(house, "again")
        user = house.slack.people.get("佐藤").id
        home = {"type": "home", "blocks": [actions(button("更新", "again"))]}
        shown = await house.client.views_publish(user_id=user, view=home)
        await house.slack.click("佐藤", "更新")
        (body,) = bodies
        assert body["container"] == {"type": "view", "view_id": shown["view"]["id"]}
        assert body["view"]["type"] == "home"
        assert not {"channel", "message", "response_url"} & body.keys()


async def test_a_click_in_a_thread_and_on_an_ephemeral_message() -> None:
    async with workspace() as house:
        bodies = hears(house, "go")
        channel = house.slack.add_channel("tantou", members=["佐藤", "鈴木"], private=True)
        top = await house.client.chat_postMessage(channel=channel, text="親")
        go = [actions(button("進む", "go"))]
        await house.client.chat_postMessage(
            channel=channel, text="子", thread_ts=top["ts"], blocks=go
        )
        await house.slack.click("佐藤", "進む")
        assert bodies[0]["container"]["thread_ts"] == top["ts"]
        assert bodies[0]["channel"]["name"] == "privategroup"
        user = house.slack.people.get("鈴木").id
        await house.client.chat_postEphemeral(channel=channel, user=user, text="内緒", blocks=go)
        await house.slack.click("鈴木", "進む")
        assert bodies[1]["container"]["is_ephemeral"] is True and "message" not in bodies[1]
        (seen,) = house.screen("佐藤")["channels"]
        assert "内緒" not in [m["text"] for m in seen["messages"]]


async def test_the_last_button_of_a_label_is_pressed_unless_where_says_which() -> None:
    async with workspace() as house:
        bodies = hears(house, "open")
        for alias in ("A-12", "B-7"):
            await card(house, "佐藤", section(alias), actions(button("開く", "open", value=alias)))
        await house.slack.click("佐藤", "開く")
        await house.slack.click("佐藤", "開く", where="A-12")
        assert [b["actions"][0]["value"] for b in bodies] == ["B-7", "A-12"]


async def test_a_button_in_an_attachment_says_so() -> None:
    async with workspace() as house:
        bodies = hears(house, "open")
        await card(
            house,
            "佐藤",
            section("親"),
            attachments=[{"blocks": [section("A-12"), actions(button("開く", "open"))]}],
        )
        assert house.dm("佐藤")[0]["texts"] == ["親", "A-12"]
        await house.slack.click("佐藤", "開く", where="A-12")
        container = bodies[0]["container"]
        assert (container["type"], container["attachment_id"]) == ("message_attachment", 1)


async def test_where_finds_the_section_within_one_message() -> None:
    async with workspace() as house:
        bodies = hears(house, "open")
        rows = [
            section(alias, accessory=button("開く", "open", value=alias)) for alias in ("A", "B")
        ]
        await card(house, "佐藤", {"type": "header", "text": plain("案件")}, *rows)
        await house.slack.click("佐藤", "開く", where="A")
        await house.slack.click("佐藤", "開く", where="案件")
        assert [b["actions"][0]["value"] for b in bodies] == ["A", "B"]


async def test_where_finds_the_section_on_home() -> None:
    async with workspace() as house:
        bodies = hears(house, "open")
        user = house.slack.people.get("佐藤").id
        blocks = []
        for alias in ("A-12", "B-7"):
            blocks += [section(alias), actions(button("開く", "open", value=alias))]
        blocks.append(section("C-3", accessory=button("開く", "open", value="C-3")))
        await house.client.views_publish(user_id=user, view={"type": "home", "blocks": blocks})
        for alias in ("B-7", "A-12", "C-3"):
            await house.slack.click("佐藤", "開く", where=alias)
        assert [b["actions"][0]["value"] for b in bodies] == ["B-7", "A-12", "C-3"]


async def test_what_is_not_seen_cannot_be_pressed() -> None:
    async with workspace() as house:
        await card(house, "佐藤", actions(button("承認する", "approve")))
        with pytest.raises(NotPossible) as refused:
            await house.slack.click("佐藤", "却下する")
        assert refused.value.labels == ("承認する",)
        with pytest.raises(NotPossible):
            await house.slack.click("鈴木", "承認する")


async def test_menus_in_a_message_remember_each_persons_choice() -> None:
    menu = {
        "type": "static_select",
        "action_id": "way",
        "options": [option("訪問", "visit"), option("電話", "call")],
    }
    ticks = {
        "type": "checkboxes",
        "action_id": "tick",
        "options": [option("鍵", "key"), option("薬", "pill")],
    }
    async with workspace() as house:
        ways, boxes = hears(house, "way"), hears(house, "tick")
        await card(
            house,
            "佐藤",
            section("手段", block_id="w", accessory=menu),
            actions(ticks, block_id="t"),
        )
        await house.slack.choose("佐藤", "手段", "電話")
        assert ways[0]["actions"][0]["selected_option"]["value"] == "call"
        await house.slack.click("佐藤", "鍵")
        await house.slack.click("佐藤", "薬")
        state = boxes[1]["state"]["values"]
        assert state["w"]["way"]["selected_option"]["value"] == "call"
        assert [o["value"] for o in state["t"]["tick"]["selected_options"]] == ["key", "pill"]
        shown = house.dm("佐藤")[0]["inputs"]
        assert [i["value"] for i in shown] == ["電話", ["鍵", "薬"]]


async def test_an_overflow_menu_sends_its_option() -> None:
    menu = {"type": "overflow", "action_id": "more", "options": [option("やめる", "stop")]}
    async with workspace() as house:
        bodies = hears(house, "more")
        await card(house, "佐藤", section("A-12", accessory=menu))
        await house.slack.click("佐藤", "やめる")
        assert bodies[0]["actions"][0]["type"] == "overflow"
        assert bodies[0]["actions"][0]["selected_option"]["value"] == "stop"


async def test_an_external_menu_asks_the_app() -> None:
    menu = {"type": "external_select", "action_id": "case", "min_query_length": 1}
    async with workspace() as house:
        asked: list[Any] = []
        submitted: list[Any] = []

        @house.bolt.options("case")
        async def cases(ack: Any, body: Any) -> None:
            asked.append(body)
            await ack(options=[option("A-12 緑区", "12")])

        @house.bolt.shortcut("write_letter")
        async def opened(ack: Any, body: Any, client: Any) -> None:
            view = modal("a", field_block("案件", menu, block_id="c"), callback_id="v")
            await client.views_open(trigger_id=body["trigger_id"], view=view)
            await ack()

        @house.bolt.view("v")
        async def sent(ack: Any, body: Any) -> None:
            submitted.append(body["view"]["state"]["values"]["c"]["case"])
            await ack()

        await house.slack.shortcut("佐藤", "write_letter")
        assert await house.slack.options("佐藤", "案件", "A") == ["A-12 緑区"]
        await house.slack.submit("佐藤", {"案件": "A-12 緑区"})
        assert asked[0]["type"] == "block_suggestion" and asked[0]["value"] == "A"
        assert asked[0]["container"]["type"] == "view" and asked[0]["view"]
        assert submitted[0]["selected_option"]["value"] == "12"


async def test_a_url_button_opens_its_page_and_tells_the_app() -> None:
    async with workspace() as house:
        bodies = hears(house, "page")
        await card(house, "佐藤", actions(button("本人の頁", "page", url="https://example.jp/p/1")))
        await house.slack.click("佐藤", "本人の頁")
        assert house.screen("佐藤")["opened_url"] == "https://example.jp/p/1"
        assert len(bodies) == 1


async def test_a_link_is_followed_by_its_label() -> None:
    async with workspace() as house:
        await card(house, "佐藤", section("<https://example.jp/l/1|ちらし> を見る"))
        assert house.dm("佐藤")[0]["texts"] == ["ちらし を見る"]
        await house.slack.open("佐藤", "ちらし")
        assert house.screen("佐藤")["opened_url"] == "https://example.jp/l/1"


async def test_a_message_shortcut_carries_the_message() -> None:
    async with workspace() as house:
        bodies: list[Any] = []

        @house.bolt.shortcut("log_from_message")
        async def take(ack: Any, body: Any) -> None:
            bodies.append(body)
            await ack()

        house.slack.add_channel("tantou", members=["佐藤", "鈴木"])
        await house.slack.say("鈴木", "訪問しました", "#tantou")
        await house.slack.shortcut("佐藤", "この投稿を接触記録に", message="訪問しました")
        (body,) = bodies
        assert body["type"] == "message_action" and body["message"]["text"] == "訪問しました"
        assert body["channel"]["name"] == "tantou" and body["response_url"] and body["message_ts"]


async def test_a_global_shortcut_carries_no_channel() -> None:
    async with workspace() as house:
        bodies: list[Any] = []

        @house.bolt.shortcut("write_letter")
        async def take(ack: Any, body: Any) -> None:
            bodies.append(body)
            await ack()

        await house.slack.shortcut("佐藤", "おたよりを書く")
        assert bodies[0]["type"] == "shortcut" and "channel" not in bodies[0]


async def test_what_the_manifest_does_not_declare_cannot_be_used() -> None:
    async with workspace() as house:
        with pytest.raises(NotPossible, match="/nittei") as refused:
            await house.slack.command("佐藤", "/nittei")
        assert refused.value.labels == ("/otayori", "/case")
        with pytest.raises(NotPossible):
            await house.slack.shortcut("佐藤", "つなぐ")


async def test_a_command_is_answered_for_its_user_alone() -> None:
    async with workspace() as house:
        bodies: list[Any] = []

        @house.bolt.command("/case")
        async def case(ack: Any, body: Any) -> None:
            bodies.append(body)
            await ack(text="案件はありません")

        house.slack.add_channel("tantou", members=["佐藤", "鈴木"])
        await house.slack.command("佐藤", "/case", "help", where="#tantou")
        (mine,) = house.screen("佐藤")["channels"]
        (others,) = house.screen("鈴木")["channels"]
        assert [(m["text"], m["ephemeral"]) for m in mine["messages"]] == [
            ("案件はありません", True)
        ]
        assert others["messages"] == []
        assert bodies[0]["text"] == "help" and bodies[0]["channel_name"] == "tantou"
        assert house.slack.record[-1].method == "ack"


async def test_a_response_url_serves_five_times() -> None:
    async with workspace() as house:
        bodies = hears(house, "go")
        await card(house, "佐藤", section("親"), actions(button("進む", "go")))
        await house.slack.click("佐藤", "進む")
        hook = AsyncWebhookClient(bodies[0]["response_url"])
        first = await hook.send(text="見えるのはあなただけ")
        assert (first.status_code, first.body) == (200, "ok")
        assert house.dm("佐藤")[-1]["ephemeral"] is True
        await hook.send(text="みんなに", response_type="in_channel")
        assert house.dm("佐藤")[-1]["ephemeral"] is False
        await hook.send(text="置き換え", replace_original=True)
        assert house.dm("佐藤")[0]["text"] == "置き換え"
        await hook.send(text="", delete_original=True)
        assert house.dm("佐藤")[0]["text"] == "見えるのはあなただけ"
        assert (await hook.send(text="五回目")).status_code == 200
        sixth = await hook.send(text="六回目")
        assert (sixth.status_code, sixth.body) == (404, "used_url")


async def test_a_response_url_lives_thirty_minutes() -> None:
    async with workspace() as house:
        bodies = hears(house, "go")
        await card(house, "佐藤", actions(button("進む", "go")))
        await house.slack.click("佐藤", "進む")
        house.clock.move_to(house.clock.now() + timedelta(minutes=31))
        late = await AsyncWebhookClient(bodies[0]["response_url"]).send(text="遅い")
        assert (late.status_code, late.body) == (404, "expired_url")


async def test_a_response_url_takes_json_only() -> None:
    async with workspace() as house, aiohttp.ClientSession() as session:
        url = f"{house.slack.public_url}/response/R404"
        async with session.post(url, data="no json") as response:
            assert response.status == 400
        async with session.post(url, json={"text": "a"}) as response:
            assert response.status == 404


async def test_a_modal_covers_what_lies_behind() -> None:
    async with workspace() as house:

        @house.bolt.shortcut("write_letter")
        async def opened(ack: Any, body: Any, client: Any) -> None:
            await client.views_open(trigger_id=body["trigger_id"], view=modal("前"))
            await ack()

        await card(house, "佐藤", actions(button("承認する", "approve")))
        await house.slack.shortcut("佐藤", "write_letter")
        with pytest.raises(NotPossible):
            await house.slack.click("佐藤", "承認する")
        with pytest.raises(NotPossible, match="閉じて"):
            await house.slack.command("佐藤", "/case")
        await house.slack.close("佐藤")
        assert house.screen("佐藤")["modal"] is None
