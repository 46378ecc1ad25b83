"""One letter, several people: one decision, and everyone knows whose."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from core.agencies import Role, Seat
from core.contacts import ContactChannel, Met
from core.ids import StaffId
from core.letters import LetterState
from core.ports import UnitOfWork
from core.usecases.contacts.log_contact import log_contact
from tests.bots.slack.office import Office, opened
from tests.bots.slack.steps import the_letter, write
from tests.people import A12, SATO, SUZUKI, TANAKA, TOKYO


async def approvals(uow: UnitOfWork) -> list[str]:
    """Who approved, as the audit trail has it."""
    async with uow.read() as work:
        entries = await work.audit.entries()
    return [entry.event.actor for entry in entries if entry.event.action == "letter.approved"]


def told(office: Office, user: str) -> list[str]:
    """What only this user was told."""
    return [message["text"] for message in office.dm(user) if message["ephemeral"]]


@pytest.mark.rule("S2")
async def test_two_approvers_at_once_give_one_decision_and_the_second_is_told_whose(
    office: Office, uow: UnitOfWork
) -> None:
    await write(office)
    await asyncio.gather(
        office.slack.click("佐藤", "承認する"), office.slack.click("田中", "承認する")
    )
    await office.rest()

    assert len(await approvals(uow)) == 1
    (first,) = [m for m in (SATO, TANAKA) if m.id in await approvals(uow)]
    second = "田中" if first is SATO else "佐藤"
    (said,) = told(office, second)
    assert f"{first.name}さんが" in said
    assert "決めています" in said
    assert "予約中" in said
    assert told(office, first.name) == []


async def test_a_double_click_is_one_decision(office: Office, uow: UnitOfWork) -> None:
    await write(office)
    await asyncio.gather(*(office.slack.click("佐藤", "承認する") for _ in range(3)))
    await office.rest()

    assert len(await approvals(uow)) == 1
    assert all("佐藤さんが" in said for said in told(office, "佐藤"))
    assert office.screen("佐藤")["banner"] is None


async def test_one_approves_while_the_other_gives_back(office: Office, uow: UnitOfWork) -> None:
    await write(office)
    await office.slack.click("田中", "直して返す")
    await office.act(office.slack.click("佐藤", "承認する"))
    await office.act(office.slack.submit("田中", {"直してほしいところ": "もう少し短く"}))

    assert (await the_letter(uow)).state is LetterState.SCHEDULED
    (field,) = office.modal("田中")["inputs"]
    assert "佐藤さんが" in field["error"]
    assert field["value"] == "もう少し短く"


@pytest.mark.rule("DOMAIN-3.7")
async def test_who_lost_the_seat_is_refused_with_the_rule(office: Office, uow: UnitOfWork) -> None:
    await write(office)
    async with uow.write() as work:
        await work.staff.remove_seat(
            Seat(case_id=A12.id, staff_id=SATO.id, role=Role.MESSAGE_APPROVER)
        )
        await work.commit()
    await office.act(office.slack.click("佐藤", "承認する"))

    assert (await the_letter(uow)).state is LetterState.PENDING_APPROVAL
    (said,) = told(office, "佐藤")
    assert "おたよりを承認する" in said
    assert "DOMAIN-3.7" in said


async def test_nobody_approves_their_own_letter(office: Office, uow: UnitOfWork) -> None:
    await write(office, who="佐藤")
    assert "承認する" not in [b for m in office.dm("佐藤") for b in m["buttons"]]
    assert "承認する" in office.dm("田中")[-1]["buttons"]


async def test_a_stranger_reads_a_friendly_refusal(office: Office) -> None:
    await office.act(office.slack.command("よその人", "/case", "A-12"))
    (said,) = told(office, "よその人")
    assert said.startswith("はじめまして。")

    await office.act(office.slack.open("よその人", "home"))
    assert "はじめまして" in office.screen("よその人")["home"]["texts"][0]


async def test_who_is_no_longer_in_service_is_refused(office: Office, uow: UnitOfWork) -> None:
    async with uow.write() as work:
        await work.staff.put(replace(SATO, active=False))
        await work.commit()
    await office.act(office.slack.command("佐藤", "/case", "A-12"))
    assert "いま使われていません" in told(office, "佐藤")[0]


@pytest.mark.rule("S5")
async def test_news_after_the_card_asks_to_read_again(office: Office, uow: UnitOfWork) -> None:
    """The record changes between the card and the click; the stale card approves nothing."""
    await write(office)
    await visit(office, uow)
    await office.slack.click("佐藤", "承認する")
    await office.front.settle()

    assert (await the_letter(uow)).state is LetterState.PENDING_APPROVAL
    assert "読み直してから承認できます" in told(office, "佐藤")[-1]
    await office.rest()
    card = next(m for m in reversed(office.dm("佐藤")) if m["buttons"])
    assert "• 新 " in "\n".join(card["texts"])
    await office.act(office.slack.click("佐藤", "承認する"))
    assert (await the_letter(uow)).state is LetterState.SCHEDULED


@pytest.mark.rule("S5")
async def test_a_held_letter_says_why_and_can_be_approved_again(
    office: Office, uow: UnitOfWork
) -> None:
    await write(office)
    await office.act(office.slack.click("佐藤", "承認する"))
    office.clock.move_to(office.clock.now() + timedelta(hours=8))
    await visit(office, uow)
    office.clock.move_to(office.clock.now() + timedelta(hours=15))
    async with uow.write() as work:
        await work.cards.redraw([(await the_letter(uow)).id], at=office.clock.now())
        await work.commit()
    await office.rest()

    (card,) = office.dm("佐藤")
    assert card["text"] == "A-12: 読み直しのお願い"
    assert "昨日、訪問の記録が入りました。読み直してから送れます。" in "\n".join(card["texts"])
    await office.act(office.slack.click("佐藤", "承認する"))
    assert (await the_letter(uow)).state is LetterState.SCHEDULED


async def test_a_letter_given_back_comes_again_with_other_words(
    office: Office, uow: UnitOfWork
) -> None:
    await write(office)
    await office.slack.click("佐藤", "直して返す")
    await office.act(office.slack.submit("佐藤", {"直してほしいところ": "もう少し短く"}))

    assert (await the_letter(uow)).state is LetterState.DRAFT
    assert "佐藤さんから: もう少し短く" in office.said("鈴木")
    assert office.dm("鈴木")[-1]["text"] == "A-12: 直しのお願い"
    await office.slack.click("鈴木", "書き直す")
    await office.front.settle()
    assert office.modal("鈴木")["title"] == "おたよりを書き直す"
    shorter = "鈴木です。夜が冷えるようになりました。"
    await office.act(office.slack.submit("鈴木", {"おたよりの言葉": shorter}))

    assert (await the_letter(uow)).state is LetterState.PENDING_APPROVAL
    (card,) = office.dm("佐藤")
    assert shorter in card["texts"]
    assert "承認する" in card["buttons"]


async def test_calling_off_takes_the_buttons_from_everybody(
    office: Office, uow: UnitOfWork
) -> None:
    await write(office)
    await office.act(office.slack.click("鈴木", "やめる"))

    assert (await the_letter(uow)).state is LetterState.CANCELLED
    for user in ("佐藤", "田中", "鈴木"):
        assert office.dm(user)[-1]["buttons"] == []
        assert "鈴木さんが" in office.said(user)
        assert "取りやめました" in office.said(user)


async def test_a_colleague_whose_slack_is_english_reads_english(uow: UnitOfWork) -> None:
    english = replace(TANAKA, locale="en")
    async with uow.write() as work:
        await work.staff.put(english)
        await work.commit()
    async with opened(uow, staff=(SATO, SUZUKI, english)) as office:
        await write(office)
        assert office.dm("田中")[-1]["buttons"] == ["Approve", "Send back", "Call off"]
        assert office.dm("田中")[-1]["text"] == "A-12: approval wanted"
        await office.act(office.slack.click("田中", "Approve"))
        assert "予約中" in office.said("佐藤")


async def visit(office: Office, uow: UnitOfWork, by: StaffId = SATO.id) -> None:
    """A visit is logged, elsewhere than in Slack."""
    now = office.clock.now()
    await log_contact(
        uow,
        case_id=A12.id,
        by=by,
        channel=ContactChannel.VISIT,
        met=Met.ABSENT,
        happened_at=now,
        at=now,
        tz=TOKYO,
    )
