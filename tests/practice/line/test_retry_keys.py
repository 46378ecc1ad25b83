"""Retry keys (LINE.md §3.4)."""

from datetime import timedelta

import pytest

from bots.practice.faults import Fault
from bots.practice.line import Phone

from .town import Town, text

KEY = "123e4567-e89b-12d3-a456-426614174000"


async def test_a_second_request_under_one_key_gives_409_and_the_first_ones_messages(
    town: Town, hanako: Phone
) -> None:
    first = await town.push(hanako.user_id, retry_key=KEY)
    second = await town.push(hanako.user_id, retry_key=KEY)

    assert second.status == 409
    assert second.json() == {
        "message": "The retry key is already accepted",
        "sentMessages": first.json()["sentMessages"],
    }
    assert second.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert second.headers["x-line-request-id"] != first.headers["x-line-request-id"]
    assert len(hanako.screen().messages) == 1


async def test_a_key_is_new_again_after_24_hours_and_the_person_gets_it_twice(
    town: Town, hanako: Phone
) -> None:
    await town.push(hanako.user_id, retry_key=KEY)
    town.clock.move_to(town.clock.now() + timedelta(hours=23, minutes=59))
    assert (await town.push(hanako.user_id, retry_key=KEY)).status == 409

    town.clock.move_to(town.clock.now() + timedelta(minutes=2))

    assert (await town.push(hanako.user_id, retry_key=KEY)).status == 200
    assert len(hanako.screen().messages) == 2


async def test_a_lost_answer_is_found_again_under_the_key(town: Town, hanako: Phone) -> None:
    town.faults.plan(Fault(service="line", operation="push", status=500, drop="after"))

    first = await town.push(hanako.user_id, retry_key=KEY)
    second = await town.push(hanako.user_id, retry_key=KEY)

    assert (first.status, second.status) == (500, 409)
    assert len(town.line.record) == 1


async def test_a_refused_request_does_not_use_the_key_up(town: Town, hanako: Phone) -> None:
    assert (await town.push(hanako.user_id, text(""), retry_key=KEY)).status == 400
    assert (await town.push(hanako.user_id, retry_key=KEY)).status == 200


async def test_a_blocked_person_counts_as_accepted_too(town: Town, hanako: Phone) -> None:
    await hanako.block()
    await town.push(hanako.user_id, retry_key=KEY)
    await hanako.unblock()

    assert (await town.push(hanako.user_id, retry_key=KEY)).status == 409


async def test_another_text_under_the_same_key_is_not_sent_and_is_noted(
    town: Town, hanako: Phone
) -> None:
    await town.push(hanako.user_id, text("一つ目"), retry_key=KEY)
    reply = await town.push(hanako.user_id, text("二つ目"), retry_key=KEY)

    assert reply.status == 409
    assert town.line.retry_keys.altered == [KEY]


async def test_a_multicast_key_gives_409_without_messages(town: Town, hanako: Phone) -> None:
    body = {"to": [hanako.user_id], "messages": [text("皆さま")]}
    path = "/v2/bot/message/multicast"
    await town.call("POST", path, body, retry_key=KEY)

    reply = await town.call("POST", path, body, retry_key=KEY)

    assert (reply.status, reply.json()) == (409, {"message": "The retry key is already accepted"})


@pytest.mark.parametrize("key", ["", "letter-1", "123e4567e89b12d3a456426614174000", KEY + "0"])
async def test_a_key_that_is_no_uuid_is_refused(town: Town, hanako: Phone, key: str) -> None:
    assert (await town.push(hanako.user_id, retry_key=key)).status == 400
    assert town.line.record == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v2/bot/message/reply"),
        ("POST", "/v2/bot/message/validate/push"),
        ("GET", "/v2/bot/info"),
        ("POST", "/v2/bot/richmenu"),
    ],
)
async def test_a_key_where_none_is_taken_is_refused(town: Town, method: str, path: str) -> None:
    reply = await town.call(method, path, {} if method == "POST" else None, retry_key=KEY)

    assert reply.status == 400
    assert "X-Line-Retry-Key" in reply.message


async def test_retries_count_toward_the_rate_limit(town: Town, hanako: Phone) -> None:
    town.line.rates.limit("push", requests=2, seconds=3600)
    statuses = [(await town.push(hanako.user_id, retry_key=KEY)).status for _ in range(3)]

    assert statuses == [200, 409, 429]
