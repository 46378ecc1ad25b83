"""At two in the morning words come; Slack rings until somebody takes it. Over signed HTTP."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from bots.rehearsal import Rehearsal
from bots.rehearsal_run import rehearsing
from bots.town.reader import read_town
from core.crisis.alerts import AlertState
from core.outbox import Card, CardKind, CardOutcome, Drawn
from core.usecases.inbound.receive_event import receive_event
from core.usecases.inbound.waiting_events import waiting_events
from core.usecases.pulse.next_due import next_due
from scheduler.draw import Drawing
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.crisis.watch import NIGHT as WATCH_NIGHT
from tests.core.usecases.crisis.watch import WAIT, WORDS, Watch, night_in
from tests.people import TOKYO

START = datetime(2026, 11, 30, 9, 30, tzinfo=TOKYO)
NIGHT = datetime(2026, 12, 1, 2, 0, tzinfo=TOKYO)
SAID = "ごめんなさい、もう消えてしまいたい"
RULE = "DOMAIN-8.3"


def rung(rehearsal: Rehearsal) -> dict[str, int]:
    """How often each colleague's phone told of a call."""
    told = {}
    for name in ("鈴木", "佐藤", "田中", "高橋", "大野"):
        notes = rehearsal.slack.screen(name).as_json()["notifications"]
        told[name] = sum("すぐに見てください" in note for note in notes)
    return told


def on_the_phone(rehearsal: Rehearsal) -> str:
    """Everything that A's screen shows."""
    return json.dumps(rehearsal.line.phones.get("A").screen().as_json(), ensure_ascii=False)


@pytest.mark.rule(RULE)
async def test_a_night_from_the_words_to_a_colleague_who_takes_it() -> None:
    town = read_town("practice", at=START, tz=TOKYO)
    async with rehearsing(town, at=START) as rehearsal:
        await rehearsal.settle(NIGHT)
        phone = rehearsal.line.phones.get("A")
        await phone.say(SAID)
        await rehearsal.settle()
        # Two people's Slack ring, by the case's sign alone.
        assert rung(rehearsal) == {"鈴木": 1, "佐藤": 1, "田中": 0, "高橋": 0, "大野": 0}
        # The one approved text is there, once, though it is night.
        text = "いまは読む人が席を外しています。今日の10時に読みます。"
        assert text in on_the_phone(rehearsal)
        pushes = len(rehearsal.line.record)
        await phone.say("だれか助けて")
        await rehearsal.settle()
        assert len(rehearsal.line.record) == pushes
        assert rung(rehearsal)["鈴木"] == 2, "more words ring once more"
        # Nobody takes it: it is passed on, then to officers.
        await rehearsal.settle(NIGHT + timedelta(minutes=5, seconds=30))
        assert rung(rehearsal)["田中"] == 1
        await rehearsal.settle(NIGHT + timedelta(minutes=11))
        assert rung(rehearsal)["高橋"] + rung(rehearsal)["大野"] == 1
        # Taken: it rings no more, and the others see by whom.
        await rehearsal.slack.click("田中", "受け取りました", where="A-12")
        await rehearsal.settle()
        before = rung(rehearsal)
        await rehearsal.settle(NIGHT + timedelta(hours=2))
        assert rung(rehearsal) == before
        seen = json.dumps(rehearsal.slack.screen("佐藤").as_json(), ensure_ascii=False)
        assert "田中さんが受け取りました" in seen
        await rehearsal.slack.click("田中", "お返事しました", where="A-12")
        await rehearsal.settle()
        async with rehearsal.house.uow.read() as work:
            (alert,) = await work.alerts.to_review()
            assert alert.state is AlertState.ANSWERED
        sent = json.dumps(
            [[call.method, call.args] for call in rehearsal.slack.record],
            ensure_ascii=False,
            default=str,
        )
        for word in ("消えて", "ごめんなさい", "助けて", "安否確認", "青木"):
            assert word not in sent


