"""A colleague answers a person: over LINE, or on the person's own page (G-15, DOMAIN §9)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bots.line.bubbles import LinePress
from core.access import NotYours
from core.agencies import Role
from core.answers import ShownAs, Untold
from core.answers_owed import is_answered
from core.approvals import OnlyApprovedWords
from core.cases import CaseResting, CaseState
from core.inbound import Said
from core.letters import LetterKind, LetterState, NothingToAnswer, Reason
from core.line_modes import LineMode, LineUse
from core.lint import WordingBlocked
from core.municipal_profiles.answering import DirectChatDecision
from core.replies import Press, ReplyKind, ReplyState
from core.usecases.replies.answer_person import Answered, answer_person
from core.usecases.trail.check_sent import check_sent
from scheduler.deliver import Delivering
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.office import Office
from tests.databases import new_id
from tests.fakes import FakeLine, Mishap, Phone, SetClock
from tests.midori import found_midori
from tests.people import A12, MONDAY, SATO, TOKYO, A
from tests.proofs import PROOF

DECIDED = DirectChatDecision(
    decided_by="福祉総務課長", decided_on=date(2026, 10, 1), reference="みどり福総第12号"
)
DIRECT = replace(PROOF, use=LineUse(mode=LineMode.DIRECT_CHAT, decision=DECIDED))
WORDS = "写真、見ました。ホームの光がきれいですね。"
TOKEN = "reply-token-1"
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


async def said(office: Office, *, token: str | None = TOKEN, text: str = "写真です") -> None:
    """A writes, with LINE's token for a reply."""
    office.words_said += 1
    meaning = Said(kind=ReplyKind.TEXT, text=text, message_id=f"m{office.words_said}")
    await office.a.does(meaning, at=office.now, reply_token=token)


async def answer(office: Office, text: str = WORDS, **changes: Any) -> Answered:
    """佐藤 answers."""
    asked: dict[str, Any] = {
        "case_id": A12.id,
        "by": SATO.id,
        "at": office.now,
        "tz": TOKYO,
        "proof": PROOF,
        "press": office.press,
        "reader": office.a,
    }
    return await answer_person(office.uow, text=text, **(asked | changes))


async def deliver(office: Office, mode: LineMode = LineMode.DIRECT_CHAT) -> None:
    """Looks of the delivery loop in a town that uses LINE like this."""
    for _ in range(3):
        await Delivering(
            office.uow, office.line, clock=office.clock, tz=TOKYO, new_lease=new_id, mode=mode
        ).run()


def passes(office: Office, time: timedelta) -> None:
    office.clock.at += time


@pytest.mark.rule("DOMAIN-9")
async def test_in_entrance_link_the_words_lie_on_the_page_and_line_is_neutral(
    office: Office,
) -> None:
    await said(office)
    done = await answer(office)
    assert (done.answer.shown_as, done.answer.text) == (ShownAs.PAGE, WORDS)
    await deliver(office, LineMode.ENTRANCE_LINK)
    [took] = office.line.took
    assert took.texts == ("ひとこと、置いてあります。読むのは、いつでも大丈夫です。",)
    assert WORDS.encode() not in took.request
    async with office.uow.read() as work:
        assert await work.answers.of_person(A.id) == (done.answer,)
    assert await check_sent(office.uow) == ()


@pytest.mark.rule("DOMAIN-9")
async def test_in_direct_chat_the_answer_is_the_reply_to_what_was_just_said(
    office: Office,
) -> None:
    await said(office)
    passes(office, timedelta(seconds=20))
    done = await answer(office, proof=DIRECT)
    assert (done.answer.shown_as, done.as_reply) == (ShownAs.LINE, True)
    await deliver(office)
    [took] = office.line.took
    assert took.reply_token == TOKEN
    assert WORDS.encode() in took.request
    assert "佐藤".encode() in took.request
    # The lock screen says nothing of it (G-11).
    assert took.texts == ("佐藤からのひとこと",)
    assert done.answer.letter_id is not None
    assert "letter.sent" in await office.trail(done.answer.letter_id)
    assert await check_sent(office.uow) == ()


