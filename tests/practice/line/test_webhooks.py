"""Webhooks as LINE sends them: signed, late, twice, out of order, unknown (LINE.md §3.1)."""

import asyncio
import base64
import hashlib
import hmac
import json
from datetime import timedelta

from bots.practice.line import Phone, WebhookPlan
from bots.practice.line.webhooks import signature

from .town import SECRET, Town, text

REPLY = "/v2/bot/message/reply"


async def test_the_signature_is_the_hmac_of_the_raw_body(town: Town, hanako: Phone) -> None:
    await hanako.say("こんにちは")

    ((headers, body),) = town.inbox.got
    expected = base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest())
    assert headers["x-line-signature"] == expected.decode()
    assert "こんにちは".encode() in body
    assert json.loads(body)["destination"] == town.line.bot_user_id


def test_a_known_vector_keeps_the_signature_honest() -> None:
    assert signature("secret", b'{"events":[]}') == "pkK1lVPJPiJ+wPLziRD79xIxohl8AImYM8AEeM7IbzQ="


async def test_a_text_carries_everything_a_bot_needs(town: Town, hanako: Phone) -> None:
    await hanako.say("こんにちは")

    (event,) = town.inbox.events()
    assert event["type"] == "message"
    assert event["mode"] == "active"
    assert event["source"] == {"type": "user", "userId": hanako.user_id}
    assert len(event["webhookEventId"]) == 26
    assert event["deliveryContext"] == {"isRedelivery": False}
    assert abs(event["timestamp"] / 1000 - town.clock.now().timestamp()) < 60
    assert event["message"]["text"] == "こんにちは"
    assert event["message"]["quoteToken"]
    assert event["message"]["markAsReadToken"]
    assert event["replyToken"]


async def test_follow_block_and_unblock_are_told(town: Town, taro: Phone) -> None:
    await taro.follow()
    await taro.block()
    await taro.unblock()

    follow, unfollow, again = town.inbox.events()
    assert follow["follow"] == {"isUnblocked": False}
    assert unfollow["type"] == "unfollow"
    assert "replyToken" not in unfollow
    assert again["follow"] == {"isUnblocked": True}


async def test_an_unsend_names_the_message(town: Town, hanako: Phone) -> None:
    await hanako.say("まちがえました")
    await hanako.unsend()

    message, unsend = town.inbox.events()
    assert unsend["unsend"] == {"messageId": message["message"]["id"]}
    assert hanako.screen().messages[0].withdrawn


async def test_an_unsend_can_overtake_its_message(town: Town, hanako: Phone) -> None:
    town.line.webhooks.plan = WebhookPlan(unsend_before_message=True)
    await hanako.say("まちがえました")
    await hanako.unsend()
    await town.line.settle()

    assert [event["type"] for event in town.inbox.events()] == ["unsend", "message"]


async def test_events_of_several_people_can_come_in_one_post(
    town: Town, hanako: Phone, taro: Phone
) -> None:
    town.line.webhooks.plan = WebhookPlan(batch=True)
    await hanako.say("一")
    await taro.say("二")
    assert town.inbox.got == []

    await town.line.settle()

    assert len(town.inbox.got) == 1
    assert [event["message"]["text"] for event in town.inbox.events()] == ["一", "二"]


async def test_events_can_come_out_of_order(town: Town, hanako: Phone) -> None:
    town.line.webhooks.plan = WebhookPlan(shuffle_seed=3)
    for words in "一二三四五":
        await hanako.say(words)
    await town.line.settle()

    arrived = [event["message"]["text"] for event in town.inbox.events()]
    assert sorted(arrived) == sorted("一二三四五")
    assert arrived != list("一二三四五")


async def test_a_duplicate_looks_exactly_like_the_first(town: Town, hanako: Phone) -> None:
    town.line.webhooks.plan = WebhookPlan(duplicate=True)
    await hanako.say("こんにちは")

    (_, first), (_, second) = town.inbox.got
    assert first == second


async def test_unknown_kinds_of_event_message_and_field_can_come(town: Town, hanako: Phone) -> None:
    town.line.webhooks.plan = WebhookPlan(unknown_kinds=("event", "message", "field"))
    await hanako.say("こんにちは")

    novelty, event = town.inbox.events()
    assert novelty["type"] == "practiceNovelty"
    assert event["message"]["type"] == "practiceNovelty"
    assert "practiceField" in event


async def test_without_redelivery_a_failed_webhook_is_lost(town: Town, hanako: Phone) -> None:
    town.inbox.status = 500
    await hanako.say("こんにちは")

    assert town.line.webhooks.log[0].reason == "error_status_code"
    assert town.line.next_due() is None


async def test_a_redelivered_event_is_the_same_but_for_its_mark(town: Town, hanako: Phone) -> None:
    town.line.webhooks.plan = WebhookPlan(redelivery=True)
    town.inbox.status = 503
    await hanako.say("こんにちは")
    await town.line.run_due()
    assert len(town.inbox.got) == 1
    town.inbox.status = 200
    due = town.line.next_due()
    assert due is not None

    town.clock.move_to(due)
    await town.line.run_due()

    first, second = town.inbox.events()
    assert second == {**first, "deliveryContext": {"isRedelivery": True}}
    assert town.line.next_due() is None


