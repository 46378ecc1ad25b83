"""Socket Mode: Bolt's own handler on the emulator's websocket."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.practice.slack.house import (
    APP_TOKEN,
    House,
    modal,
    section,
    text_field,
    until,
    workspace,
)


@asynccontextmanager
async def connected() -> AsyncIterator[House]:
    """A workspace whose app comes by Socket Mode."""
    async with workspace(socket_mode=True, events=["app_home_opened"]) as house:
        handler = AsyncSocketModeHandler(house.bolt, APP_TOKEN)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await until(lambda: house.slack.sockets.connections)
        try:
            yield house
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]


async def test_commands_modals_and_events_go_through_the_socket() -> None:
    async with connected() as house:
        heard: list[Any] = []

        @house.bolt.command("/otayori")
        async def otayori(ack: Any, body: Any, client: Any) -> None:
            view = modal("おたより", text_field("本文", "words"), callback_id="letter")
            await client.views_open(trigger_id=body["trigger_id"], view=view)
            await ack()

        @house.bolt.view("letter")
        async def letter(ack: Any, view: Any) -> None:
            heard.append(view["state"]["values"]["words"]["text"]["value"])
            await ack(response_action="errors", errors={"words": "もう少し短く"})

        @house.bolt.event("app_home_opened")
        async def opened(event: Any, client: Any) -> None:
            home = {"type": "home", "blocks": [section("今日")]}
            await client.views_publish(user_id=event["user"], view=home)

        await house.slack.open("佐藤", "home")
        await house.slack.settle()
        await until(lambda: house.screen("佐藤")["home"])
        await house.slack.command("佐藤", "/otayori")
        await house.slack.submit("佐藤", {"本文": "こんにちは"})
        assert heard == ["こんにちは"]
        assert house.screen("佐藤")["modal"]["inputs"][0]["error"] == "もう少し短く"
        assert house.received == []


async def test_the_app_comes_back_after_a_disconnect() -> None:
    async with connected() as house:
        first = house.slack.sockets.connections[0]
        await house.slack.sockets.disconnect()
        await until(lambda: [c for c in house.slack.sockets.connections if c is not first])


async def test_hello_envelope_and_ack_look_as_slacks() -> None:
    async with (
        workspace(socket_mode=True, events=["app_home_opened"]) as house,
        aiohttp.ClientSession() as session,
    ):
        client = AsyncWebClient(base_url=house.client.base_url)
        opened = await client.apps_connections_open(app_token=APP_TOKEN)
        async with session.ws_connect(opened["url"]) as socket:
            hello = await socket.receive_json()
            assert hello["type"] == "hello" and hello["num_connections"] == 1
            await house.slack.open("佐藤", "home")
            envelope = await socket.receive_json()
            assert envelope["type"] == "events_api"
            assert envelope["payload"]["event"]["type"] == "app_home_opened"
            assert envelope["accepts_response_payload"] is False
            assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")
            await socket.send_str(json.dumps({"envelope_id": envelope["envelope_id"]}))
            await house.slack.settle()
            assert house.slack.events.deliveries[-1].failure is None


async def test_a_ticket_opens_one_connection() -> None:
    async with workspace(socket_mode=True) as house, aiohttp.ClientSession() as session:
        opened = await house.client.apps_connections_open(app_token=APP_TOKEN)
        async with session.ws_connect(opened["url"]):
            try:
                async with session.ws_connect(opened["url"]) as second:
                    assert (await second.receive()).type is aiohttp.WSMsgType.CLOSE
            except aiohttp.WSServerHandshakeError as refused:
                assert refused.status == 403


async def test_without_a_connection_a_command_fails() -> None:
    async with workspace(socket_mode=True) as house:
        await house.slack.command("佐藤", "/case")
        assert "dispatch_failed" in house.screen("佐藤")["banner"]
