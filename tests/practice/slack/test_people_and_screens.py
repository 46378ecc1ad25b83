"""Who is in the workspace and what each of them sees."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bots.practice.refusals import NotPossible
from bots.practice.slack.rendering import seen
from tests.practice.slack.house import SCOPES, actions, button, section, workspace


async def test_an_id_follows_from_the_name() -> None:
    async with workspace() as first, workspace() as second:
        assert first.slack.people.get("佐藤").id == second.slack.people.get("佐藤").id
        assert first.slack.people.names() == ("佐藤", "鈴木", "田中")
        with pytest.raises(NotPossible):
            first.slack.people.get("山田")
        with pytest.raises(ValueError, match="already"):
            first.slack.people.add("佐藤")


async def test_guests_and_strangers_are_marked() -> None:
    async with workspace(events=["message.groups"]) as house:
        guest = house.slack.people.add("見学", guest=True)
        stranger = house.slack.people.add("社協", team_id="T0OTHER")
        told = await house.client.users_info(user=guest.id)
        assert told["user"]["is_restricted"] is True
        told = await house.client.users_info(user=stranger.id)
        assert told["user"]["is_stranger"] is True and told["user"]["team_id"] == "T0OTHER"
        channel = house.slack.add_channel("naibu", private=True)
        with pytest.raises(SlackApiError, match="no_external_invite_permission"):
            await house.client.conversations_invite(channel=channel, users=stranger.id)
        house.slack.add_channel("kyouyuu", members=["社協"], private=True, ext_shared=True)
        bodies: list[Any] = []

        @house.bolt.event("message")
        async def heard(body: Any) -> None:
            bodies.append(body)

        await house.slack.say("社協", "よろしく", "#kyouyuu")
        await house.slack.settle()
        assert bodies[0]["is_ext_shared_channel"] is True
        assert bodies[0]["event"]["team"] == "T0OTHER"


async def test_a_strangers_click_carries_their_team() -> None:
    async with workspace() as house:
        house.slack.people.add("社協", team_id="T0OTHER")
        channel = house.slack.add_channel("kyouyuu", members=["社協"], ext_shared=True)
        bodies: list[Any] = []

        @house.bolt.action("see")
        async def see(ack: Any, body: Any) -> None:
            bodies.append(body)
            await ack()

        await house.client.chat_postMessage(
            channel=channel, text="A-12", blocks=[actions(button("見る", "see"))]
        )
        await house.slack.click("社協", "見る")
        assert bodies[0]["user"]["team_id"] == "T0OTHER"


async def test_the_lock_screen_shows_text_only() -> None:
    async with workspace() as house:
        user = house.slack.people.get("佐藤").id
        await house.client.chat_postMessage(
            channel=user, text="A-12: 承認依頼", blocks=[section("くわしい話")]
        )
        assert house.screen("佐藤")["notifications"] == ["A-12: 承認依頼"]
        await house.slack.open("佐藤", "dm")
        assert house.screen("佐藤")["notifications"] == []


async def test_without_text_the_blocks_reach_the_lock_screen() -> None:
    async with workspace() as house:
        user = house.slack.people.get("佐藤").id
        await house.client.api_call(
            "chat.postMessage", json={"channel": user, "blocks": [section("くわしい話")]}
        )
        assert house.screen("佐藤")["notifications"] == ["くわしい話"]


async def test_a_channel_rings_for_those_it_names_and_dnd_is_silent() -> None:
    async with workspace() as house:
        channel = house.slack.add_channel("tantou", members=["佐藤", "鈴木", "田中"])
        house.slack.do_not_disturb("田中", until=house.clock.now() + timedelta(hours=1))
        user = house.slack.people.get("佐藤").id
        await house.client.chat_postMessage(channel=channel, text=f"<@{user}> さん")
        await house.client.chat_postMessage(channel=channel, text="<!channel> 会議です")
        assert house.screen("佐藤")["notifications"] == ["@佐藤 さん", "@channel 会議です"]
        assert house.screen("鈴木")["notifications"] == ["@channel 会議です"]
        assert house.screen("田中")["notifications"] == []
        told = await house.client.dnd_info(user=house.slack.people.get("田中").id)
        assert told["dnd_enabled"] is True


async def test_a_screen_has_the_shape_of_the_contract() -> None:
    async with workspace() as house:
        house.slack.add_channel("tantou", members=["佐藤"], private=True)
        await house.client.chat_postMessage(
            channel=house.slack.people.get("佐藤").id, text="A-12", blocks=[section("*A-12*")]
        )
        screen = house.screen("佐藤")
        assert list(screen) == [
            "user",
            "home",
            "dms",
            "channels",
            "modal",
            "notifications",
            "banner",
            "opened_url",
            "links_opened",
            "places",
        ]
        (dm,) = screen["dms"]
        assert dm["with"] == "Yorisoi"
        (message,) = dm["messages"]
        assert message["from"] == "Yorisoi" and message["at"].endswith("+09:00")
        assert message["texts"] == ["A-12"] and message["text"] == "A-12"
        (channel,) = screen["channels"]
        assert (channel["name"], channel["private"]) == ("#tantou", True)
        assert house.screen("鈴木")["channels"] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*太字* と _斜め_ と ~消し~", "太字 と 斜め と 消し"),
        ("太字*です*よ", "太字*です*よ"),
        ("<https://a.jp|ちらし>", "ちらし"),
        ("<https://a.jp>", "https://a.jp"),
        ("<@U1> <#C1|tantou> <!here>", "@佐藤 #tantou @here"),
        ("<!date^1795478400^{date_num} {time}|いつか>", "2026-11-24 09:00"),
        ("1 &lt; 2 &amp; 3", "1 < 2 & 3"),
    ],
)
def test_markup_is_shown_as_slack_shows_it(text: str, shown: str) -> None:
    assert seen(text, names=lambda _: "佐藤") == shown


async def test_a_manifest_that_contradicts_itself_is_refused() -> None:
    async with workspace() as house:
        with pytest.raises(ValueError, match="im:history"):
            house.slack.install(scopes=["chat:write"], events=["message.im"])
        with pytest.raises(ValueError, match="commands"):
            house.slack.install(scopes=["chat:write"], commands=["/case"])
        with pytest.raises(ValueError, match="slash command"):
            house.slack.install(scopes=SCOPES, commands=["case"])
        with pytest.raises(ValueError, match="10 shortcuts"):
            many = [{"name": "a", "type": "global", "callback_id": str(n)} for n in range(11)]
            house.slack.install(scopes=SCOPES, shortcuts=many)