async def test_after_a_minute_it_goes_as_a_push(office: Office) -> None:
    await said(office)
    passes(office, MINUTE)
    done = await answer(office, proof=DIRECT)
    assert not done.as_reply
    await deliver(office)
    [took] = office.line.took
    assert (took.reply_token, bool(took.retry_key)) == ("", True)


async def test_a_token_that_runs_out_in_the_outbox_is_left_unused(office: Office) -> None:
    await said(office)
    await answer(office, proof=DIRECT)
    passes(office, MINUTE)
    await deliver(office)
    [took] = office.line.took
    assert took.retry_key and not took.reply_token


async def test_a_token_that_line_refuses_is_followed_by_a_push(office: Office) -> None:
    await said(office)
    await answer(office, proof=DIRECT)
    office.line.mishaps.append(Mishap.USED)
    await deliver(office)
    [took] = office.line.took
    assert took.retry_key and not took.reply_token


@pytest.mark.rule("S4")
@pytest.mark.parametrize("mishap", [Mishap.ANSWER_LOST, Mishap.DOWN])
async def test_a_reply_whose_fate_is_unknown_is_never_sent_again(
    office: Office, mishap: Mishap
) -> None:
    """LINE knows no retry key for replies: a second one could be a second message."""
    await said(office)
    done = await answer(office, proof=DIRECT)
    office.line.mishaps.append(mishap)
    await deliver(office)
    passes(office, HOUR)
    await deliver(office)
    assert office.line.calls == 1
    assert done.answer.letter_id is not None
    async with office.uow.read() as work:
        letter = await work.letters.get(done.answer.letter_id)
    assert (letter.state, letter.reason) == (LetterState.UNREACHABLE, Reason.NO_CERTAINTY)


@pytest.mark.rule("S4")
async def test_a_crash_between_claim_and_record_sends_no_reply_twice(office: Office) -> None:
    await said(office)
    done = await answer(office, proof=DIRECT)
    [claim] = await office.claim(mode=LineMode.DIRECT_CHAT)
    assert claim.reply_token == TOKEN
    # The process dies; the lease runs out.
    passes(office, timedelta(seconds=31))
    await deliver(office)
    assert office.line.took == []
    assert done.answer.letter_id is not None
    async with office.uow.read() as work:
        letter = await work.letters.get(done.answer.letter_id)
    assert letter.state is LetterState.UNREACHABLE


@pytest.mark.rule("S7")
async def test_that_the_neutral_line_may_be_lost_is_told_to_whoever_answered(
    office: Office,
) -> None:
    """Not to the author of the approved text, who may have nothing to do with the case."""
    await said(office)
    done = await answer(office)
    office.line.mishaps.append(Mishap.ANSWER_LOST)
    await deliver(office, LineMode.ENTRANCE_LINK)
    passes(office, HOUR)
    await deliver(office, LineMode.ENTRANCE_LINK)
    assert done.answer.letter_id is not None
    async with office.uow.read() as work:
        line = await work.letters.get(done.answer.letter_id)
    assert (line.kind, line.state) == (LetterKind.ACKNOWLEDGEMENT, LetterState.UNREACHABLE)
    assert set(await office.cards(line.id)) == {("AUTHOR", SATO.id)}


@pytest.mark.rule("S7")
async def test_of_an_approved_text_that_does_not_go_its_author_hears_nothing(
    office: Office,
) -> None:
    await office.presses(Press.REST)
    async with office.uow.write() as work:
        town = await work.towns.get()
        await work.towns.put(replace(town, pushes_stopped=True))
        await work.commit()
    await deliver(office)
    async with office.uow.read() as work:
        [text] = await work.letters.of_case(A12.id)
    assert (text.kind, text.reason) == (LetterKind.ACKNOWLEDGEMENT, Reason.PUSHES_STOPPED)
    assert await office.cards(text.id) == {}


