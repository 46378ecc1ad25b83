"""今日の便り、いまも合っていますか: the card of a letter's day, by visible label."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.letters import Letter, LetterState, Reason
from core.ports import UnitOfWork
from core.usecases.delivery.drop_late_letters import drop_late_letters
from core.usecases.letters.approve_letter import approve_letter
from core.usecases.letters.ask_again import ask_again
from tests.bots.slack.arriving import WORDS_FROM_A, arrives, words
from tests.bots.slack.office import Office, PlainPress
from tests.bots.slack.steps import the_letter
from tests.midori import facts_of, written
from tests.people import MONDAY, SATO, SUZUKI, TOKYO, WORDS
from tests.proofs import PROOF

FRIDAY = datetime(2026, 12, 4, 10, 0, tzinfo=TOKYO)
ASKING = "A-12: 今日の便り、いまも合っていますか"


async def approved_for_friday(uow: UnitOfWork) -> Letter:
    """One of several, written by 鈴木, approved by 佐藤 on Monday."""
    letter = await written(uow, opens_at=FRIDAY)
    asking = replace(letter, asks_again=True, version=letter.version + 1)
    async with uow.write() as work:
        await work.letters.change(asking, version=letter.version)
        await work.commit()
    return await approve_letter(
        uow,
        letter_id=letter.id,
        version=asking.version,
        facts=await facts_of(uow),
        by=SATO.id,
        at=MONDAY,
        press=PlainPress(),
        proof=PROOF,
    )


async def friday_morning(office: Office, uow: UnitOfWork) -> Letter:
    """The letter, and everybody who is asked about it at nine."""
    letter = await approved_for_friday(uow)
    await office.rest()
    office.clock.move_to(FRIDAY - timedelta(hours=1))
    await ask_again(uow, at=office.clock.now(), tz=TOKYO)
    await office.rest()
    return letter


@pytest.mark.rule("G-27")
async def test_author_and_approvers_are_asked_with_the_words_and_three_buttons(
    office: Office, uow: UnitOfWork
) -> None:
    await friday_morning(office, uow)
    for who in ("鈴木", "佐藤", "田中"):
        card = office.dm(who)[-1]
        assert card["text"] == ASKING
        assert card["buttons"] == ["このまま送る", "きょうは送らない", "直して返す"]
        assert WORDS in office.said(who)
        assert "押されなければ、この便りは送られません" in office.said(who)


@pytest.mark.rule("G-27")
async def test_what_the_person_wrote_is_told_without_a_word_of_it(
    office: Office, uow: UnitOfWork
) -> None:
    letter = await approved_for_friday(uow)
    await arrives(office, uow, words("m1"))
    await approve_letter(
        uow,
        letter_id=letter.id,
        version=(await the_letter(uow)).version,
        facts=await facts_of(uow),
        by=SATO.id,
        at=MONDAY,
        press=PlainPress(),
        proof=PROOF,
    )
    await office.rest()
    office.clock.move_to(FRIDAY - timedelta(hours=1))
    await ask_again(uow, at=office.clock.now(), tz=TOKYO)
    await office.rest()
    assert "連絡がありました" in office.said("鈴木")
    assert WORDS_FROM_A not in str([call.args for call in office.slack.record])


@pytest.mark.rule("G-27")
async def test_confirmed_the_card_says_by_whom_and_asks_nobody_else(
    office: Office, uow: UnitOfWork
) -> None:
    await friday_morning(office, uow)
    await office.act(office.slack.click("鈴木", "このまま送る"))
    assert (await the_letter(uow)).confirmed_by == SUZUKI.id
    assert "鈴木さんが" in office.said("佐藤")
    assert "いまも合っていると確かめました" in office.said("佐藤")
    assert "このまま送る" not in office.dm("佐藤")[-1]["buttons"]


@pytest.mark.rule("S6")
async def test_left_out_today(office: Office, uow: UnitOfWork) -> None:
    await friday_morning(office, uow)
    await office.act(office.slack.click("田中", "きょうは送らない"))
    letter = await the_letter(uow)
    assert (letter.state, letter.reason) == (LetterState.CANCELLED, Reason.LEFT_OUT)
    assert "この日は送らないことにしました" in office.said("鈴木")
    assert office.dm("鈴木")[-1]["buttons"] == []


@pytest.mark.rule("S2")
async def test_given_back_it_is_with_its_author_again(office: Office, uow: UnitOfWork) -> None:
    await friday_morning(office, uow)
    await office.act(office.slack.click("鈴木", "直して返す"))
    await office.act(office.slack.submit("鈴木", {"直してほしいところ": "雪の話を足す"}))
    assert (await the_letter(uow)).state is LetterState.DRAFT
    assert any("書き直す" in message["buttons"] for message in office.dm("鈴木"))


@pytest.mark.rule("G-27")
async def test_silence_is_told_to_the_author_neutrally(office: Office, uow: UnitOfWork) -> None:
    letter = await friday_morning(office, uow)
    office.clock.move_to(letter.closes_at)
    await drop_late_letters(uow, at=office.clock.now())
    await office.rest()
    assert (await the_letter(uow)).reason is Reason.NOT_CONFIRMED
    assert "押されなかったため、見送りました" in office.said("鈴木")
    assert "取りやめました" in office.said("鈴木")


@pytest.mark.rule("S5")
async def test_a_card_from_before_the_news_is_refused_and_says_what_to_do(
    office: Office, uow: UnitOfWork
) -> None:
    await friday_morning(office, uow)
    await arrives(office, uow, words("m1"))
    await office.act(office.slack.click("鈴木", "このまま送る"))
    assert (await the_letter(uow)).state is LetterState.HELD
