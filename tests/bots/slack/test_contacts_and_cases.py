"""Logging contacts, looking at cases, and codes to hand over on paper."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from core.contacts import Contact, ContactChannel, Met
from core.ports import UnitOfWork
from tests.bots.slack.arriving import WORDS_FROM_A, arrives, words
from tests.bots.slack.office import Office, opened
from tests.bots.slack.steps import the_letter, write
from tests.people import A12, SUZUKI, A


async def contacts(uow: UnitOfWork) -> Sequence[Contact]:
    async with uow.read() as work:
        return await work.contacts.of_case(A12.id)


async def form(office: Office, who: str = "鈴木") -> None:
    await office.slack.command(who, "/renraku", "A-12")
    await office.front.settle()


async def test_a_visit_at_the_doorstep_takes_one_form(office: Office, uow: UnitOfWork) -> None:
    await form(office)
    await office.act(
        office.slack.submit(
            "鈴木",
            {"結果": "会えなかった", "次の予定日": "2026-12-21", "メモ": "手紙を残した"},
        )
    )
    (contact,) = await contacts(uow)
    assert (contact.channel, contact.met) == (ContactChannel.VISIT, Met.ABSENT)
    assert (contact.by, contact.next_on) == (SUZUKI.id, date(2026, 12, 21))
    assert contact.note == "手紙を残した"
    assert office.said("鈴木").startswith("A-12 に記録しました:訪問(会えなかった)")
    assert "手紙を残した" not in office.said("鈴木")


async def test_a_contact_holds_the_letters_that_were_approved(
    office: Office, uow: UnitOfWork
) -> None:
    await write(office)
    await office.act(office.slack.click("佐藤", "承認する"))
    await form(office)
    await office.act(office.slack.submit("鈴木", {"結果": "会えた"}))
    assert (await the_letter(uow)).state == "HELD"
    assert "読み直してから送れます" in office.said("佐藤")


async def test_what_has_not_happened_yet_is_refused_beside_the_day(
    office: Office, uow: UnitOfWork
) -> None:
    await form(office)
    await office.slack.submit("鈴木", {"結果": "会えた", "日": "2026-12-24"})
    errors = {field["label"]: field["error"] for field in office.modal("鈴木")["inputs"]}
    assert "これからの日時" in errors["日"]
    assert await contacts(uow) == ()


async def test_a_note_that_names_a_person_is_turned_back(office: Office, uow: UnitOfWork) -> None:
    await form(office)
    await office.slack.submit("鈴木", {"結果": "会えた", "メモ": "090-1234-5678 へ電話"})
    errors = {field["label"]: field["error"] for field in office.modal("鈴木")["inputs"]}
    assert "Slackには書けません" in errors["メモ"]
    assert await contacts(uow) == ()


@pytest.mark.parametrize("free_text", ["OFF", "LINK_ONLY"])
async def test_notes_are_not_typed_into_slack_where_the_town_says_so(
    uow: UnitOfWork, free_text: str
) -> None:
    async with opened(uow, free_text=free_text) as office:
        await form(office)
        labels = [field["label"] for field in office.modal("鈴木")["inputs"]]
        assert "メモ" not in labels
        said = "案件のページに書きます" in "\n".join(office.modal("鈴木")["texts"])
        assert said == (free_text == "LINK_ONLY")


async def test_a_post_becomes_a_draft_of_the_note(office: Office) -> None:
    office.slack.add_channel("みまもり", members=["鈴木", "佐藤"])
    await office.slack.say("鈴木", "ポストに手紙を入れた", "#みまもり")
    await office.slack.shortcut("鈴木", "この投稿を接触記録に", message="ポストに手紙を入れた")
    await office.front.settle()
    values = {field["label"]: field["value"] for field in office.modal("鈴木")["inputs"]}
    assert values["メモ"] == "ポストに手紙を入れた"


async def test_a_case_is_shown_to_its_reader_alone_and_without_the_person(
    office: Office, uow: UnitOfWork
) -> None:
    await arrives(office, uow, words("m1"))
    await write(office)
    await office.act(office.slack.command("佐藤", "/case", "a-12"))
    message = office.dm("佐藤")[-1]
    shown = "\n".join(message["texts"])
    assert message["ephemeral"]
    assert "状態:関係づくり" in shown
    assert "LINEでのおたより:同意あり" in shown
    assert "まだ読まれていない返事:1件" in shown
    assert "声かけ · 承認待ち" in shown
    assert A.name not in shown
    assert WORDS_FROM_A not in shown
    async with uow.read() as work:
        opened_by = [
            e.event.actor for e in await work.audit.entries() if "opened" in e.event.action
        ]
    assert opened_by == ["staff-sato"]


async def test_an_unknown_alias_is_named(office: Office) -> None:
    await office.act(office.slack.command("佐藤", "/case", "Z-99"))
    assert "「Z-99」は見つかりませんでした" in office.said("佐藤")


async def test_help_lists_what_this_colleague_may_do(office: Office) -> None:
    await office.act(office.slack.command("鈴木", "/case", "help"))
    said = office.said("鈴木")
    assert "/otayori" in said
    assert "おたよりの承認" not in said
    await office.act(office.slack.command("佐藤", "/case", "help"))
    assert "おたよりの承認" in office.said("佐藤")


async def test_the_shortcut_asks_which_case(office: Office) -> None:
    await office.slack.shortcut("佐藤", "案件を開く")
    await office.front.settle()
    (menu,) = office.modal("佐藤")["inputs"]
    await office.slack.submit("佐藤", {"案件": menu["options"][0]})
    assert "状態:関係づくり" in "\n".join(office.modal("佐藤")["texts"])


async def test_a_code_is_shown_once_to_whoever_made_it(office: Office, uow: UnitOfWork) -> None:
    await office.act(office.slack.command("佐藤", "/case", "A-12"))
    await office.act(office.slack.click("佐藤", "LINEのコードを作る"))
    message = office.dm("佐藤")[-1]
    assert message["ephemeral"]
    code = message["texts"][1].replace("-", "")
    assert "12月30日(水) まで、一度だけ使えます。" in message["texts"]
    async with uow.write() as work:
        assert await work.links.take_code(code, at=office.clock.now()) == A.id


async def test_a_code_made_in_a_view_is_shown_in_the_view(office: Office) -> None:
    await office.slack.shortcut("佐藤", "案件を開く")
    await office.front.settle()
    (menu,) = office.modal("佐藤")["inputs"]
    await office.slack.submit("佐藤", {"案件": menu["options"][0]})
    await office.slack.click("佐藤", "LINEのコードを作る")
    await office.front.settle()
    assert "A-12 のLINEのコードです" in office.modal("佐藤")["texts"][0]
    assert office.dm("佐藤") == []


async def test_the_form_proposes_a_day_on_which_letters_arrive(office: Office) -> None:
    office.clock.move_to(office.clock.now() + timedelta(days=5))  # a Saturday
    await office.slack.command("鈴木", "/otayori")
    await office.front.settle()
    values = {field["label"]: field["value"] for field in office.modal("鈴木")["inputs"]}
    assert (values["届ける日"], values["届ける時刻(日本時間)"]) == ("2026-12-07", "10:30")


async def test_a_day_on_which_none_arrives_is_refused_with_the_next(office: Office) -> None:
    await office.slack.command("鈴木", "/otayori", "A-12")
    await office.front.settle()
    await office.slack.submit("鈴木", {"おたよりの言葉": "鈴木です。", "届ける日": "2026-12-06"})
    errors = {field["label"]: field["error"] for field in office.modal("鈴木")["inputs"]}
    assert "12月7日(月) 10:00" in errors["届ける日"]


async def test_words_that_may_not_stand_on_a_lock_screen_are_refused_beside_them(
    office: Office,
) -> None:
    await office.slack.command("鈴木", "/otayori", "A-12")
    await office.front.settle()
    await office.slack.submit("鈴木", {"おたよりの言葉": f"{A.name.split()[0]}さん、相談です"})
    errors = {field["label"]: field["error"] for field in office.modal("鈴木")["inputs"]}
    assert "相談" in errors["おたよりの言葉"]
    assert A.name.split()[0] not in errors["おたよりの言葉"]