@pytest.mark.rule("G-05")
async def test_who_has_just_written_is_answered_at_night_and_later_the_morning_is_waited_for(
    office: Office,
) -> None:
    passes(office, timedelta(hours=12))
    await said(office)
    await answer(office, proof=DIRECT)
    await deliver(office)
    assert len(office.line.took) == 1
    passes(office, 2 * HOUR)
    late = await answer(office, "また明日、書きます。", proof=DIRECT)
    assert late.opens_at is not None
    assert late.opens_at.astimezone(TOKYO).strftime("%d %H:%M") == "01 10:00"
    await deliver(office)
    assert len(office.line.took) == 1
    passes(office, late.opens_at - office.now)
    await deliver(office)
    assert len(office.line.took) == 2


@pytest.mark.rule("S5")
async def test_an_answer_that_waits_for_the_morning_is_read_again_when_more_is_said(
    office: Office,
) -> None:
    passes(office, timedelta(hours=12))
    await said(office)
    passes(office, 2 * HOUR)
    late = await answer(office, proof=DIRECT)
    await said(office, text="やっぱり、つらいです")
    assert late.answer.letter_id is not None
    async with office.uow.read() as work:
        held = await work.letters.get(late.answer.letter_id)
    assert (held.state, held.reason) == (LetterState.HELD, Reason.NEW_FACT)


@pytest.mark.rule("G-27")
async def test_words_that_cross_an_answer_do_not_keep_it(office: Office) -> None:
    await said(office)
    await answer(office, proof=DIRECT)
    await said(office, token=None, text="もう1枚あります")
    await deliver(office)
    assert len(office.line.took) == 1


@pytest.mark.rule("G-27")
async def test_what_was_planned_is_held_once_a_human_has_answered(office: Office) -> None:
    await said(office)
    planned = await office.approved(opens_at=office.now + 2 * HOUR)
    await answer(office)
    assert await office.stands(planned) == (LetterState.HELD, Reason.NEW_FACT)
    # The short answers to buttons still work.
    await office.presses(Press.REST)
    await deliver(office, LineMode.ENTRANCE_LINK)
    assert [took.texts[0][:6] for took in office.line.took][-1] == "わかりました"


@pytest.mark.rule("S6")
@pytest.mark.parametrize("proof", [PROOF, DIRECT])
async def test_a_stop_takes_back_what_waits_for_the_morning(office: Office, proof: Any) -> None:
    passes(office, timedelta(hours=12))
    await said(office)
    passes(office, 2 * HOUR)
    done = await answer(office, proof=proof)
    await office.presses(Press.STOP)
    assert done.answer.letter_id is not None
    async with office.uow.read() as work:
        letter = await work.letters.get(done.answer.letter_id)
    assert (letter.state, letter.reason) == (LetterState.CANCELLED, Reason.STOPPED_BY_PERSON)


async def test_during_a_rest_only_words_said_since_are_answered_over_line(office: Office) -> None:
    await said(office)
    passes(office, MINUTE)
    await office.presses(Press.REST)
    passes(office, MINUTE)
    assert (await answer(office, proof=DIRECT)).untold is Untold.RESTING
    await said(office)
    assert (await answer(office, "どうぞ休んでください。", proof=DIRECT)).untold is None
    await deliver(office)
    assert office.line.took[-1].reply_token == TOKEN


async def test_after_a_stop_the_answer_lies_on_the_page_alone(office: Office) -> None:
    await said(office)
    await office.presses(Press.STOP)
    done = await answer(office, proof=DIRECT)
    assert (done.untold, done.answer.shown_as) == (Untold.NOT_REACHABLE, ShownAs.PAGE)


