"""Slack waits three seconds; the database takes two for each transaction.

The practice Slack measures by the real clock and shows its error to whoever clicked.
"""

import asyncio
from typing import Any

import pytest

from core.letters import LetterState
from core.ports import UnitOfWork
from tests.bots.slack.office import Office
from tests.bots.slack.steps import letters, the_letter, write
from tests.people import A12, WORDS

SLOW_S = 2.0


def in_order(office: Office, *users: str) -> bool:
    """Whether Slack has shown none of them its error."""
    return all(office.screen(user)["banner"] is None for user in users)


@pytest.mark.slow
async def test_every_interaction_is_acknowledged_in_time(office: Office, uow: UnitOfWork) -> None:
    await write(office)
    office.uow.wait_s = SLOW_S

    await asyncio.gather(
        office.slack.command("佐藤", "/otayori", "A-12"),
        office.slack.command("田中", "/case", "A-12"),
        office.slack.shortcut("鈴木", "接触を記録"),
    )
    assert in_order(office, "佐藤", "田中", "鈴木")
    assert office.modal("佐藤")["texts"] == ["読み込んでいます…"]
    await office.front.settle()
    assert office.modal("佐藤")["title"] == "おたよりを書く"
    assert office.modal("鈴木")["title"] == "接触を記録"
    assert "A-12" in office.said("田中")

    await asyncio.gather(
        office.slack.submit("佐藤", {"おたよりの言葉": "佐藤です。返事はいりません。"}),
        office.slack.submit("鈴木", {"結果": "会えた"}),
        office.slack.click("田中", "承認する"),
        office.slack.open("よその人", "home"),
    )
    assert in_order(office, "佐藤", "田中", "鈴木", "よその人")
    office.uow.wait_s = 0.0
    await office.rest()
    states = sorted(letter.state for letter in await letters(uow))
    assert LetterState.PENDING_APPROVAL in states
    assert len(states) == 2


@pytest.mark.slow
async def test_a_letter_handed_in_late_says_so_in_the_view(office: Office, uow: UnitOfWork) -> None:
    await _form(office)
    office.uow.wait_s = 2 * SLOW_S
    await office.slack.submit("鈴木", {"おたよりの言葉": WORDS})
    assert in_order(office, "鈴木")
    assert "保存しています" in office.modal("鈴木")["texts"][0]

    await office.front.settle()
    assert "承認待ちに入りました" in office.modal("鈴木")["texts"][0]
    assert (await the_letter(uow)).body == WORDS


async def test_a_late_refusal_brings_the_form_back_with_every_word(office: Office) -> None:
    await _form(office)
    refused = "支援のお知らせです。"
    await _too_slowly(office, office.slack.submit("鈴木", {"おたよりの言葉": refused}))

    form = office.modal("鈴木")
    assert "ロック画面に出せない言葉" in form["texts"][0]
    values = {field["label"]: field["value"] for field in form["inputs"]}
    assert values["おたよりの言葉"] == refused
    assert values["案件"].startswith("A-12")
    await office.act(office.slack.submit("鈴木", {"おたよりの言葉": WORDS}))
    assert "A-12" in office.said("佐藤")


async def test_a_late_refusal_after_the_view_was_closed_still_keeps_the_words(
    office: Office,
) -> None:
    await _form(office)
    office.acking.allowance_s = 0.0
    office.uow.wait_s = 0.2
    refused = "支援のお知らせです。"
    await office.slack.submit("鈴木", {"おたよりの言葉": refused})
    await office.slack.close("鈴木")
    await office.front.settle()

    assert refused in office.said("鈴木")
    assert "ロック画面に出せない言葉" in office.said("鈴木")


async def test_a_late_decision_is_told_to_the_second_clicker(office: Office) -> None:
    await write(office)
    await office.slack.click("佐藤", "承認する")
    await _too_slowly(office, office.slack.click("田中", "承認する"))
    assert in_order(office, "田中")
    said = [m["text"] for m in office.dm("田中") if m["ephemeral"]]
    assert "佐藤さんが" in said[0]


async def test_a_note_that_comes_too_late_stays_in_its_form(office: Office) -> None:
    await write(office)
    await office.slack.click("田中", "直して返す")
    await office.slack.click("佐藤", "承認する")
    await _too_slowly(office, office.slack.submit("田中", {"直してほしいところ": "短く"}))
    form = office.modal("田中")
    assert "佐藤さんが" in form["texts"][0]
    assert form["inputs"][0]["value"] == "短く"


async def test_a_contact_entered_late_says_so_and_a_refused_one_comes_back(
    office: Office, uow: UnitOfWork
) -> None:
    await office.slack.command("鈴木", "/renraku", "A-12")
    await office.front.settle()
    tomorrow = {"結果": "会えた", "日": "2026-12-24", "メモ": "庭に花"}
    await _too_slowly(office, office.slack.submit("鈴木", tomorrow))
    form = office.modal("鈴木")
    assert "これからの日時" in form["texts"][0]
    values = {field["label"]: field["value"] for field in form["inputs"]}
    assert (values["結果"], values["メモ"], values["日"]) == ("会えた", "庭に花", "2026-12-24")

    await _too_slowly(office, office.slack.submit("鈴木", {"日": "2026-11-30"}))
    assert "A-12 に記録しました" in office.modal("鈴木")["texts"][0]
    async with uow.read() as work:
        (contact,) = await work.contacts.of_case(A12.id)
    assert contact.note == "庭に花"


async def test_a_case_looked_up_late_is_shown_all_the_same(office: Office) -> None:
    await _too_slowly(office, office.slack.command("佐藤", "/case", "A-12"))
    assert "状態:関係づくり" in office.said("佐藤")
    await office.slack.shortcut("佐藤", "案件を開く")
    await office.front.settle()
    (menu,) = office.modal("佐藤")["inputs"]
    await _too_slowly(office, office.slack.submit("佐藤", {"案件": menu["options"][0]}))
    assert "状態:関係づくり" in "\n".join(office.modal("佐藤")["texts"])


async def test_a_broken_store_is_said_honestly(office: Office) -> None:
    class Gone(RuntimeError):
        pass

    def gone() -> Any:
        raise Gone

    office.uow.read = gone  # type: ignore[method-assign]
    await office.slack.command("佐藤", "/case", "A-12")
    assert "うまくいきませんでした" in office.said("佐藤")
    assert in_order(office, "佐藤")


async def _form(office: Office) -> None:
    await office.slack.command("鈴木", "/otayori", "A-12")
    await office.front.settle()


async def _too_slowly(office: Office, doing: Any) -> None:
    """Do it with an allowance that is used up before the work is done."""
    office.acking.allowance_s = 0.0
    await doing
    await office.front.settle()
    office.acking.allowance_s = 2.2
