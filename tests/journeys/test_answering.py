"""A human answers: signed webhooks in, LINE's own rules for replies and quota out (G-15)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bots.line.bubbles import LinePress
from bots.line.messenger import LineMessenger
from bots.line.reader import LineEventReader
from bots.practice.faults import Fault
from core.answers import ShownAs
from core.letters import LetterState
from core.line_modes import LineMode, LineUse
from core.municipal_profiles.answering import DirectChatDecision
from core.outbox import LEASE, Outcome
from core.usecases.replies.answer_person import Answered, answer_person
from core.usecases.trail.check_sent import check_sent
from scheduler.allowance import Counting
from scheduler.deliver import Delivering
from storage.engine import Store
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import new_id
from tests.journeys.incoming import Town, incoming
from tests.journeys.practice_server import ask, practice
from tests.midori import letter_now
from tests.people import A12, LINK_A, SATO, TOKYO
from tests.proofs import PROOF

PRESS = LinePress(public_url="https://tayori.example")
DECIDED = DirectChatDecision(
    decided_by="福祉総務課長", decided_on=date(2026, 10, 1), reference="みどり福総第12号"
)
DIRECT = replace(PROOF, use=LineUse(mode=LineMode.DIRECT_CHAT, decision=DECIDED))
WORDS = "写真、見ました。ホームの光がきれいですね。"


class Killed(BaseException):
    """What a kill looks like from inside: nothing after it runs."""


class DyingMessenger:
    """The real messenger; the power fails before or after LINE has the reply."""

    def __init__(self, messenger: LineMessenger, *, taken: bool) -> None:
        self._messenger = messenger
        self._taken = taken

    async def push(self, request: bytes, *, retry_key: str) -> Outcome:
        return await self._messenger.push(request, retry_key=retry_key)

    async def reply(self, request: bytes, *, reply_token: str) -> Outcome:
        if self._taken:
            await self._messenger.reply(request, reply_token=reply_token)
        raise Killed


@pytest.fixture
async def town(unit_of_work: SqlUnitOfWork, store: Store) -> AsyncIterator[Town]:
    async with incoming(unit_of_work, store) as opened:
        yield opened


@pytest.fixture
async def messenger(town: Town) -> AsyncIterator[LineMessenger]:
    url = f"{town.world.url}/line"
    async with LineMessenger(base_url=url, access_token="line-token") as opened:
        yield opened


def delivering(town: Town, messenger: Any, **more: Any) -> Delivering:
    """The delivery loop of a town in DIRECT_CHAT."""
    mode = LineMode.DIRECT_CHAT
    return Delivering(
        town.uow, messenger, clock=town.clock, tz=TOKYO, new_lease=new_id, mode=mode, **more
    )


async def answers(town: Town, text: str = WORDS, *, proof: Any = DIRECT) -> Answered:
    return await answer_person(
        town.uow,
        case_id=A12.id,
        by=SATO.id,
        text=text,
        at=town.clock.now(),
        tz=TOKYO,
        proof=proof,
        press=PRESS,
        reader=LineEventReader(),
    )


async def state_of(town: Town, answered: Answered) -> LetterState:
    assert answered.answer.letter_id is not None
    return (await letter_now(town.uow, answered.answer.letter_id)).state


@pytest.mark.rule("G-15")
async def test_within_a_minute_the_answer_is_a_reply_and_costs_nothing(
    town: Town, messenger: LineMessenger
) -> None:
    await town.a.say("写真です")
    await town.rest()
    done = await answers(town)
    await delivering(town, messenger).run()
    [sent] = town.world.line.record
    assert (sent.operation, sent.quota_counted) == ("reply", 0)
    assert WORDS.encode() in sent.raw_body
    assert await state_of(town, done) is LetterState.SENT
    assert await check_sent(town.uow) == ()


async def test_later_it_is_a_push_under_its_retry_key(town: Town, messenger: LineMessenger) -> None:
    await town.a.say("写真です")
    await town.rest()
    town.clock.move_to(town.clock.now() + timedelta(minutes=2))
    await answers(town)
    await delivering(town, messenger).run()
    [sent] = town.world.line.record
    assert (sent.operation, sent.quota_counted, bool(sent.retry_key)) == ("push", 1, True)


async def test_a_second_answer_to_the_same_words_is_a_push(
    town: Town, messenger: LineMessenger
) -> None:
    await town.a.say("写真です")
    await town.rest()
    await answers(town)
    await delivering(town, messenger).run()
    await answers(town, "もうひとつだけ。ゆっくりで大丈夫です。")
    for _ in range(3):
        await delivering(town, messenger).run()
    assert [sent.operation for sent in town.world.line.record] == ["reply", "push"]


@pytest.mark.rule("S4")
@pytest.mark.parametrize("taken", [False, True], ids=["before LINE took it", "after LINE took it"])
async def test_killed_in_the_middle_of_a_reply_nothing_comes_twice(
    town: Town, messenger: LineMessenger, taken: bool
) -> None:
    await town.a.say("写真です")
    await town.rest()
    done = await answers(town)
    with pytest.raises(BaseExceptionGroup):
        await delivering(town, DyingMessenger(messenger, taken=taken)).run()
    town.clock.move_to(town.clock.now() + LEASE)
    for _ in range(3):
        await delivering(town, messenger).run()
    assert len(town.world.line.record) == int(taken)
    assert await state_of(town, done) is LetterState.UNREACHABLE


async def test_a_reply_whose_answer_is_lost_is_not_sent_again(
    town: Town, messenger: LineMessenger
) -> None:
    await town.a.say("写真です")
    await town.rest()
    done = await answers(town)
    town.world.faults.plan(Fault(service="line", operation="reply", drop="after"))
    for _ in range(3):
        await delivering(town, messenger).run()
        town.clock.move_to(town.clock.now() + timedelta(minutes=5))
    assert len(town.world.line.record) == 1
    assert await state_of(town, done) is LetterState.UNREACHABLE


async def test_what_was_taken_back_leaves_no_token(town: Town, messenger: LineMessenger) -> None:
    await town.a.say("写真です")
    await town.a.unsend()
    await town.rest()
    done = await answers(town)
    assert not done.as_reply
    await delivering(town, messenger).run()
    assert [sent.operation for sent in town.world.line.record] == ["push"]


@pytest.mark.rule("DOMAIN-9")
async def test_in_entrance_link_line_hears_no_word_of_it_and_the_line_is_a_free_reply(
    town: Town, messenger: LineMessenger
) -> None:
    await town.a.say("写真です")
    await town.rest()
    done = await answers(town, proof=PROOF)
    assert done.answer.shown_as is ShownAs.PAGE
    await town.delivery.run()
    [sent] = town.world.line.record
    assert (sent.operation, sent.quota_counted) == ("reply", 0)
    assert WORDS.encode() not in sent.raw_body
    [message] = sent.messages
    assert message["altText"] == "ひとこと、置いてあります。読むのは、いつでも大丈夫です。"
    assert "https://tayori.example/p/" in str(message["contents"]["footer"])


async def test_a_month_that_is_used_up_is_not_asked_for_again_and_replies_still_go(
    town: Town, messenger: LineMessenger
) -> None:
    quota = town.world.line.quota
    quota.limit = 5
    quota.count(5)
    await Counting(town.uow, messenger, clock=town.clock).run()
    await town.a.say("写真です")
    await town.rest()
    await answers(town)
    await delivering(town, messenger).run()
    assert [sent.operation for sent in town.world.line.record] == ["reply"]
    town.clock.move_to(town.clock.now() + timedelta(minutes=2))
    late = await answers(town, "もうひとつだけ。ゆっくりで大丈夫です。")
    for _ in range(5):
        await delivering(town, messenger).run()
    assert len(town.world.line.record) == 1
    assert await state_of(town, late) is LetterState.SCHEDULED
    # December has a month of its own, in UTC+9.
    quota.limit = 5000
    town.clock.move_to(town.clock.now() + timedelta(minutes=16))
    await Counting(town.uow, messenger, clock=town.clock).run()
    await delivering(town, messenger).run()
    assert [sent.to for sent in town.world.line.record] == [LINK_A.line_user_id] * 2


def test_from_the_phone_to_the_case_page_and_back(tmp_path: Any) -> None:
    """The whole house: the phone, the desk, and the phone again; nothing of it in Slack."""
    with practice() as address:
        ask(address, "/practice/phones/A/say", {"text": "駅の写真を撮りました"})
        opened = ask(address, "/practice/pages/鈴木/case", {"alias": "A-12"})
        assert "駅の写真を撮りました" in opened["text"]
        form = ask(address, "/practice/pages/鈴木/press", {"label": "お返事を書く"})
        assert "LINEには、読むものがあることだけが届きます。" in form["text"]
        done = ask(
            address,
            "/practice/pages/鈴木/press",
            {"label": "お返事を書く", "fill": {"ご本人への言葉": WORDS}},
        )
        assert "お返事を、ご本人のページに置きました。" in done["text"]
        assert WORDS in done["text"]
        phone = str(ask(address, "/practice/phones/A"))
        assert "ひとこと、置いてあります。" in phone
        assert WORDS not in phone
        for colleague in ("佐藤", "鈴木", "田中"):
            slack = str(ask(address, f"/practice/slack/{colleague}"))
            assert WORDS not in slack
            assert "駅の写真" not in slack
