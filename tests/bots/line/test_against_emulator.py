"""The LINE front against the practice LINE: what is refused there would be refused by LINE."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette

from bots.line.bubbles import BUTTONS, LinePress
from bots.line.messenger import LineMessenger
from bots.line.reader import LineEventReader
from bots.line.webhook import PATH, webhook_route
from bots.practice.clock import PracticeClock
from bots.practice.faults import Fault, Faults
from bots.practice.line import LineEmulator, Phone, WebhookPlan
from core.inbound import Followed, Meaning, NotUnderstood, Pressed, Said, Unfollowed, Unsent
from core.outbox import Accepted, ChannelClosed, Refused, TryLater
from core.replies import Press, ReplyKind
from tests.practice.line.served import served

SECRET = "practice-secret"
KEY = "123e4567-e89b-12d3-a456-426614174000"


@dataclass
class Kept:
    """Every body that the webhook kept, and what the reader makes of it."""

    bodies: list[bytes] = field(default_factory=list)

    async def keep(self, body: bytes) -> None:
        self.bodies.append(body)

    def meanings(self) -> list[Meaning]:
        reader = LineEventReader()
        return [reader.read(raw.raw).meaning for body in self.bodies for raw in reader.cut(body)]


@dataclass
class House:
    """Both ends: our front and the practice LINE."""

    line: LineEmulator
    faults: Faults
    kept: Kept
    messenger: LineMessenger
    hanako: Phone

    def letter(self, body: str = "桜が咲きました。", *, alt_text: str = "") -> bytes:
        return LinePress().freeze(
            to=self.hanako.user_id, body=body, alt_text=alt_text, with_buttons=True
        )


@pytest.fixture
async def house() -> AsyncIterator[House]:
    kept, faults = Kept(), Faults()
    route = webhook_route(kept, channel_secret=SECRET, on_kept=lambda: None)
    async with served(Starlette(routes=[route])) as product:
        line = LineEmulator(
            clock=PracticeClock(datetime(2026, 4, 6, 1, 0, tzinfo=UTC)),
            faults=faults,
            channel_secret=SECRET,
            access_token="t-1",
            webhook_url=product + PATH,
            bot_name="よりそい",
        )
        hanako = line.phones.add("花子", friend=True)
        async with (
            served(line.app) as origin,
            LineMessenger(base_url=origin, access_token="t-1") as messenger,
        ):
            yield House(line, faults, kept, messenger, hanako)
        await line.aclose()


@pytest.mark.parametrize("alt_text", ["", "おたよりです"])
@pytest.mark.parametrize("body", ["桜が咲きました。", "あ" * 5000, "🍎" * 2500, "庭\n\n\x01" * 900])
async def test_line_takes_every_letter_that_we_freeze(
    house: House, body: str, alt_text: str
) -> None:
    letter = house.letter(body, alt_text=alt_text)
    assert await house.messenger.validate(letter) is None
    assert isinstance(await house.messenger.push(letter, retry_key=KEY), Accepted)
    assert len(house.line.record) == 1


async def test_every_button_under_a_letter_comes_back_as_what_it_says(house: House) -> None:
    for number, label in enumerate(BUTTONS.values()):
        await house.messenger.push(house.letter(), retry_key=f"{KEY[:-1]}{number}")
        await house.hanako.tap(label)
    await house.line.settle()
    assert house.kept.meanings() == [
        Pressed(press=press) for press in (Press.KEEP, Press.REST, Press.STOP, Press.TALK)
    ]


async def test_the_same_key_is_the_same_letter(house: House) -> None:
    first = await house.messenger.push(house.letter(), retry_key=KEY)
    again = await house.messenger.push(house.letter(), retry_key=KEY)
    assert isinstance(first, Accepted)
    assert again == Accepted(request_id=first.request_id, already=True)
    assert len(house.line.record) == 1


@pytest.mark.parametrize(
    ("fault", "maybe_taken", "records"),
    [
        (Fault(service="line", operation="push", status=500), True, 0),
        (Fault(service="line", operation="push", status=503, drop="after"), True, 1),
        (Fault(service="line", operation="push", drop="before"), True, 0),
        (Fault(service="line", operation="push", drop="after"), True, 1),
        (Fault(service="line", operation="push", status=429), False, 0),
    ],
)
async def test_after_a_passing_fault_the_same_key_settles_it(
    house: House, fault: Fault, maybe_taken: bool, records: int
) -> None:
    house.faults.plan(fault)
    outcome = await house.messenger.push(house.letter(), retry_key=KEY)
    assert isinstance(outcome, TryLater)
    assert outcome.maybe_taken is maybe_taken
    assert len(house.line.record) == records
    outcome = await house.messenger.push(house.letter(), retry_key=KEY)
    assert isinstance(outcome, Accepted)
    assert outcome.already is (records == 1)
    assert len(house.line.record) == 1


async def test_an_answer_that_comes_too_late_leaves_doubt(house: House) -> None:
    house.faults.plan(Fault(service="line", operation="push", delay_s=0.5))
    origin = str(house.messenger._base)
    async with LineMessenger(base_url=origin, access_token="t-1", timeout_s=0.1) as hasty:
        outcome = await hasty.push(house.letter(), retry_key=KEY)
    assert isinstance(outcome, TryLater)
    assert outcome.maybe_taken


async def test_200_with_a_page_of_html_is_accepted(house: House) -> None:
    house.faults.plan(
        Fault(service="line", operation="push", status=200, body="<html>", drop="after")
    )
    assert isinstance(await house.messenger.push(house.letter(), retry_key=KEY), Accepted)
    assert len(house.line.record) == 1


async def test_a_used_up_quota_and_a_wrong_token_close_the_channel(house: House) -> None:
    house.faults.plan(
        Fault(
            service="line",
            operation="push",
            status=429,
            body='{"message":"You have reached your monthly limit."}',
        )
    )
    used_up = await house.messenger.push(house.letter(), retry_key=KEY)
    assert isinstance(used_up, ChannelClosed)
    assert used_up.cause == "QUOTA"
    origin = str(house.messenger._base)
    async with LineMessenger(base_url=origin, access_token="wrong") as stranger:
        refused = await stranger.push(house.letter(), retry_key=KEY)
    assert isinstance(refused, ChannelClosed)
    assert refused.cause == "TOKEN"


async def test_an_unknown_person_is_a_refusal(house: House) -> None:
    letter = house.letter().replace(house.hanako.user_id.encode(), b"U" + b"0" * 32)
    outcome = await house.messenger.push(letter, retry_key=KEY)
    assert isinstance(outcome, Refused)
    assert (outcome.status, "桜" in outcome.detail) == (400, False)


async def test_someone_who_blocked_us_is_answered_200(house: House) -> None:
    await house.hanako.block()
    assert isinstance(await house.messenger.push(house.letter(), retry_key=KEY), Accepted)


async def test_the_doctor_learns_about_the_account(house: House) -> None:
    info = await house.messenger.bot_info()
    assert (info.display_name, info.user_id) == ("よりそい", house.line.bot_user_id)
    assert (await house.messenger.quota()).limit is None
    assert await house.messenger.consumption() == 0
    await house.messenger.push(house.letter(), retry_key=KEY)
    assert await house.messenger.consumption() == 1
    endpoint = await house.messenger.webhook_endpoint()
    assert endpoint is not None
    assert endpoint.url.endswith(PATH)
    assert (await house.messenger.test_webhook()).success
    assert house.kept.bodies == []


Deed = Callable[[Phone], Awaitable[object]]


@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        (lambda phone: phone.say("眠れた"), ReplyKind.TEXT),
        (lambda phone: phone.sticker(), ReplyKind.STICKER),
        (lambda phone: phone.photo(), ReplyKind.IMAGE),
        (lambda phone: phone.media("audio", b"a"), ReplyKind.AUDIO),
        (lambda phone: phone.media("video", b"v"), ReplyKind.VIDEO),
        (lambda phone: phone.media("file", b"f"), ReplyKind.FILE),
        (lambda phone: phone.location(title="公園"), ReplyKind.LOCATION),
    ],
)
async def test_everything_a_phone_can_send_is_read(
    house: House, deed: Deed, kind: ReplyKind
) -> None:
    await deed(house.hanako)
    await house.line.settle()
    (said,) = house.kept.meanings()
    assert isinstance(said, Said)
    assert said.kind is kind
    assert said.message_id


async def test_blocking_returning_and_taking_back_are_read(house: House) -> None:
    await house.hanako.block()
    await house.hanako.unblock()
    await house.hanako.say("やっぱりなし")
    await house.hanako.unsend()
    await house.line.settle()
    left, back, said, unsent = house.kept.meanings()
    assert (left, back) == (Unfollowed(), Followed(unblocked=True))
    assert isinstance(said, Said)
    assert unsent == Unsent(message_id=said.message_id or "")


async def test_novelties_in_a_batch_lose_nothing(house: House) -> None:
    house.line.webhooks.plan = WebhookPlan(batch=True, unknown_kinds=("event", "field"))
    await asyncio.gather(*(house.hanako.say(words) for words in ("一", "二", "三")))
    await house.line.settle()
    assert len(house.kept.bodies) == 1
    meanings = house.kept.meanings()
    assert sorted(m.text for m in meanings if isinstance(m, Said)) == ["一", "三", "二"]
    assert [m for m in meanings if isinstance(m, NotUnderstood)] == [
        NotUnderstood(kind="practiceNovelty")
    ]


async def test_a_repeated_body_has_the_same_keys(house: House) -> None:
    house.line.webhooks.plan = WebhookPlan(duplicate=True)
    await house.hanako.say("眠れた")
    await house.line.settle()
    first, second = house.kept.bodies
    reader = LineEventReader()
    assert [raw.event_key for raw in reader.cut(first)] == [
        raw.event_key for raw in reader.cut(second)
    ]
