"""push, multicast and reply: what is accepted, delivered and counted (LINE.md §3.3)."""

from datetime import timedelta

from bots.practice.line import Phone

from .town import Town, text


async def test_a_push_reaches_the_phone_and_stands_in_the_record(town: Town, hanako: Phone) -> None:
    reply = await town.push(hanako.user_id, text("おはようございます"), text("お元気ですか"))

    assert reply.status == 200
    assert len(reply.json()["sentMessages"]) == 2
    assert reply.headers["x-line-request-id"]
    screen = hanako.screen()
    assert [bubble.text for bubble in screen.messages] == ["おはようございます", "お元気ですか"]
    assert screen.lock_screen == ("おはようございます", "お元気ですか")
    (accepted,) = town.line.record
    assert accepted.operation == "push"
    assert accepted.to == hanako.user_id
    assert accepted.delivered
    assert accepted.quota_counted == 1
    assert accepted.request_id == reply.headers["x-line-request-id"]
    assert b"messages" in accepted.raw_body


async def test_a_blocked_person_gives_200_and_nothing_arrives_and_nothing_is_counted(
    town: Town, hanako: Phone
) -> None:
    await hanako.block()

    reply = await town.push(hanako.user_id)

    assert reply.status == 200
    assert hanako.screen().messages == ()
    assert not town.line.record[0].delivered
    assert town.line.quota.used() == 0


async def test_a_deleted_account_and_a_stranger_give_200_and_nothing_arrives(
    town: Town, hanako: Phone, taro: Phone
) -> None:
    hanako.delete_account()

    assert (await town.push(hanako.user_id)).status == 200
    assert (await town.push(taro.user_id)).status == 200
    assert [accepted.delivered for accepted in town.line.record] == [False, False]


async def test_a_stranger_who_wrote_can_be_written_to_for_seven_days(
    town: Town, taro: Phone
) -> None:
    await taro.say("すみません")
    await town.push(taro.user_id)
    town.clock.move_to(town.clock.now() + timedelta(days=7, minutes=1))
    await town.push(taro.user_id)

    assert [accepted.delivered for accepted in town.line.record] == [True, False]


async def test_an_id_that_belongs_to_nobody_here_fails_to_send(town: Town) -> None:
    reply = await town.push("U" + "0" * 32)

    assert (reply.status, reply.message) == (400, "Failed to send messages")


async def test_an_id_that_is_none_is_an_invalid_property(town: Town) -> None:
    reply = await town.push("hanako")

    assert reply.status == 400
    assert reply.message == (
        "The property, 'to', in the request body is invalid (line: -, column: -)"
    )


async def test_quota_counts_persons_and_not_messages(town: Town, hanako: Phone) -> None:
    await town.push(hanako.user_id, text("1"), text("2"), text("3"))

    used = await town.call("GET", "/v2/bot/message/quota/consumption")
    assert used.json() == {"totalUsage": 1}
    assert (await town.call("GET", "/v2/bot/message/quota")).json() == {"type": "none"}


async def test_a_used_up_quota_is_told_in_its_own_words(town: Town, hanako: Phone) -> None:
    town.line.quota.limit = 1
    await town.push(hanako.user_id)

    reply = await town.push(hanako.user_id)

    assert (reply.status, reply.message) == (429, "You have reached your monthly limit.")
    assert len(town.line.record) == 1
    limit = await town.call("GET", "/v2/bot/message/quota")
    assert limit.json() == {"type": "limited", "value": 1}


async def test_the_quota_is_new_when_the_month_turns_in_japan(town: Town, hanako: Phone) -> None:
    town.line.quota.limit = 1
    town.clock.move_to(town.clock.now().replace(day=30, hour=14, minute=58))
    await town.push(hanako.user_id)
    assert (await town.push(hanako.user_id)).status == 429

    town.clock.move_to(town.clock.now() + timedelta(minutes=3))

    assert (await town.push(hanako.user_id)).status == 200
    assert town.line.quota.used() == 1


