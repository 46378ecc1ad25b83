"""Cards find their colleague once, change in place, and hold nothing of what was said."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bots.practice.faults import Fault
from core.emergency import MUST_ANSWER, Danger
from core.inbound import Pressed, Unfollowed
from core.outbox import Card, CardKind, CardOutcome, Drawn, NotDrawn
from core.ports import UnitOfWork
from core.replies import Press
from core.usecases.cards.settle_card import settle_card
from core.usecases.cards.take_due_cards import take_due_cards
from core.usecases.courses.end_emergency import end_emergency
from core.usecases.courses.note_call import note_call
from core.usecases.courses.raise_emergency import raise_emergency
from core.usecases.replies.read_replies import read_replies
from tests.bots.slack.arriving import STRANGER, WORDS_FROM_A, arrives, words
from tests.bots.slack.office import Office, opened
from tests.bots.slack.steps import the_letter, write
from tests.people import A12, SATO, TOKYO, A


async def due_for_sato(office: Office, kind: CardKind = CardKind.APPROVAL) -> Card:
    """佐藤's card of this kind, leased."""
    cards = await take_due_cards(office.uow, at=office.clock.now(), limit=50)
    return next(card for card in cards if card.kind is kind and card.staff_id == SATO.id)


async def submitted(office: Office) -> None:
    """A letter is handed in; no card is drawn yet."""
    await office.slack.command("鈴木", "/otayori", "A-12")
    await office.front.settle()
    await office.slack.submit("鈴木", {"おたよりの言葉": "鈴木です。返事はいりません。"})
    await office.front.settle()


async def draw(office: Office, card: Card) -> CardOutcome:
    """One try."""
    return await office.front.notifier.draw(card)


async def test_an_answer_is_told_without_a_word_of_it(office: Office, uow: UnitOfWork) -> None:
    await arrives(office, uow, words("m1"))
    await office.rest()

    (card,) = office.dm("佐藤")
    assert card["text"] == "A-12: 返事が届いています"
    assert "返事が届いています (A-12)" in card["texts"]
    assert card["buttons"] == ["案件を開く"]
    assert WORDS_FROM_A not in str([call.args for call in office.slack.record])


async def test_the_case_opens_by_a_fresh_link(office: Office, uow: UnitOfWork) -> None:
    await arrives(office, uow, words("m1"))
    await office.rest()
    await office.slack.click("佐藤", "案件を開く")
    await office.front.settle()
    assert "A-12 の案件のページを開きます" in office.modal("佐藤")["texts"][0]
    await office.slack.click("佐藤", "ページを開く")
    assert office.screen("佐藤")["opened_url"] == f"{office.origin}/s/{SATO.id}/{A12.id}"


async def test_several_answers_are_one_card_and_a_new_one_after_reading_tells_again(
    office: Office, uow: UnitOfWork
) -> None:
    await arrives(office, uow, words("m1"))
    await office.rest()
    await arrives(office, uow, words("m2"))
    await office.rest()
    (first,) = office.dm("佐藤")
    assert "まだ読まれていない返事が 2件あります。" in "\n".join(first["texts"])

    await read_replies(uow, case_id=A12.id, by=SATO.id, at=office.clock.now())
    await office.rest()
    (read,) = office.dm("佐藤")
    assert read["ts"] == first["ts"]
    assert read["text"] == "A-12: 返事は読まれています"

    await arrives(office, uow, words("m3"))
    await office.rest()
    (again,) = office.dm("佐藤")
    assert again["ts"] != first["ts"], "a new message, so that the phone tells"


