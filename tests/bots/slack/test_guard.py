"""What does not come from Slack, now, and in one piece, goes no further."""

import hashlib
import hmac
import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from bots.slack.guard import BODY_MOST
from core.outbox import CardKind
from core.ports import UnitOfWork
from tests.bots.slack.office import SECRET, Office, opened
from tests.people import SATO
from tests.proofs import PROOF

COMMAND = (
    b"command=%2Fcase&text=help&team_id=T0PRACTICE&user_id=U0SATO&trigger_id=1.2.3"
    b"&channel_id=D1&api_app_id=A1"
)
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@dataclass
class Sender:
    """Somebody on the internet, who may or may not know the secret."""

    office: Office
    session: aiohttp.ClientSession

    async def post(
        self,
        body: bytes,
        *,
        content_type: str = FORM,
        secret: str = SECRET,
        late_s: int = 0,
        **changed: str,
    ) -> tuple[int, bytes]:
        stamp = str(int(self.office.clock.now().timestamp()) - late_s)
        told = b"v0:" + stamp.encode() + b":" + body
        signature = "v0=" + hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()
        headers = {
            "content-type": content_type,
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": signature,
        } | {name.replace("_", "-"): value for name, value in changed.items()}
        headers = {name: value for name, value in headers.items() if value != "absent"}
        url = f"{self.office.origin}/slack/events"
        async with self.session.post(url, data=io.BytesIO(body), headers=headers) as answer:
            return answer.status, await answer.read()


@pytest.fixture
async def sender(office: Office) -> AsyncIterator[Sender]:
    async with aiohttp.ClientSession() as session:
        yield Sender(office, session)


async def test_what_slack_signed_just_now_is_answered(sender: Sender) -> None:
    status, body = await sender.post(COMMAND)
    assert status == 200
    assert "この Slack でできること" in json.loads(body)["blocks"][0]["text"]["text"]


FORGED: list[dict[str, Any]] = [
    {"secret": "another secret"},
    {"late_s": 301},
    {"late_s": -301},
    {"x_slack_signature": "v0=" + "0" * 64},
    {"x_slack_signature": "absent"},
    {"x_slack_signature": ""},
    {"x_slack_signature": "v0=署名"},
    {"x_slack_signature": "v1=" + "0" * 64},
    {"x_slack_request_timestamp": "absent"},
    {"x_slack_request_timestamp": "いま"},
    {"x_slack_request_timestamp": "12e3"},
    {"x_slack_request_timestamp": "9" * 400},
    {"x_slack_request_timestamp": "-5"},
    {"x_slack_request_timestamp": "\u00b2\u00b3"},
]
UNREADABLE = [
    (b"", FORM),
    (b"", JSON),
    (b"\xff\xfe\x00", FORM),
    (b"\xff\xfe\x00", JSON),
    (b"{broken", JSON),
    (b"[]", JSON),
    (b"null", JSON),
    (b"[" * 100_000, JSON),
    (b"payload=%7Bbroken", FORM),
    (b"payload=3", FORM),
    (b"hello=world", FORM),
    (b"payload=%7B%22type%22%3A%22view_submission%22%2C%22view%22%3A4%7D", FORM),
    (b"command=%2Fcase", FORM),
]
ODD = [
    (b"command=%2Fotayori&user_id=U1", FORM),
    (b'{"type":"event_callback"}', JSON),
    (b'{"type":"event_callback","event":3,"team_id":[]}', JSON),
    (b'{"type":"event_callback","event":{"type":"app_home_opened"}}', JSON),
    (b'{"type":"event_callback","event":{"type":"app_home_opened","tab":"home"}}', JSON),
    (b"payload=%7B%22type%22%3A%22block_actions%22%7D", FORM),
    (b"payload=%7B%22type%22%3A%22block_actions%22%2C%22actions%22%3A%5B%5D%7D", FORM),
]


async def test_forged_late_or_malformed_signatures_are_refused(sender: Sender) -> None:
    for changed in FORGED:
        assert (await sender.post(COMMAND, **changed))[0] == 401, changed


async def test_signed_but_unreadable_bodies_are_refused(sender: Sender) -> None:
    for body, content_type in UNREADABLE:
        status, _ = await sender.post(body, content_type=content_type)
        assert status == 400, body[:80]


async def test_signed_bodies_of_an_odd_shape_never_end_in_500(sender: Sender) -> None:
    for body, content_type in ODD:
        status, _ = await sender.post(body, content_type=content_type)
        assert status in {200, 400, 404}, body[:80]


async def test_an_oversized_body_is_refused(sender: Sender) -> None:
    status, _ = await sender.post(b"a" * (BODY_MOST + 1))
    assert status == 413


async def test_slacks_own_question_for_the_address_is_answered(sender: Sender) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    status, answer = await sender.post(body, content_type=JSON)
    assert (status, json.loads(answer)["challenge"]) == (200, "abc")


async def test_slacks_check_of_the_certificate_is_answered(sender: Sender) -> None:
    assert (await sender.post(b"ssl_check=1&token=x"))[0] == 200


async def test_a_request_sent_again_is_answered_and_not_done_twice(sender: Sender) -> None:
    assert (await sender.post(COMMAND))[1] != b""
    assert await sender.post(COMMAND) == (200, b"")


async def test_an_event_that_slack_repeats_is_taken_once(
    sender: Sender, office: Office, uow: UnitOfWork
) -> None:
    event = {
        "type": "event_callback",
        "event_id": "Ev1",
        "team_id": "T0PRACTICE",
        "api_app_id": "A1",
        "event": {"type": "app_home_opened", "user": "U0SATO", "tab": "home", "channel": "D1"},
    }
    for late_s in (2, 1, 0):
        body = json.dumps(event).encode()
        status, _ = await sender.post(body, content_type=JSON, late_s=late_s)
        assert status == 200
    await office.front.settle()
    async with uow.read() as work:
        (card,) = await work.cards.due(at=office.clock.now(), limit=9, until=office.clock.now())
    assert (card.kind, card.staff_id, card.revision) == (CardKind.HOME, SATO.id, 1)


async def test_a_front_without_a_signing_secret_does_not_begin(uow: UnitOfWork) -> None:
    from bots.slack.front import SlackFront, SlackSettings
    from tests.bots.slack.office import PlainPress
    from tests.people import TOKYO

    async with opened(uow) as office:
        with pytest.raises(ValueError, match="SLACK_SIGNING_SECRET"):
            SlackFront(
                uow=uow,
                clock=office.clock,
                press=PlainPress(),
                proof=PROOF,
                tz=TOKYO,
                closed_days=frozenset(),
                settings=SlackSettings(bot_token="xoxb-1", signing_secret=""),
                staff_link=lambda staff_id, case_id: "",
                wake=lambda: None,
            )
