"""The main job as a Bolt app does it: command, modal, card, click, Home."""

import asyncio
from typing import Any

from tests.practice.slack.house import (
    actions,
    button,
    modal,
    section,
    text_field,
    until,
    until_modal,
    workspace,
)


async def test_a_command_opens_a_modal_and_its_words_reach_the_app() -> None:
    heard: list[Any] = []
    async with workspace() as house:

        @house.bolt.command("/otayori")
        async def otayori(ack: Any, body: Any, client: Any) -> None:
            await ack()
            view = modal("おたより", text_field("本文", "words"), callback_id="letter")
            await client.views_open(trigger_id=body["trigger_id"], view=view)

        @house.bolt.view("letter")
        async def letter(ack: Any, view: Any) -> None:
            heard.append(view["state"]["values"]["words"]["text"]["value"])
            await ack()

        await house.slack.command("佐藤", "/otayori", "A-12")
        await until_modal(house, "佐藤")
        assert house.screen("佐藤")["modal"]["title"] == "おたより"
        await house.slack.submit("佐藤", {"本文": "こんにちは"})
        assert heard == ["こんにちは"]
        assert house.screen("佐藤")["modal"] is None


async def test_a_card_is_clicked_and_redrawn() -> None:
    async with workspace() as house:
        user = house.slack.people.get("鈴木").id
        opened = await house.client.conversations_open(users=user)
        await house.client.chat_postMessage(
            channel=opened["channel"]["id"],
            text="A-12: 承認依頼",
            blocks=[section("*A-12* の承認"), actions(button("承認する", "approve", value="7"))],
        )

        @house.bolt.action("approve")
        async def approve(ack: Any, body: Any, client: Any) -> None:
            await client.chat_update(
                channel=body["channel"]["id"],
                ts=body["container"]["message_ts"],
                text="A-12: 承認済み",
                blocks=[section("承認済み")],
            )
            await ack()

        assert house.screen("鈴木")["notifications"] == ["A-12: 承認依頼"]
        await house.slack.click("鈴木", "承認する", where="A-12")
        (message,) = house.dm("鈴木")
        assert message["texts"] == ["承認済み"]
        assert message["buttons"] == [] and not message["edited"]


async def test_home_is_published_when_it_is_opened() -> None:
    async with workspace(events=["app_home_opened"]) as house:

        @house.bolt.event("app_home_opened")
        async def opened(event: Any, client: Any) -> None:
            blocks = [section("今日の予定はありません"), actions(button("更新", "again"))]
            await client.views_publish(
                user_id=event["user"], view={"type": "home", "blocks": blocks}
            )

        await house.slack.open("佐藤", "home")
        await house.slack.settle()
        await until(lambda: house.screen("佐藤")["home"] is not None)
        home = house.screen("佐藤")["home"]
        assert home["texts"] == ["今日の予定はありません"] and home["buttons"] == ["更新"]


async def test_two_approvers_at_once_are_both_heard() -> None:
    async with workspace() as house:
        channel = house.slack.add_channel("shounin", members=["佐藤", "鈴木"], private=True)
        await house.client.chat_postMessage(
            channel=channel, text="A-12", blocks=[actions(button("承認する", "approve"))]
        )
        who: list[str] = []

        @house.bolt.action("approve")
        async def approve(ack: Any, body: Any, respond: Any) -> None:
            who.append(body["user"]["name"])
            if len(who) > 1:
                await respond(text=f"{who[0]}さんが承認済みです", replace_original=False)
            await ack()

        await asyncio.gather(
            house.slack.click("佐藤", "承認する"), house.slack.click("鈴木", "承認する")
        )
        assert sorted(who) == ["佐藤", "鈴木"]
        (first,), (second,) = (house.screen(name)["channels"] for name in who)
        assert [m["text"] for m in first["messages"]] == ["A-12"]
        assert [m["text"] for m in second["messages"]] == ["A-12", f"{who[0]}さんが承認済みです"]
