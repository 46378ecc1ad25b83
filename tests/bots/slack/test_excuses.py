"""そのまま使うわけ in Slack: asked for where a reason would do, and read before approving."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bots.i18n.catalogue import refusal
from core.excuses import ExcuseUnread
from core.letters import LetterState, Origin
from core.ports import UnitOfWork
from core.usecases.letters.return_letter import return_letter
from core.usecases.letters.rewrite_letter import rewrite_letter
from core.usecases.letters.write_letter import write_letter
from tests.bots.slack.office import Office, opened
from tests.bots.slack.steps import letters, the_letter, write
from tests.bots.slack.test_series import drafted
from tests.library import ABOUT_TRAINS, on_show
from tests.people import A12, MONDAY, SATO, SUZUKI, TOKYO
from tests.proofs import PROOF

BLOCKED = "鈴木です。15日までにお返事をください。"
# The second of three tells that the next is the last (G-21).
TOLD_AHEAD = "次の回でひと区切りにします。続けてほしいときは「そのまま」を押してください。"
WHY = "期限のある用事のときは日を書いてほしいと、本人から頼まれました"
LENIENT = replace(PROOF, excusable=frozenset({"L1", "L3"}))


@pytest.fixture
async def lenient(uow: UnitOfWork) -> AsyncIterator[Office]:
    """The office of a town that lets L1 and L3 stand with a reason."""
    async with opened(uow, proof=LENIENT) as one:
        yield one


async def write_with_reason(office: Office, why: str = WHY) -> None:
    await write(office, BLOCKED)
    await office.act(office.slack.submit("鈴木", {"そのまま使うわけ": why}))


@pytest.mark.rule("S1")
async def test_the_usual_town_does_not_ask_for_a_reason(office: Office, uow: UnitOfWork) -> None:
    await write(office, BLOCKED)
    shown = str(office.modal("鈴木"))
    assert "そのまま使うわけ" not in shown
    assert BLOCKED in shown
    assert await letters(uow) == []


@pytest.mark.rule("S1")
async def test_where_a_reason_would_do_it_is_asked_for_and_nothing_is_lost(
    lenient: Office, uow: UnitOfWork
) -> None:
    await lenient.slack.command("鈴木", "/otayori", "A-12")
    await lenient.front.settle()
    assert "そのまま使うわけ" not in str(lenient.modal("鈴木"))
    given = {"おたよりの言葉": BLOCKED, "ロック画面に出す言葉": "鈴木です"}
    await lenient.act(lenient.slack.submit("鈴木", given))
    shown = str(lenient.modal("鈴木"))
    assert "そのまま使うわけ" in shown
    assert "返事はなくて大丈夫" in shown, "a softer line stands there, too"
    assert BLOCKED in shown
    await lenient.act(lenient.slack.submit("鈴木", {"そのまま使うわけ": WHY}))
    letter = await the_letter(uow)
    assert (letter.body, letter.alt_text, letter.excuse) == (BLOCKED, "鈴木です", WHY)


@pytest.mark.rule("S1")
async def test_words_that_are_changed_need_no_reason(lenient: Office, uow: UnitOfWork) -> None:
    await write(lenient, BLOCKED)
    await lenient.act(lenient.slack.submit("鈴木", {}))
    assert "そのまま使うわけ" in str(lenient.modal("鈴木"))
    await lenient.act(lenient.slack.submit("鈴木", {"おたよりの言葉": "鈴木です。雪ですね。"}))
    assert (await the_letter(uow)).excuse is None


@pytest.mark.rule("G-10")
async def test_the_reason_names_nobody(lenient: Office, uow: UnitOfWork) -> None:
    await write_with_reason(lenient, "青木様に頼まれたため")
    assert await letters(uow) == []
    assert BLOCKED in str(lenient.modal("鈴木"))


@pytest.mark.rule("S1")
async def test_the_approver_reads_the_reason_and_then_approves(
    lenient: Office, uow: UnitOfWork
) -> None:
    await write_with_reason(lenient)
    card = lenient.said("佐藤")
    assert f"書いた人のわけ:{WHY}" in card
    assert "わけがあれば承認できます(L1 L3)" in card
    buttons = lenient.dm("佐藤")[-1]["buttons"]
    assert buttons == ["わけを読んで承認する", "直して返す", "やめる"]
    await lenient.slack.click("佐藤", "わけを読んで承認する")
    await lenient.front.settle()
    asked = str(lenient.modal("佐藤"))
    assert BLOCKED in asked
    assert WHY in asked
    assert (await the_letter(uow)).state is LetterState.PENDING_APPROVAL
    await lenient.act(lenient.slack.submit("佐藤", {}))
    letter = await the_letter(uow)
    assert (letter.state, letter.excused) == (LetterState.SCHEDULED, frozenset({"L1", "L3"}))
    for who in ("佐藤", "鈴木"):
        assert "止まった言葉(L1 L3)を、わけを読んで承認しました" in lenient.said(who)


@pytest.mark.rule("S1")
async def test_who_comes_second_reads_who_was_faster(lenient: Office, uow: UnitOfWork) -> None:
    await write_with_reason(lenient)
    for who in ("佐藤", "田中"):
        await lenient.slack.click(who, "わけを読んで承認する")
        await lenient.front.settle()
    await lenient.act(lenient.slack.submit("佐藤", {}))
    await lenient.act(lenient.slack.submit("田中", {}))
    assert "佐藤" in str(lenient.modal("田中"))
    assert (await the_letter(uow)).approved_by == "staff-sato"


@pytest.mark.rule("S1")
async def test_what_came_back_is_rewritten_with_its_reason_at_hand(
    lenient: Office, uow: UnitOfWork
) -> None:
    await write_with_reason(lenient)
    await lenient.act(lenient.slack.click("佐藤", "直して返す"))
    await lenient.act(lenient.slack.submit("佐藤", {"直してほしいところ": "日だけ直して"}))
    await lenient.slack.click("鈴木", "書き直す")
    await lenient.front.settle()
    assert WHY in str(lenient.modal("鈴木"))
    words = BLOCKED.replace("15", "16")
    await lenient.act(lenient.slack.submit("鈴木", {"おたよりの言葉": words}))
    letter = await the_letter(uow)
    assert (letter.body, letter.excuse) == (words, WHY)


async def one_of_a_series_with_reason(uow: UnitOfWork) -> None:
    """Of three letters that wait, the second came back and was written anew, with a reason."""
    await drafted(uow)
    second = sorted(await letters(uow), key=lambda letter: letter.opens_at)[1]
    back = await return_letter(
        uow,
        letter_id=second.id,
        version=second.version,
        by=SATO.id,
        at=MONDAY,
        note="日を",
    )
    await rewrite_letter(
        uow,
        letter_id=back.id,
        version=back.version,
        by=SUZUKI.id,
        body=f"{TOLD_AHEAD}{BLOCKED}",
        opens_at=back.opens_at,
        at=MONDAY,
        tz=TOKYO,
        proof=LENIENT,
        excuse=WHY,
    )


@pytest.mark.rule("S1")
async def test_a_bundle_leaves_it_to_be_read_by_itself(lenient: Office, uow: UnitOfWork) -> None:
    await one_of_a_series_with_reason(uow)
    await lenient.rest()
    await lenient.act(lenient.slack.click("佐藤", "見た3通を承認する"))
    states = {letter.state: letter.excuse for letter in await letters(uow)}
    assert states == {LetterState.SCHEDULED: None, LetterState.PENDING_APPROVAL: WHY}
    assert "書いた人のわけが付いています" in str(lenient.screen("佐藤"))
    await lenient.act(lenient.slack.open("佐藤", "home"))
    await lenient.slack.click("佐藤", "読む")
    await lenient.front.settle()
    await lenient.slack.click("佐藤", "わけを読んで承認する")
    await lenient.front.settle()
    await lenient.act(lenient.slack.submit("佐藤", {}))
    assert {letter.state for letter in await letters(uow)} == {LetterState.SCHEDULED}
    assert lenient.screen("佐藤")["modal"] is None


@pytest.mark.rule("G-04")
async def test_the_card_names_the_template_and_the_leaflet(office: Office, uow: UnitOfWork) -> None:
    leaflet = await on_show(uow)
    await write_letter(
        uow,
        case_id=A12.id,
        by=SUZUKI.id,
        body=ABOUT_TRAINS,
        opens_at=MONDAY + timedelta(hours=1),
        at=MONDAY,
        tz=TOKYO,
        proof=PROOF,
        leaflet_id=leaflet.id,
        origin=Origin(template="chirashi/1"),
    )
    await office.rest()
    for who in ("佐藤", "鈴木"):
        assert "ひな形:chirashi/1" in office.said(who)
        assert f"添えるちらし:{leaflet.title}" in office.said(who)


@pytest.mark.rule("S1")
async def test_the_longest_reason_has_room_on_every_card(lenient: Office, uow: UnitOfWork) -> None:
    longest = ("期限のある用事のときは日を書いてほしいと頼まれました。" * 9)[:200]
    await write_with_reason(lenient, longest)
    assert longest in lenient.said("佐藤")
    await lenient.slack.click("佐藤", "わけを読んで承認する")
    await lenient.front.settle()
    assert longest in str(lenient.modal("佐藤"))
    await lenient.act(lenient.slack.submit("佐藤", {}))
    assert longest in lenient.said("佐藤")


@pytest.mark.rule("S1")
@pytest.mark.parametrize("locale", ["ja", "en"])
def test_an_approval_without_reading_is_refused_in_plain_words(locale: str) -> None:
    said = refusal(ExcuseUnread(codes="L1 L3"), locale=locale)
    assert "L1 L3" in said.sentence
    assert said.next_step