@pytest.mark.rule(RULE)
async def test_by_hand_from_the_case_in_slack_and_the_emergency_one_tap_away() -> None:
    town = read_town("practice", at=START, tz=TOKYO)
    async with rehearsing(town, at=START) as rehearsal:
        await rehearsal.settle(NIGHT)
        await rehearsal.slack.command("佐藤", "/case", text="A-12")
        await rehearsal.settle()
        await rehearsal.slack.click("佐藤", "急いで人を呼ぶ")
        await rehearsal.settle()
        assert rung(rehearsal)["鈴木"] == 1
        assert "書いてくれて" not in on_the_phone(rehearsal)
        await rehearsal.slack.click("鈴木", "緊急の対応を始める")
        await rehearsal.settle()
        async with rehearsal.house.uow.read() as work:
            case = await work.cases.by_alias("A-12")
            assert case is not None
            running = await work.emergencies.running(case.id)
            assert running is not None
            trail = await work.audit.of_case(case.id)
        raised = [one.event for one in trail if one.event.action == "case.emergency_raised"]
        assert "ground=LIFE_BODY" in raised[0].evidence


class Killed(BaseException):
    """What a kill looks like from inside: nothing after it runs."""


class DyingNotifier:
    """Slack, until the power fails while the first card is being posted."""

    def __init__(self) -> None:
        self.posted: list[Card] = []
        self.dies = True

    async def draw(self, card: Card) -> CardOutcome:
        if self.dies:
            raise Killed
        self.posted.append(card)
        return Drawn(channel="D1", ts=str(len(self.posted)))


@pytest.fixture
async def watch(unit_of_work: SqlUnitOfWork) -> Watch:
    return await night_in(unit_of_work)


@pytest.mark.rule(RULE)
async def test_a_kill_while_ringing_loses_nobody_and_the_next_is_called_in_time(
    watch: Watch,
) -> None:
    await watch.a_says(WORDS)
    slack = DyingNotifier()
    with pytest.raises(Killed):
        await Drawing(watch.uow, slack, clock=watch.office.clock).run()
    assert slack.posted == []
    # Another process begins a minute later; the leases of the first have run out.
    slack.dies = False
    watch.office.clock.at = WATCH_NIGHT + timedelta(minutes=1)
    await Drawing(watch.uow, slack, clock=watch.office.clock).run()
    rang = [card.staff_id for card in slack.posted if card.kind is CardKind.CRISIS]
    assert sorted(rang) == ["staff-hara", "staff-mori"]
    # What is due next stands in the rows, whoever looks.
    due = await next_due(watch.uow, after=watch.office.clock.at, tz=TOKYO)
    assert due is not None
    assert due <= WATCH_NIGHT + WAIT
    assert await watch.tick(WATCH_NIGHT + WAIT) == 1
    assert "staff-kishi" in await watch.called()


@pytest.mark.rule(RULE)
async def test_a_kill_before_the_commit_leaves_words_and_call_to_the_next_try(
    watch: Watch,
) -> None:
    class Dying:
        """Fails in the middle of the transaction, once."""

        def __init__(self, press: Any) -> None:
            self._press = press
            self.dies = True

        def freeze(self, **asked: Any) -> bytes:
            if self.dies:
                self.dies = False
                raise Killed
            frozen: bytes = self._press.freeze(**asked)
            return frozen

    phone = watch.office.a
    dying: Any = Dying(phone.press)
    phone.press = dying
    with pytest.raises(Killed):
        await watch.a_says(WORDS)
    assert await watch.calls() == ()
    # The event waits as it came; the next loop takes words and call in together.
    for kept in await waiting_events(watch.uow, at=WATCH_NIGHT):
        await receive_event(
            watch.uow,
            kept,
            reader=phone,
            press=dying,
            pager=phone.pager,
            at=WATCH_NIGHT,
            tz=TOKYO,
        )
    assert await watch.called() == ["staff-mori", "staff-hara"]
    assert len(await watch.texts()) == 1