async def test_a_rate_limit_is_told_in_its_own_words_and_ends_with_time(
    town: Town, hanako: Phone
) -> None:
    town.line.rates.limit("push", requests=2, seconds=3600)
    assert [(await town.push(hanako.user_id)).status for _ in range(2)] == [200, 200]

    reply = await town.push(hanako.user_id)
    assert reply.status == 429
    assert reply.message == "The API rate limit has been exceeded. Try again later."
    assert "retry-after" not in reply.headers

    assert (await town.call("GET", "/v2/bot/info")).status == 200
    town.clock.move_to(town.clock.now() + timedelta(minutes=30, seconds=1))
    assert (await town.push(hanako.user_id)).status == 200


async def test_a_multicast_reaches_each_person_once_and_answers_no_ids(
    town: Town, hanako: Phone, taro: Phone
) -> None:
    body = {"to": [hanako.user_id, taro.user_id, hanako.user_id], "messages": [text("皆さま")]}

    reply = await town.call("POST", "/v2/bot/message/multicast", body)

    assert (reply.status, reply.json()) == (200, {})
    assert [(a.to, a.delivered) for a in town.line.record] == [
        (hanako.user_id, True),
        (taro.user_id, False),
    ]
    assert town.line.quota.used() == 1


async def test_a_multicast_to_someone_unknown_names_the_place_and_sends_nothing(
    town: Town, hanako: Phone
) -> None:
    body = {"to": [hanako.user_id, "C" + "0" * 32], "messages": [text("皆さま")]}

    reply = await town.call("POST", "/v2/bot/message/multicast", body)

    assert reply.status == 400
    assert reply.message.startswith("The property, to[1], in the request body is invalid")
    assert town.line.record == []


async def test_a_multicast_takes_500_people_and_not_one_more(town: Town) -> None:
    body = {"to": ["U" + "0" * 32] * 501, "messages": [text("皆さま")]}

    reply = await town.call("POST", "/v2/bot/message/multicast", body)

    assert reply.json()["details"] == [
        {"message": "Size must be between 1 and 500", "property": "to"}
    ]


async def test_a_reply_is_free_and_its_token_works_once(town: Town, hanako: Phone) -> None:
    await hanako.say("こんにちは")
    body = {"replyToken": town.inbox.events()[0]["replyToken"], "messages": [text("はい")]}

    first = await town.call("POST", "/v2/bot/message/reply", body)
    second = await town.call("POST", "/v2/bot/message/reply", body)

    assert first.status == 200
    assert len(first.json()["sentMessages"]) == 1
    assert (second.status, second.message) == (400, "Invalid reply token")
    assert hanako.screen().messages[-1].text == "はい"
    assert town.line.quota.used() == 0


async def test_a_reply_token_is_dead_after_a_minute(town: Town, hanako: Phone) -> None:
    await hanako.say("こんにちは")
    body = {"replyToken": town.inbox.events()[0]["replyToken"], "messages": [text("はい")]}
    town.clock.move_to(town.clock.now() + timedelta(seconds=61))

    reply = await town.call("POST", "/v2/bot/message/reply", body)

    assert (reply.status, reply.message) == (400, "Invalid reply token")


async def test_validate_says_what_push_would_say_and_sends_nothing(
    town: Town, hanako: Phone
) -> None:
    await town.taken(text("こんにちは"))

    assert await town.refused(text("")) == [
        {"message": "May not be empty", "property": "messages[0].text"}
    ]
    assert town.line.record == []


async def test_a_push_without_a_notification_leaves_the_lock_screen_empty(
    town: Town, hanako: Phone
) -> None:
    body = {"to": hanako.user_id, "messages": [text("静かに")], "notificationDisabled": True}

    await town.call("POST", "/v2/bot/message/push", body)

    assert hanako.screen().lock_screen == ()
    assert hanako.screen().messages[0].text == "静かに"


async def test_a_mention_has_no_place_outside_a_group(town: Town, hanako: Phone) -> None:
    mentionee = {"type": "user", "userId": hanako.user_id}
    mention = {"who": {"type": "mention", "mentionee": mentionee}}
    message = {"type": "textV2", "text": "{who}さん", "substitution": mention}
    await town.taken(message)

    assert (await town.push(hanako.user_id, message)).status == 400
    assert town.line.record == []