async def test_an_old_card_far_up_still_tells_anew(office: Office, uow: UnitOfWork) -> None:
    await arrives(office, uow, words("m1"))
    await office.rest()
    (first,) = office.dm("佐藤")
    await read_replies(uow, case_id=A12.id, by=SATO.id, at=office.clock.now())
    await office.rest()
    channel = office.screen("佐藤")["dms"][0]["id"]
    for _ in range(60):
        await office.front._client.chat_postMessage(channel=channel, text="ほかのお知らせ")

    await arrives(office, uow, words("m2"))
    await office.rest()
    cards = [message for message in office.dm("佐藤") if message["buttons"]]
    assert [card["text"] for card in cards] == ["A-12: 返事が届いています"]
    assert cards[0]["ts"] != first["ts"]
    assert office.dm("佐藤")[-1] == cards[0]


async def test_a_stranger_reaches_the_reception(office: Office, uow: UnitOfWork) -> None:
    await arrives(office, uow, words("m1", "だれかいますか"), user_id=STRANGER)
    await office.rest()
    assert office.dm("田中")[-1]["text"] == "名前のわからない方から連絡がありました"
    assert office.dm("鈴木") == []
    assert "だれかいますか" not in str([call.args for call in office.slack.record])


async def test_a_rest_a_stop_and_a_block_are_told_neutrally(
    office: Office, uow: UnitOfWork
) -> None:
    await arrives(office, uow, Pressed(press=Press.REST))
    await office.rest()
    assert "本人が「少し休む」を選びました。12月30日(水) まで" in office.said("佐藤")
    await arrives(office, uow, Pressed(press=Press.STOP))
    await office.rest()
    assert "「やめる」を選びました" in office.said("佐藤")
    await arrives(office, uow, Unfollowed())
    await office.rest()
    assert "届かない設定" in office.said("佐藤")
    assert len(office.dm("佐藤")) == 1


async def test_trouble_with_line_is_told_with_the_next_step(
    office: Office, uow: UnitOfWork
) -> None:
    async with uow.write() as work:
        await work.cards.touch(
            CardKind.CHANNEL, "TOKEN:2026-11-30", (SATO.id,), at=office.clock.now()
        )
        await work.commit()
    await office.rest()
    assert "接続の鍵" in office.said("佐藤")
    assert "yorisoi doctor" in office.said("佐藤")


@pytest.mark.rule("O18", "R-025")
async def test_an_emergency_is_told_by_the_sign_of_the_case_until_it_is_over(
    office: Office, uow: UnitOfWork
) -> None:
    now: dict[str, Any] = {"case_id": A12.id, "by": SATO.id}
    await raise_emergency(uow, danger=Danger.LIFE, at=office.clock.now(), **now)
    await office.rest()
    (card,) = office.dm("佐藤")
    assert card["text"] == "A-12: 緊急の対応が始まりました"
    assert "緊急の対応をしています (A-12)" in card["texts"]
    assert A.name not in str(card)
    for rescuer in sorted(MUST_ANSWER):
        await note_call(uow, rescuer=rescuer, at=office.clock.now(), **now)
    await end_emergency(uow, at=office.clock.now(), tz=TOKYO, **now)
    await office.rest()
    (card,) = office.dm("佐藤")
    assert "緊急の対応は終わりました。" in card["texts"]


async def test_a_crash_between_posting_and_recording_gives_no_second_card(
    office: Office,
) -> None:
    await submitted(office)
    card = await due_for_sato(office)
    assert isinstance(await draw(office, card), Drawn)
    # The process dies here; nothing was recorded, and the next one draws the same card.
    outcome = await draw(office, card)

    (message,) = office.dm("佐藤")
    assert outcome == Drawn(channel=office.screen("佐藤")["dms"][0]["id"], ts=message["ts"])


async def test_an_answer_lost_on_the_way_gives_no_second_card(office: Office) -> None:
    await submitted(office)
    card = await due_for_sato(office)
    office.faults.plan(Fault(service="slack", operation="chat.postMessage", drop="after"))
    outcome = await draw(office, card)
    assert isinstance(outcome, NotDrawn)
    assert not outcome.permanent
    assert isinstance(await draw(office, replace(card, attempts=1)), Drawn)
    assert len(office.dm("佐藤")) == 1