async def test_two_answers_in_a_row_are_told_of_once(office: Office) -> None:
    await said(office)
    await answer(office)
    again = await answer(office, "もうひとつだけ。急がなくて大丈夫です。")
    assert again.untold is Untold.TOLD_ALREADY
    passes(office, MINUTE)
    await said(office)
    assert (await answer(office, "よく読みました。")).untold is None
    await deliver(office, LineMode.ENTRANCE_LINK)
    assert len(office.line.took) == 2


@pytest.mark.rule("G-12")
async def test_on_a_shared_phone_the_words_stay_on_the_page_also_in_direct_chat(
    office: Office,
) -> None:
    await office.person(shared_device=True)
    await said(office)
    assert (await answer(office, "佐藤です。", proof=DIRECT)).answer.shown_as is ShownAs.PAGE


@pytest.mark.rule("G-11")
async def test_what_may_not_show_on_a_phone_may_be_said_on_the_page(office: Office) -> None:
    await said(office)
    visit = "12月3日14時に訪問します。"
    with pytest.raises(WordingBlocked):
        await answer(office, visit, proof=DIRECT)
    assert (await answer(office, visit)).answer.shown_as is ShownAs.PAGE
    with pytest.raises(WordingBlocked):
        await answer(office, "お返事お待ちしております。")


async def test_only_colleagues_on_the_case_answer_and_only_what_was_said(office: Office) -> None:
    with pytest.raises(NothingToAnswer):
        await answer(office)
    await said(office)
    other = await office.hire("山田", Role.OUTREACH_WORKER)
    with pytest.raises(NotYours):
        await answer(office, by=other.id)
    async with office.uow.write() as work:
        await work.staff.put(replace(SATO, novice=True))
        await work.commit()
    with pytest.raises(OnlyApprovedWords):
        await answer(office)
    await office.move_case(CaseState.CLOSED)
    with pytest.raises((CaseResting, OnlyApprovedWords)):
        await answer(office)


@pytest.mark.rule("G-15")
async def test_answering_reads_what_was_before_the_eyes_and_counts_as_an_answer(
    office: Office,
) -> None:
    await said(office)
    async with office.uow.read() as work:
        [reply] = await work.replies.of_case(A12.id)
        assert not await is_answered(work, reply)
    await said(office, text="届いていますか")
    await answer(office, seen={reply.id})
    async with office.uow.read() as work:
        newer, older = await work.replies.of_case(A12.id)
        assert (newer.state, older.state) == (ReplyState.KEPT, ReplyState.READ)
        assert await is_answered(work, reply)


async def test_without_the_neutral_text_nothing_goes_over_line(
    unit_of_work: SqlUnitOfWork,
) -> None:
    await found_midori(unit_of_work, texts={})
    clock, press = SetClock(at=MONDAY), LinePress()
    office = Office(
        uow=unit_of_work,
        clock=clock,
        line=FakeLine(clock=clock),
        press=press,
        a=Phone(uow=unit_of_work, press=press),
    )
    await said(office)
    done = await answer(office)
    assert (done.untold, done.answer.shown_as) == (Untold.NO_TEXT, ShownAs.PAGE)
    await deliver(office, LineMode.ENTRANCE_LINK)
    assert office.line.took == []


@pytest.mark.rule("DOMAIN-9")
async def test_a_town_that_leaves_direct_chat_sends_no_answer_that_waits(office: Office) -> None:
    await said(office)
    done = await answer(office, proof=DIRECT)
    await deliver(office, LineMode.ENTRANCE_LINK)
    assert office.line.took == []
    assert done.answer.letter_id is not None
    async with office.uow.read() as work:
        letter = await work.letters.get(done.answer.letter_id)
    assert (letter.state, letter.reason) == (LetterState.CANCELLED, Reason.LINE_MODE)
    assert letter.kind is LetterKind.REPLY
    assert letter.created_at >= MONDAY
