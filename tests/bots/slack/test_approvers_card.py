"""The approver's card: what it shows before the decision, and what can be done after it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.agencies import Role, Seat
from core.letters import LetterState, Reason
from core.ports import UnitOfWork
from core.profiles import LetterRules
from core.usecases.letters.watch_approvals import watch_approvals
from tests.bots.slack.office import Office
from tests.bots.slack.steps import the_letter, write
from tests.people import A12, MONDAY, SUZUKI, TANAKA, TOWN

WHY = "ほかの承認者がこの週はいません"


@pytest.mark.rule("S2")
async def test_the_phone_the_lock_screen_and_the_deadline(office: Office) -> None:
    await write(office)
    card = office.said("佐藤")
    assert "承認の期限:" in card
    assert "承認してから14日のあいだ有効です" in card
    assert "本人に見えるボタン:そのまま · 少し休む · やめる · 人と話したい" in card


@pytest.mark.rule("S2")
async def test_what_was_rewritten_is_shown_before_and_after(office: Office) -> None:
    await write(office, "鈴木です。寒いですね。返事はいりません。")
    await office.act(office.slack.click("佐藤", "直して返す"))
    await office.act(office.slack.submit("佐藤", {"直してほしいところ": "もう少し具体的に"}))
    await office.slack.click("鈴木", "書き直す")
    await office.front.settle()
    words = "鈴木です。雪になりました。返事はいりません。"
    await office.act(office.slack.submit("鈴木", {"おたよりの言葉": words}))
    card = office.said("佐藤")
    assert "書き直したところ" in card
    assert "まえ:寒いですね。\nいま:雪になりました。" in card


@pytest.mark.rule("S6")
async def test_after_approving_the_approver_can_still_call_it_off(
    office: Office, uow: UnitOfWork
) -> None:
    await write(office)
    await office.act(office.slack.click("佐藤", "承認する"))
    assert office.dm("佐藤")[-1]["buttons"] == ["直して返す", "やめる"]
    await office.act(office.slack.click("佐藤", "やめる"))
    letter = await the_letter(uow)
    assert (letter.state, letter.reason) == (LetterState.CANCELLED, Reason.WITHDRAWN_BY_STAFF)
    assert office.dm("佐藤")[-1]["buttons"] == []


@pytest.mark.rule("S6")
async def test_a_coordinator_calls_it_off_from_the_desk_of_the_day(
    office: Office, uow: UnitOfWork
) -> None:
    async with uow.write() as work:
        approving = Seat(case_id=A12.id, staff_id=TANAKA.id, role=Role.MESSAGE_APPROVER)
        await work.staff.remove_seat(approving)
        await work.commit()
    await write(office)
    await office.act(office.slack.click("佐藤", "承認する"))
    office.clock.move_to((await the_letter(uow)).opens_at - timedelta(minutes=30))
    await office.act(office.slack.open("田中", "home"))
    await office.slack.click("田中", "読む")
    await office.front.settle()
    assert office.modal("田中")["buttons"] == ["やめる"]
    await office.act(office.slack.click("田中", "やめる"))
    assert (await the_letter(uow)).reason is Reason.WITHDRAWN_BY_STAFF


@pytest.mark.rule("S2")
async def test_after_approving_the_author_can_take_it_back_to_rewrite(
    office: Office, uow: UnitOfWork
) -> None:
    await write(office)
    await office.act(office.slack.click("佐藤", "承認する"))
    await office.act(office.slack.click("鈴木", "直して返す"))
    await office.act(office.slack.submit("鈴木", {"直してほしいところ": "もう一度考えます"}))
    assert (await the_letter(uow)).state is LetterState.DRAFT
    assert "書き直す" in office.dm("鈴木")[-1]["buttons"]


@pytest.mark.rule("S2")
async def test_an_approval_that_ends_tomorrow_can_be_given_anew_from_the_card(
    office: Office, uow: UnitOfWork
) -> None:
    await write(office)
    await office.act(office.slack.click("佐藤", "承認する"))
    letter = await the_letter(uow)
    late = replace(
        letter,
        version=letter.version + 1,
        closes_at=letter.closes_at.replace(year=2027),
    )
    async with uow.write() as work:
        await work.letters.change(late, version=letter.version)
        await work.commit()
    at = MONDAY.replace(month=12, day=14)
    office.clock.move_to(at)
    assert await watch_approvals(uow, at=at) == 1
    await office.rest()
    assert "に切れます" in office.said("佐藤")
    assert office.dm("佐藤")[-1]["buttons"] == ["承認する", "直して返す", "やめる"]


async def trust_suzuki(uow: UnitOfWork) -> None:
    """The town lets 鈴木, who approves on A-12, too, approve an own letter."""
    async with uow.write() as work:
        await work.towns.put(replace(TOWN, letters=LetterRules(self_approval=True)))
        await work.staff.put(replace(SUZUKI, approves_own=True))
        seat = Seat(case_id=A12.id, staff_id=SUZUKI.id, role=Role.MESSAGE_APPROVER)
        await work.staff.put_seat(seat)
        await work.commit()


@pytest.mark.rule("G-06")
async def test_an_own_letter_is_approved_with_a_reason_that_every_card_shows(
    office: Office, uow: UnitOfWork
) -> None:
    await trust_suzuki(uow)
    await write(office)
    assert office.dm("鈴木")[-1]["buttons"] == ["自分で承認する", "やめる"]
    await office.act(office.slack.click("鈴木", "自分で承認する"))
    await office.act(office.slack.submit("鈴木", {"ほかの人に見てもらえないわけ": WHY}))
    letter = await the_letter(uow)
    assert (letter.state, letter.self_approved_reason) == (LetterState.SCHEDULED, WHY)
    for who in ("鈴木", "佐藤", "田中"):
        assert f"自分で書いたこのおたよりを承認しました。わけ:{WHY}" in office.said(who)


@pytest.mark.rule("G-06")
async def test_the_reason_names_nobody(office: Office, uow: UnitOfWork) -> None:
    await trust_suzuki(uow)
    await write(office)
    await office.act(office.slack.click("鈴木", "自分で承認する"))
    reason = "青木様をよく知っているため"
    await office.act(office.slack.submit("鈴木", {"ほかの人に見てもらえないわけ": reason}))
    assert (await the_letter(uow)).state is LetterState.PENDING_APPROVAL


@pytest.mark.rule("G-06")
async def test_nobody_is_offered_it_in_a_usual_town(office: Office) -> None:
    await write(office)
    assert "自分で承認する" not in office.dm("鈴木")[-1]["buttons"]


@pytest.mark.rule("G-06")
async def test_somebody_new_is_told_what_to_do_instead_of_free_words(
    office: Office, uow: UnitOfWork
) -> None:
    async with uow.write() as work:
        await work.staff.put(replace(SUZUKI, novice=True))
        await work.commit()
    await office.slack.command("鈴木", "/otayori", "A-12")
    await office.front.settle()
    await office.act(office.slack.submit("鈴木", {"おたよりの言葉": "こんにちは。"}))
    shown = str(office.modal("鈴木"))
    assert "承認ずみの文を使って書くことになっています(G-06)" in shown
    assert "同じ案件の方に書いてもらってください" in shown