async def test_slack_asking_for_quiet_is_obeyed(office: Office) -> None:
    await submitted(office)
    card = await due_for_sato(office)
    office.faults.plan(
        Fault(service="slack", operation="chat.postMessage", status=429, retry_after=30)
    )
    outcome = await draw(office, card)
    assert outcome == NotDrawn(
        detail="ratelimited", permanent=False, retry_after=timedelta(seconds=30)
    )
    asked = len(office.slack.record)
    again = await draw(office, card)
    assert isinstance(again, NotDrawn)
    assert again.retry_after is not None
    assert len(office.slack.record) == asked, "nothing is asked meanwhile"


async def test_a_passing_fault_is_tried_again_and_a_lasting_one_is_not(office: Office) -> None:
    await submitted(office)
    card = await due_for_sato(office)
    office.faults.plan(Fault(service="slack", operation="chat.postMessage", status=503))
    assert await draw(office, card) == NotDrawn(detail="internal_error", permanent=False)
    office.faults.plan(
        Fault(service="slack", operation="chat.postMessage", status=502, body="<html>Bad gateway")
    )
    assert await draw(office, card) == NotDrawn(detail="502", permanent=False)
    body = '{"ok": false, "error": "account_inactive"}'
    office.faults.plan(Fault(service="slack", operation="chat.postMessage", status=200, body=body))
    assert await draw(office, card) == NotDrawn(detail="account_inactive", permanent=True)


async def test_who_has_no_slack_gets_no_card_and_no_second_try(
    office: Office, uow: UnitOfWork
) -> None:
    await submitted(office)
    card = await due_for_sato(office)
    async with uow.write() as work:
        await work.staff.put(replace(SATO, slack_user_id=None, slack_team_id=None))
        await work.commit()
    outcome = await draw(office, card)
    assert isinstance(outcome, NotDrawn)
    assert outcome.permanent


async def test_a_message_that_was_deleted_is_posted_again(office: Office, uow: UnitOfWork) -> None:
    await write(office)
    (card,) = office.dm("佐藤")
    channel = office.screen("佐藤")["dms"][0]["id"]
    await office.front._client.chat_delete(channel=channel, ts=card["ts"])
    await office.act(office.slack.click("田中", "承認する"))
    (again,) = office.dm("佐藤")
    assert again["ts"] != card["ts"]
    assert "予約中" in "\n".join(again["texts"])


async def test_who_left_the_case_sees_nothing_of_it_any_more(
    office: Office, uow: UnitOfWork
) -> None:
    await write(office)
    async with uow.write() as work:
        for seat in await work.staff.seats_of(SATO.id):
            await work.staff.remove_seat(seat)
        await work.cards.redraw([(await the_letter(uow)).id], at=office.clock.now())
        await work.commit()
    await office.rest()
    assert office.said("佐藤") == "この案件の担当ではなくなったため、内容は表示していません。"
    assert office.dm("佐藤")[-1]["buttons"] == []


@pytest.mark.parametrize("gap_s", [10.0])
async def test_messages_to_one_colleague_keep_slacks_pace(uow: UnitOfWork, gap_s: float) -> None:
    async with opened(uow, post_gap_s=gap_s) as office:
        await submitted(office)
        await arrives(office, uow, words("m1"))
        cards = await take_due_cards(office.uow, at=office.clock.now(), limit=50)
        mine = [card for card in cards if card.staff_id == SATO.id]
        outcomes = [await draw(office, card) for card in mine]
        for card, outcome in zip(mine, outcomes, strict=True):
            await settle_card(office.uow, card, outcome, at=office.clock.now())

        drawn, *waiting = outcomes
        assert isinstance(drawn, Drawn)
        assert waiting
        for outcome in waiting:
            assert isinstance(outcome, NotDrawn)
            assert outcome.retry_after is not None
