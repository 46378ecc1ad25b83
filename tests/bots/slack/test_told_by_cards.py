"""What cards about meetings and late answers say in Slack: aliases and dates, never a word more."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from core.ids import ReplyId
from core.letters import LetterKind
from core.ports import UnitOfWork
from core.replies import Reply, ReplyKind
from core.usecases.letters.approve_letter import approve_letter
from core.usecases.letters.write_letter import write_letter
from core.usecases.meetings.cancel_meeting import cancel_meeting
from core.usecases.meetings.postpone_meeting import postpone_meeting
from core.usecases.replies.note_hours_passed import note_hours_passed
from core.usecases.replies.read_replies import read_replies
from storage.unit_of_work import SqlUnitOfWork
from tests.bots.slack.office import Office, PlainPress
from tests.council import AFTER, OFFICE, Council, call_council
from tests.midori import facts_of
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A
from tests.proofs import PROOF


@pytest.fixture
async def council(uow: SqlUnitOfWork, office: Office) -> AsyncIterator[Council]:
    """The bodies of みどり市, with 佐藤 and 田中 in their seats and in Slack."""
    found = await call_council(uow)
    await found.agrees_to_share()
    yield found


@pytest.mark.rule("M5", "M9", "R-082")
async def test_those_called_read_the_alias_the_date_and_how_it_is_held(
    office: Office, council: Council
) -> None:
    meeting = await council.convene(await council.schedule(await council.request()))
    await office.rest()
    card = office.dm("田中")[-1]
    said = "\n".join(card["texts"])
    assert card["text"] == "会議のお知らせ"
    assert "会議のご案内 (A-12)" in said
    assert "12月7日(月) 10:30" in said
    assert "対面" in said
    assert card["buttons"] == ["A-12 のページを開く"]
    assert not any(word in said for word in ("青木", "プラン", "支援会議", "市役所"))
    before = len(office.dm("田中"))

    meeting = await postpone_meeting(council.uow, reason="大雪", **council.at(meeting, OFFICE))
    await office.rest()
    assert "会議の日が変わります" in office.said("田中")
    assert "大雪" not in office.said("田中")
    assert len(office.dm("田中")) == before, "one message, in its place or posted anew"

    await cancel_meeting(council.uow, reason="取り下げ", **council.at(meeting, OFFICE))
    await office.rest()
    assert "会議は取りやめになりました" in office.said("田中")
    assert "取り下げ" not in office.said("田中")


@pytest.mark.rule("M6")
async def test_after_the_meeting_the_card_says_so_in_its_place(
    office: Office, council: Council
) -> None:
    meeting = await council.convene(await council.schedule(await council.request()))
    await office.rest()
    before = len(office.dm("佐藤"))
    office.clock.move_to(AFTER)
    await council.hold(meeting)
    await office.rest()
    assert "会議は開かれました (A-12)" in office.said("佐藤")
    assert len(office.dm("佐藤")) == before


@pytest.mark.rule("G-15")
async def test_a_late_answer_is_told_kindly_once_and_without_a_word_of_it(
    office: Office, uow: UnitOfWork
) -> None:
    words = "ことばは、どこにも出ません"
    reply = Reply(
        id=ReplyId("r-1"),
        municipality_id=MIDORI,
        person_id=A.id,
        case_id=A12.id,
        kind=ReplyKind.TEXT,
        text=words,
        message_id="m-1",
        occurred_at=MONDAY,
        received_at=MONDAY,
        answer_by=MONDAY,
    )
    async with uow.write() as work:
        await work.replies.add(reply)
        await work.commit()
    await note_hours_passed(uow, at=office.clock.now())
    await office.rest()
    for name in ("佐藤", "鈴木", "田中"):
        said = office.said(name)
        assert "お返事の時刻を過ぎました (A-12)" in said
        assert "未返信" not in said
        assert words not in said
    before = len(office.dm("佐藤"))
    await note_hours_passed(uow, at=office.clock.now())
    await office.rest()
    assert len(office.dm("佐藤")) == before
    await read_replies(uow, case_id=A12.id, by=SATO.id, at=office.clock.now())
    await office.rest()
    assert "お返事の時刻を過ぎました (A-12)" in office.said("田中"), "reading is not answering yet"
    answer = await write_letter(
        uow,
        case_id=A12.id,
        by=SUZUKI.id,
        body="鈴木です。読みました。返事はいりません。",
        opens_at=MONDAY + timedelta(minutes=5),
        at=office.clock.now(),
        tz=TOKYO,
        proof=PROOF,
        kind=LetterKind.REPLY,
    )
    await approve_letter(
        uow,
        letter_id=answer.id,
        version=answer.version,
        facts=await facts_of(uow, A12.id),
        by=TANAKA.id,
        at=office.clock.now(),
        press=PlainPress(),
        proof=PROOF,
    )
    await office.rest()
    for name in ("佐藤", "鈴木", "田中"):
        cards = [message["texts"] for message in office.dm(name)]
        assert not any("お返事の時刻を過ぎました (A-12)" in str(card) for card in cards)
