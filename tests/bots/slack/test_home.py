"""The Home tab: what waits, in a fixed order, redrawn at every change."""

from datetime import datetime, timedelta

import pytest

from core.linking import RECEPTION
from core.ports import RawEvent, UnitOfWork
from tests.bots.slack.arriving import arrives, words
from tests.bots.slack.office import Json, Office
from tests.bots.slack.steps import the_letter, write
from tests.midori import add_neighbour
from tests.people import TOKYO


def texts(office: Office, user: str = "佐藤") -> str:
    home: Json | None = office.screen(user)["home"]
    assert home is not None
    return "\n".join(home["texts"])


async def test_sections_stand_in_order_with_counts(office: Office, uow: UnitOfWork) -> None:
    await write(office)
    await arrives(office, uow, words("m1"))
    await office.act(office.slack.open("佐藤", "home"))

    shown = texts(office)
    order = ["承認待ち (1)", "返事が届いています (1)", "今日の予定 (0)", "わたしの案件 (1)"]
    assert [shown.index(heading) for heading in order] == sorted(map(shown.index, order))
    assert "直しのお願い" not in shown
    assert "最終更新 11月30日(月) 10:30 JST" in shown
    assert "今日届けるおたよりはありません。" in shown


async def test_it_changes_by_itself_once_it_was_opened(office: Office, uow: UnitOfWork) -> None:
    await office.act(office.slack.open("佐藤", "home"))
    assert "承認待ち (0)" in texts(office)
    await write(office)
    assert "承認待ち (1)" in texts(office)
    assert office.screen("田中")["home"] is None, "田中 has not opened it"


async def test_a_letter_is_read_and_approved_from_there(office: Office, uow: UnitOfWork) -> None:
    await office.act(office.slack.open("佐藤", "home"))
    await write(office)
    await office.slack.click("佐藤", "読む")
    await office.front.settle()
    modal = office.modal("佐藤")
    assert modal["buttons"] == ["承認する", "直して返す", "やめる"]
    await office.act(office.slack.click("佐藤", "承認する", where="おたよりの言葉"))

    assert office.modal("佐藤")["buttons"] == ["直して返す", "やめる"]
    assert "予約中" in "\n".join(office.modal("佐藤")["texts"])
    await office.act(office.slack.close("佐藤"))
    assert "承認待ち (0)" in texts(office)


async def test_giving_back_from_the_view_stacks_the_small_form(
    office: Office, uow: UnitOfWork
) -> None:
    await office.act(office.slack.open("佐藤", "home"))
    await write(office)
    await office.slack.click("佐藤", "読む")
    await office.front.settle()
    await office.slack.click("佐藤", "直して返す", where="おたよりの言葉")
    await office.act(office.slack.submit("佐藤", {"直してほしいところ": "短く"}))
    assert (await the_letter(uow)).note == "短く"


async def test_what_is_to_leave_today_is_listed(office: Office, uow: UnitOfWork) -> None:
    await office.act(office.slack.open("佐藤", "home"))
    await write(office)
    await office.act(office.slack.click("田中", "承認する"))
    assert "今日の予定 (0)" in texts(office)
    office.clock.move_to(office.clock.now() + timedelta(hours=15))
    await office.act(office.slack.open("佐藤", "home"))
    assert "今日の予定 (1)" in texts(office)


async def test_long_lists_go_on_when_asked(office: Office, uow: UnitOfWork) -> None:
    for number in range(25):
        await add_neighbour(uow, number)
    await office.act(office.slack.open("佐藤", "home"))
    assert "わたしの案件 (26)" in texts(office)
    assert "P-24" not in texts(office)
    await office.act(office.slack.click("佐藤", "さらに表示"))
    await office.act(office.slack.click("佐藤", "さらに表示"))
    assert "P-24" in texts(office)
    assert "さらに表示" not in office.screen("佐藤")["home"]["buttons"]


async def test_who_was_never_met_is_not_counted_against(office: Office) -> None:
    await office.act(office.slack.open("佐藤", "home"))
    assert "まだお会いできていません" in texts(office)


async def test_another_process_having_published_is_no_trouble(
    office: Office, uow: UnitOfWork
) -> None:
    await office.act(office.slack.open("佐藤", "home"))
    elsewhere = {"type": "home", "blocks": [{"type": "divider"}]}
    user = office.slack.people.get("佐藤").id
    await office.front._client.views_publish(user_id=user, view=elsewhere)
    await write(office)
    assert "承認待ち (1)" in texts(office)
    refused = [call.error for call in office.slack.record if not call.ok]
    assert refused == ["hash_conflict"]


async def test_the_app_opening_in_its_messages_draws_no_home(office: Office) -> None:
    await office.act(office.slack.open("佐藤", "dm"))
    assert office.screen("佐藤")["home"] is None


@pytest.mark.rule("MA-10", "G-15")
async def test_reception_sees_from_when_somebody_unknown_is_read_and_answered(
    office: Office, uow: UnitOfWork
) -> None:
    event = RawEvent(event_key="stranger", message_id=None, raw=b"{}")
    friday = datetime(2026, 11, 27, 20, 10, tzinfo=TOKYO)
    async with uow.write() as work:
        await work.inbox.split("no-webhook", [event], received_at=friday)
        await work.commit()
    async with uow.write() as work:
        (kept,) = await work.inbox.waiting(at=friday, limit=1)
        await work.inbox.set_aside(kept.id, kind=RECEPTION)
        await work.commit()
    await office.act(office.slack.open("田中", "home"))
    assert "11月30日(月) 08:30 から読み、11月30日(月) 17:15 までに人がお答えします" in texts(
        office, "田中"
    )