async def test_a_reply_token_lives_a_minute_after_redelivery(town: Town, hanako: Phone) -> None:
    town.line.webhooks.plan = WebhookPlan(redelivery=True)
    town.inbox.status = 503
    await hanako.say("こんにちは")
    body = {"replyToken": town.inbox.events()[0]["replyToken"], "messages": [text("はい")]}
    town.clock.move_to(town.clock.now() + timedelta(minutes=5))
    assert (await town.call("POST", REPLY, body)).status == 400

    await town.line.run_due()

    assert (await town.call("POST", REPLY, body)).status == 200


async def test_a_reply_token_is_dead_twenty_minutes_after_the_event(
    town: Town, hanako: Phone
) -> None:
    town.line.webhooks.plan = WebhookPlan(redelivery=True)
    town.inbox.status = 503
    await hanako.say("こんにちは")
    body = {"replyToken": town.inbox.events()[0]["replyToken"], "messages": [text("はい")]}
    town.clock.move_to(town.clock.now() + timedelta(minutes=21))

    await town.line.run_due()

    assert (await town.call("POST", REPLY, body)).status == 400


async def test_redelivery_gives_up_in_the_end(town: Town, hanako: Phone) -> None:
    town.line.webhooks.plan = WebhookPlan(redelivery=True)
    town.inbox.status = 500
    await hanako.say("こんにちは")
    while (due := town.line.next_due()) is not None:
        town.clock.move_to(max(due, town.clock.now()))
        await town.line.run_due()

    assert len(town.inbox.got) == 6


async def test_a_receiver_slower_than_two_seconds_has_timed_out(town: Town, hanako: Phone) -> None:
    town.inbox.wait_s = 2.2
    await hanako.say("こんにちは")

    assert town.line.webhooks.log[0].reason == "request_timeout"


async def test_nobody_at_the_other_end_is_could_not_connect(town: Town, hanako: Phone) -> None:
    town.line.webhooks.url = "http://127.0.0.1:1/line/webhook"
    await hanako.say("こんにちは")

    assert town.line.webhooks.log[0].reason == "could_not_connect"


async def test_without_a_url_nothing_goes_out_and_it_is_noted(town: Town, hanako: Phone) -> None:
    town.line.webhooks.url = None
    await hanako.say("こんにちは")

    assert town.inbox.got == []
    assert len(town.line.webhooks.unsent) == 1


async def test_the_verify_call_is_an_empty_signed_list(town: Town) -> None:
    outcome = await town.line.webhooks.verify()

    assert outcome.reason is None
    assert json.loads(town.inbox.got[0][1])["events"] == []


async def test_any_events_can_be_sent_signed(town: Town) -> None:
    await town.line.webhooks.send_raw(events=[{"type": "leave"}])

    assert town.inbox.events() == [{"type": "leave"}]


async def test_settle_waits_for_what_is_in_the_air(town: Town, hanako: Phone) -> None:
    town.inbox.wait_s = 0.2
    talking = asyncio.create_task(hanako.say("こんにちは"))
    await asyncio.sleep(0.05)

    await town.line.settle()

    assert town.line.webhooks.log[0].reason is None
    await talking


async def test_the_endpoint_can_be_read_set_and_tested(town: Town) -> None:
    path = "/v2/bot/channel/webhook/endpoint"
    url = town.line.webhooks.url
    assert (await town.call("GET", path)).json() == {"endpoint": url, "active": True}

    test = await town.call("POST", "/v2/bot/channel/webhook/test", {})
    assert test.json()["success"] is True
    assert (test.json()["statusCode"], test.json()["reason"]) == (200, "OK")

    town.inbox.status = 404
    failed = (await town.call("POST", "/v2/bot/channel/webhook/test", {})).json()
    assert (failed["success"], failed["reason"]) == (False, "ERROR_STATUS_CODE")

    assert (await town.call("PUT", path, {"endpoint": "https://example.com/x"})).status == 200
    assert town.line.webhooks.url == "https://example.com/x"


async def test_an_endpoint_must_be_https_and_not_too_long(town: Town) -> None:
    path = "/v2/bot/channel/webhook/endpoint"
    for url in ("http://example.com/x", "ftp://example.com", "https://e.com/" + "x" * 500, "x"):
        reply = await town.call("PUT", path, {"endpoint": url})
        assert (reply.status, reply.message) == (400, "Invalid webhook endpoint URL")


async def test_without_an_endpoint_reading_and_testing_give_404(town: Town) -> None:
    town.line.webhooks.url = None

    read = await town.call("GET", "/v2/bot/channel/webhook/endpoint")
    test = await town.call("POST", "/v2/bot/channel/webhook/test", {})

    assert (read.status, read.message) == (404, "Webhook endpoint not found")
    assert test.status == 404
