"""What every request passes: token, size, content type, JSON, and the list of what is missing."""

import aiohttp
import pytest

from bots.practice.faults import Fault
from bots.practice.line import Phone

from .town import Town, text

PUSH = "/v2/bot/message/push"


async def test_no_token_and_a_wrong_token_give_401(town: Town) -> None:
    none = await town.call("GET", "/v2/bot/info", token=None)
    wrong = await town.call("GET", "/v2/bot/info", token="wrong")

    assert none.status == wrong.status == 401
    assert "Authorization header required" in none.message
    assert wrong.message.startswith("Authentication failed due to the following reason:")


async def test_every_answer_carries_its_own_request_id(town: Town) -> None:
    answers = [
        await town.call("GET", "/v2/bot/info"),
        await town.call("GET", "/v2/bot/info", token="wrong"),
        await town.call("GET", "/v2/bot/nothing"),
        await town.call("POST", PUSH, b"{"),
    ]
    ids = {answer.headers["x-line-request-id"] for answer in answers}

    assert len(ids) == 4


async def test_what_is_not_emulated_answers_501_and_stands_on_the_list(town: Town) -> None:
    reply = await town.call("GET", "/v2/bot/insight/followers?date=20260401")

    assert reply.status == 501
    assert "GET /v2/bot/insight/followers" in reply.message
    (missing,) = town.line.unemulated
    assert (missing.method, missing.path) == ("GET", "/v2/bot/insight/followers")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v2/bot/message/broadcast"),
        ("POST", "/v2/bot/message/narrowcast"),
        ("DELETE", PUSH),
        ("GET", "/v2/bot/message/delivery/push"),
        ("POST", "/v2/bot/richmenu/batch"),
        ("GET", "/v2/bot/coupon"),
    ],
)
async def test_neighbours_of_what_is_emulated_are_missing_loudly_too(
    town: Town, method: str, path: str
) -> None:
    reply = await town.call(method, path, {} if method == "POST" else None)

    assert reply.status == 501
    assert f"{method} {path}" in reply.message


async def test_a_message_kind_that_is_not_emulated_is_missing_loudly(
    town: Town, hanako: Phone
) -> None:
    reply = await town.push(hanako.user_id, {"type": "coupon", "couponId": "x"})

    assert reply.status == 501
    assert "coupon" in reply.message
    assert town.line.record == []


async def test_more_than_two_megabytes_give_413(town: Town, hanako: Phone) -> None:
    reply = await town.push(hanako.user_id, text("あ" * 700_000))

    assert reply.status == 413
    assert "2MB" in reply.message


async def test_another_content_type_gives_415(town: Town, hanako: Phone) -> None:
    reply = await town.call("POST", PUSH, b"to=x", content_type="application/x-www-form-urlencoded")

    assert reply.status == 415
    assert reply.message == "The content type, application/x-www-form-urlencoded, is not supported"


async def test_broken_json_gives_400_with_line_and_column(town: Town) -> None:
    reply = await town.call("POST", PUSH, b'{"to":\n "U", }')

    assert reply.status == 400
    assert reply.message.startswith("The request body could not be parsed as JSON (line: 2,")


@pytest.mark.parametrize("body", [b"\xff\xfe", b"[" * 100_000])
async def test_a_body_that_nobody_can_read_gives_400(town: Town, body: bytes) -> None:
    assert (await town.call("POST", PUSH, body)).status == 400


async def test_a_body_that_is_no_object_gives_400(town: Town) -> None:
    assert (await town.call("POST", PUSH, [])).status == 400


async def test_a_planned_status_answers_so_and_accepts_nothing(town: Town, hanako: Phone) -> None:
    town.faults.plan(Fault(service="line", operation="push", status=500, count=2))

    assert [(await town.push(hanako.user_id)).status for _ in range(3)] == [500, 500, 200]
    assert len(town.line.record) == 1


async def test_a_planned_rate_limit_has_lines_own_body_and_no_retry_after(
    town: Town, hanako: Phone
) -> None:
    town.faults.plan(Fault(service="line", operation="push", status=429))

    reply = await town.push(hanako.user_id)

    assert reply.message == "The API rate limit has been exceeded. Try again later."
    assert "retry-after" not in reply.headers


async def test_an_answer_that_is_html_with_200_after_acceptance(town: Town, hanako: Phone) -> None:
    town.faults.plan(Fault(service="line", status=200, body="<html></html>", drop="after"))

    reply = await town.push(hanako.user_id)

    assert reply.status == 200
    assert reply.headers["content-type"].startswith("text/html")
    assert len(town.line.record) == 1


async def test_a_connection_dropped_before_accepts_nothing(town: Town, hanako: Phone) -> None:
    town.faults.plan(Fault(service="line", operation="push", drop="before"))

    with pytest.raises(aiohttp.ClientConnectionError):
        await town.push(hanako.user_id)

    assert town.line.record == []


async def test_a_connection_dropped_after_has_accepted(town: Town, hanako: Phone) -> None:
    town.faults.plan(Fault(service="line", operation="push", drop="after"))

    with pytest.raises(aiohttp.ClientConnectionError):
        await town.push(hanako.user_id)

    assert len(town.line.record) == 1
    assert hanako.screen().messages[0].text == "こんにちは"


async def test_a_fault_for_a_family_hits_each_of_its_members_only(
    town: Town, hanako: Phone
) -> None:
    town.faults.plan(Fault(service="line", operation="richmenu.*", status=500))

    assert (await town.push(hanako.user_id)).status == 200
    assert (await town.call("GET", "/v2/bot/richmenu/list")).status == 500
