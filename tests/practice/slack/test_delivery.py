"""How events and interactions reach the app: signed, in time, again, twice, in disorder."""

import json
from datetime import timedelta
from typing import Any

from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bots.practice.slack.events import EventDelivery
from tests.practice.slack.house import (
    SECRET,
    House,
    actions,
    button,
    modal,
    served,
    text_field,
    workspace,
)

EVENTS = ["app_home_opened", "message.im", "app_mention", "member_joined_channel"]


class Sink:
    """An app that keeps what it gets and answers as told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        self.headers: dict[str, str] = {}
        self.app = Starlette(routes=[Route("/", self._take, methods=["POST"])])

    async def _take(self, request: Request) -> Response:
        self.got.append((dict(request.headers), await request.body()))
        status = self.statuses.pop(0) if self.statuses else 200
        return Response(status_code=status, headers=self.headers)

    def events(self) -> list[dict[str, Any]]:
        """The envelopes it got."""
        return [json.loads(body) for _, body in self.got]


async def test_what_slack_sends_carries_a_true_signature() -> None:
    async with workspace(events=EVENTS) as house:
        await house.slack.open("佐藤", "home")
        await house.slack.settle()
        headers, body = house.received[0]
        assert SignatureVerifier(SECRET).is_valid_request(body, headers)
        assert not SignatureVerifier("another").is_valid_request(body, headers)


async def test_a_request_url_is_verified_by_its_challenge() -> None:
    async with workspace() as house:
        assert await house.slack.verify_request_url()
        house.slack.request_url = "http://127.0.0.1:9/"
        assert not await house.slack.verify_request_url()


async def test_an_event_has_slacks_envelope() -> None:
    sink = Sink()
    async with served(sink.app) as url, workspace(events=EVENTS, request_url=url + "/") as house:
        await house.slack.say("佐藤", "こんにちは")
        await house.slack.settle()
        (envelope,) = sink.events()
        assert envelope["type"] == "event_callback" and envelope["event_id"].startswith("Ev")
        assert envelope["team_id"] == "T0PRACTICE" and envelope["api_app_id"] and envelope["token"]
        assert envelope["authorizations"][0]["user_id"] == house.slack.bot_user_id
        event = envelope["event"]
        assert event["type"] == "message" and event["channel_type"] == "im"
        assert event["text"] == "こんにちは" and event["ts"] == event["event_ts"]


async def test_what_was_not_subscribed_is_not_sent() -> None:
    sink = Sink()
    async with (
        served(sink.app) as url,
        workspace(events=["app_mention"], request_url=url + "/") as house,
    ):
        house.slack.add_channel("tantou", members=["佐藤"])
        await house.slack.say("佐藤", "こんにちは")
        await house.slack.say("佐藤", "@Yorisoi おねがい", "#tantou")
        await house.slack.settle()
        assert [e["event"]["type"] for e in sink.events()] == ["app_mention"]


async def test_joining_is_told() -> None:
    sink = Sink()
    async with served(sink.app) as url, workspace(events=EVENTS, request_url=url + "/") as house:
        made = await house.client.conversations_create(name="kaigi", is_private=True)
        user = house.slack.people.get("佐藤").id
        await house.client.conversations_invite(channel=made["channel"]["id"], users=user)
        await house.slack.settle()
        (envelope,) = sink.events()
        assert envelope["event"]["type"] == "member_joined_channel"
        assert envelope["event"]["user"] == user


async def test_a_failed_event_comes_again_at_once_after_one_minute_and_after_five() -> None:
    sink = Sink()
    sink.statuses = [500, 500, 500, 500]
    async with served(sink.app) as url, workspace(events=EVENTS, request_url=url + "/") as house:
        await house.slack.open("佐藤", "home")
        await house.slack.settle()
        assert retries(sink) == [None, "1"]
        first = house.slack.next_due()
        assert first is not None and first - house.clock.now() <= timedelta(minutes=1)
        house.clock.move_to(first)
        await house.slack.run_due()
        await house.slack.settle()
        second = house.slack.next_due()
        assert second is not None and second - first >= timedelta(minutes=5)
        house.clock.move_to(second)
        await house.slack.run_due()
        await house.slack.settle()
        assert retries(sink) == [None, "1", "2", "3"]
        assert sink.got[1][0]["x-slack-retry-reason"] == "http_error"
        assert len({e["event_id"] for e in sink.events()}) == 1
        assert house.slack.next_due() is None


async def test_an_app_may_ask_for_no_retry() -> None:
    sink = Sink()
    sink.statuses, sink.headers = [500], {"X-Slack-No-Retry": "1"}
    async with served(sink.app) as url, workspace(events=EVENTS, request_url=url + "/") as house:
        await house.slack.open("佐藤", "home")
        await house.slack.settle()
        assert retries(sink) == [None] and house.slack.next_due() is None


async def test_nobody_there_is_a_failed_connection() -> None:
    async with workspace(events=EVENTS, request_url="http://127.0.0.1:9/") as house:
        await house.slack.open("佐藤", "home")
        await house.slack.settle()
        assert failures(house.slack.events.deliveries) == ["connection_failed"] * 2
        await house.slack.command("佐藤", "/case")
        assert "dispatch_failed" in house.screen("佐藤")["banner"]


async def test_events_may_come_twice_and_in_another_order() -> None:
    sink = Sink()
    async with served(sink.app) as url, workspace(events=EVENTS, request_url=url + "/") as house:
        house.slack.event_plan.duplicate = True
        house.slack.event_plan.shuffle_seed = 4
        for n in range(3):
            await house.slack.say("佐藤", str(n))
        await house.slack.settle()
        texts = [e["event"]["text"] for e in sink.events()]
        assert sorted(texts) == ["0", "0", "1", "1", "2", "2"]
        assert texts != ["0", "0", "1", "1", "2", "2"]
        assert len({e["event_id"] for e in sink.events()}) == 3


async def test_an_app_that_does_not_ack_in_three_seconds_shows_slacks_error() -> None:
    async with workspace() as house:
        await card(house)

        @house.bolt.action("approve")
        async def never(body: Any) -> None:
            return None

        await house.slack.click("佐藤", "承認する")
        assert house.screen("佐藤")["banner"] is not None


async def test_a_command_without_ack_times_out() -> None:
    sink = Sink()
    sink.statuses = [503]
    async with served(sink.app) as url, workspace(request_url=url + "/") as house:
        await house.slack.command("佐藤", "/case")
        assert "http_service_error" in house.screen("佐藤")["banner"]
        await house.slack.command("佐藤", "/case")
        assert house.screen("佐藤")["banner"] is None


async def test_a_modal_stays_when_the_app_fails() -> None:
    async with workspace() as house:

        @house.bolt.shortcut("write_letter")
        async def opened(ack: Any, body: Any, client: Any) -> None:
            view = modal("a", text_field("本文", "words"), callback_id="v")
            await client.views_open(trigger_id=body["trigger_id"], view=view)
            await ack()

        await house.slack.shortcut("佐藤", "write_letter")
        house.slack.request_url = "http://127.0.0.1:9/"
        await house.slack.submit("佐藤", {"本文": "長い話"})
        screen = house.screen("佐藤")
        assert "trouble connecting" in screen["banner"]
        assert screen["modal"]["inputs"][0]["value"] == "長い話"


async def card(house: House) -> None:
    """A card with a button in 佐藤's direct message."""
    channel = house.slack.people.get("佐藤").id
    await house.client.chat_postMessage(
        channel=channel, text="A-12", blocks=[actions(button("承認する", "approve"))]
    )


def retries(sink: Sink) -> list[str | None]:
    """The retry numbers in the order of arrival."""
    return [headers.get("x-slack-retry-num") for headers, _ in sink.got]


def failures(deliveries: list[EventDelivery]) -> list[str | None]:
    """Why each delivery failed."""
    return [d.failure for d in deliveries]
