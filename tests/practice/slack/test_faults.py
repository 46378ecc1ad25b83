"""The fault switch: rate limits, server errors, lost connections."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bots.practice.faults import Fault
from tests.practice.slack.house import BOT_TOKEN, House, workspace


async def say(house: House, text: str = "やあ") -> Any:
    """The app writes to 佐藤."""
    return await house.client.chat_postMessage(channel=house.slack.people.get("佐藤").id, text=text)


async def test_a_planned_rate_limit_is_a_429_with_retry_after() -> None:
    async with workspace() as house:
        house.faults.plan(Fault(service="slack", operation="chat.*", retry_after=7))
        with pytest.raises(SlackApiError) as refused:
            await say(house)
        assert refused.value.response.status_code == 429
        assert refused.value.response.headers["Retry-After"] == "7"
        assert refused.value.response["error"] == "ratelimited"
        assert house.dm("佐藤") == []
        await say(house)


async def test_the_sdk_waits_as_long_as_it_is_told() -> None:
    async with workspace() as house:
        house.faults.plan(Fault(service="slack", operation="chat.postMessage", retry_after=0))
        client = AsyncWebClient(
            token=BOT_TOKEN,
            base_url=house.client.base_url,
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=2)],
        )
        await client.chat_postMessage(channel=house.slack.people.get("佐藤").id, text="やあ")
        assert [c.error for c in house.slack.record] == ["fault:429", None]


async def test_a_server_error_accepts_nothing() -> None:
    async with workspace() as house:
        house.faults.plan(Fault(service="slack", status=503, body="<html>busy</html>"))
        with pytest.raises(SlackApiError) as refused:
            await say(house)
        assert refused.value.response.status_code == 503
        assert house.dm("佐藤") == []


async def test_a_connection_lost_before_accepts_nothing_and_after_has_accepted() -> None:
    async with workspace() as house:
        for retry in list(house.client.retry_handlers):
            house.client.retry_handlers.remove(retry)
        house.faults.plan(Fault(service="slack", operation="chat.postMessage", drop="before"))
        with pytest.raises(aiohttp.ClientError):
            await say(house)
        assert house.dm("佐藤") == []
        house.faults.plan(Fault(service="slack", operation="chat.postMessage", drop="after"))
        with pytest.raises(aiohttp.ClientError):
            await say(house)
        assert [m["text"] for m in house.dm("佐藤")] == ["やあ"]


async def test_one_message_per_second_and_channel_when_that_is_switched_on() -> None:
    async with workspace() as house:
        house.slack.one_message_per_second = True
        sent = await asyncio.gather(*(say(house) for _ in range(5)), return_exceptions=True)
        refused = [s for s in sent if isinstance(s, SlackApiError)]
        assert refused and refused[0].response["error"] == "ratelimited"
        assert len(house.dm("佐藤")) == 5 - len(refused)
        other = house.slack.people.get("鈴木").id
        await house.client.chat_postMessage(channel=other, text="別の所へ")


async def test_a_response_url_fails_when_planned() -> None:
    async with workspace() as house, aiohttp.ClientSession() as session:
        house.faults.plan(Fault(service="slack", operation="response_url", status=500))
        async with session.post(f"{house.slack.public_url}/response/R1", json={}) as response:
            assert response.status == 500
