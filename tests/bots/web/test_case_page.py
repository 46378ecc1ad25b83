"""The case's story in a browser."""

import ast
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bots.i18n.catalogue import word
from bots.line.bubbles import LinePress
from bots.web.deeds import _DEEDS, _MOVES
from core.agencies import Area
from core.consent.evidence import EvidenceKind
from core.contacts import ContactChannel, Met
from core.ids import AreaId, ReplyId
from core.letters import LetterState
from core.replies import Reply, ReplyKind, ReplyState
from core.usecases.contacts.log_contact import log_contact
from core.usecases.letters.return_letter import return_letter
from tests.bots.web.browser import Browser, Office
from tests.house.sources import CHECKOUT
from tests.midori import approved, written
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, WORDS


async def test_the_head_says_which_case_where_it_stands_and_in_which_area(
    office: Office, browser: Browser
) -> None:
    async with office.uow.write() as work:
        area = Area(id=AreaId("area-1"), municipality_id=MIDORI, code="nishi", name="西圏域")
        await work.towns.put_area(area)
        await work.cases.change(replace(A12, area_id=area.id, version=2), version=1)
        await work.commit()
    shown = await browser.open(office.link())

    assert "A-12 関係づくり 西圏域" in shown.words
    assert "主担当 佐藤さん" in shown.words
    assert "LINE つながっています" in shown.words


async def test_an_empty_case_says_what_will_stand_there(office: Office, browser: Browser) -> None:
    words = (await browser.open(office.link())).words

    assert "まだ返事はありません" in words
    assert "まだおたよりはありません" in words
    assert "まだお会いできていません" in words
    assert "未返信" not in words


@pytest.mark.rule("MA-10", "G-15")
async def test_an_unread_reply_says_from_when_it_is_read_and_by_when_it_is_answered(
    office: Office, browser: Browser
) -> None:
    came = datetime(2026, 11, 27, 20, 10, tzinfo=TOKYO)
    async with office.uow.write() as work:
        reply = Reply(
            id=ReplyId("r-night"),
            municipality_id=MIDORI,
            person_id=A12.person_id,
            case_id=A12.id,
            kind=ReplyKind.TEXT,
            text="夜の言葉",
            message_id="m-night",
            occurred_at=came,
            received_at=came,
            reads_from=datetime(2026, 11, 30, 8, 30, tzinfo=TOKYO),
            answer_by=datetime(2026, 11, 30, 17, 0, tzinfo=TOKYO),
        )
        await work.replies.add(reply)
        await work.commit()
    words = (await browser.open(office.link())).words
    assert "11月30日(月) 08:30 から読み、11月30日(月) 17:00 までに、人がお答えします" in words


async def test_consent_stands_there_with_its_evidence(office: Office, browser: Browser) -> None:
    words = (await browser.open(office.link())).words

    assert "10月31日(土) 10:30 LINEでのおたより 同意あり" in words
    assert f"根拠 {word(EvidenceKind.LINK_CODE)}" in words


async def test_a_letter_tells_every_stage_with_who_and_when(
    office: Office, browser: Browser
) -> None:
    await approved(office.uow, LinePress())
    words = (await browser.open(office.link(staff=SUZUKI))).words

    assert f"声かけ 予約中 {WORDS}" in words
    assert "鈴木さん 訪問支援員 書きました" in words
    assert "佐藤さん おたよりの承認者 承認しました 11月30日(月) 10:30" in words
    assert "自動 予約しました" in words
    assert "届ける日時 11月30日(月) 10:35 から 20:00 まで" in words
    assert "声かけ:承認しました" in words


async def test_a_returned_letter_tells_what_to_look_at(office: Office, browser: Browser) -> None:
    letter = await written(office.uow)
    await return_letter(
        office.uow,
        letter_id=letter.id,
        version=letter.version,
        by=TANAKA.id,
        at=MONDAY,
        note="もう少し短く",
    )
    words = (await browser.open(office.link())).words

    assert "直してほしいところ:もう少し短く" in words
    assert "田中さん おたよりの承認者 直して返しました" in words


async def test_a_sent_letter_does_not_claim_to_have_been_read(
    office: Office, browser: Browser
) -> None:
    letter = await approved(office.uow, LinePress())
    async with office.uow.write() as work:
        sent = replace(letter, state=LetterState.SENT, sent_at=MONDAY, version=letter.version + 1)
        await work.letters.change(sent, version=letter.version)
        await work.commit()
    words = (await browser.open(office.link())).words

    assert "送信済み(受付)" in words
    assert "届いたか、読まれたかは、わかりません。" in words


async def test_contacts_stand_there_with_note_and_next_day(
    office: Office, browser: Browser
) -> None:
    await log_contact(
        office.uow,
        case_id=A12.id,
        by=SATO.id,
        channel=ContactChannel.VISIT,
        met=Met.LETTER_LEFT,
        happened_at=MONDAY - timedelta(days=400),
        at=MONDAY,
        tz=TOKYO,
        note="門のところまで",
        next_on=(MONDAY + timedelta(days=21)).date(),
        command_key="visit-1",
    )
    words = (await browser.open(office.link())).words

    assert "2025年10月26日(日) 10:30 訪問 · 手紙を残した 佐藤さん 門のところまで" in words
    assert "次の予定日 12月21日(月)" in words


@pytest.mark.rule("G-18")
async def test_what_the_person_wrote_is_read_here(office: Office, browser: Browser) -> None:
    await office.reply("夜は<星>がきれいです")
    await office.reply("にこにこ", kind=ReplyKind.STICKER)
    shown = await browser.open(office.link())

    assert "まだ読まれていない返事が 2件あります。" in shown.words
    assert "夜は<星>がきれいです" in shown.words
    assert "スタンプ にこにこ" in shown.words
    assert "<星>" not in shown.text


async def test_seeing_words_is_not_having_read_them(office: Office, browser: Browser) -> None:
    reply = await office.reply("ありがとう")
    await browser.open(office.link())
    await browser.get("/s/cases/A-12")

    async with office.uow.read() as work:
        assert (await work.replies.get(reply)).state is ReplyState.KEPT


async def test_a_press_on_the_button_notes_who_read_them(office: Office, browser: Browser) -> None:
    reply = await office.reply("ありがとう")
    shown = await browser.open(office.link())
    after = await browser.post("/s/cases/A-12/read", *shown.fields)

    assert (after.status, after.path) == (200, "/s/cases/A-12")
    assert "まだ読まれていない返事" not in after.words
    assert "ありがとう" in after.words
    assert ("reply.read", SATO.id) in await office.deeds()
    async with office.uow.read() as work:
        assert (await work.replies.get(reply)).state is ReplyState.READ


async def test_a_reply_that_comes_while_one_reads_is_not_read_by_that(
    office: Office, browser: Browser
) -> None:
    await office.reply("ひとつめ")
    shown = await browser.open(office.link())
    later = await office.reply("ふたつめ")
    after = await browser.post("/s/cases/A-12/read", *shown.fields)

    assert "まだ読まれていない返事が 1件あります。" in after.words
    async with office.uow.read() as work:
        assert (await work.replies.get(later)).state is ReplyState.KEPT


async def test_no_other_page_can_press_the_button(office: Office, browser: Browser) -> None:
    reply = await office.reply("ありがとう")
    shown = await browser.open(office.link())
    forged = [(name, value) for name, value in shown.fields if name != "mark"]
    answers = [
        await browser.post("/s/cases/A-12/read", *forged),
        await browser.post("/s/cases/A-12/read", *forged, ("mark", "made up")),
    ]

    assert [answer.status for answer in answers] == [404, 404]
    async with office.uow.read() as work:
        assert (await work.replies.get(reply)).state is ReplyState.KEPT


async def test_taken_back_words_are_gone(office: Office, browser: Browser) -> None:
    reply = await office.reply("まちがえた")
    async with office.uow.write() as work:
        was = await work.replies.get(reply)
        gone = replace(was, text="", state=ReplyState.WITHDRAWN, version=was.version + 1)
        await work.replies.change(gone, version=was.version)
        await work.commit()
    words = (await browser.open(office.link())).words

    assert "本人が取り消しました" in words
    assert "まちがえた" not in words


async def test_opening_is_recorded_and_looking_at_the_head_is_not(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link())
    await browser.head("/s/cases/A-12")
    words = (await browser.get("/s/cases/A-12")).words

    assert await office.deeds() == [("case.opened", SATO.id)] * 2
    assert "佐藤さん おたよりの承認者 この案件を開きました" in words


# They name what was asked for at the door, not what was done.
_REFUSALS = {"NotYours", "NotActive"}


def test_every_deed_of_the_core_has_words() -> None:
    """Actions are written out in the core, but for those that are made of a stage's name."""
    written_out, made = set(), set()
    for path in (CHECKOUT / "core").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) in _REFUSALS:
                continue
            for given in node.keywords:
                if given.arg == "action" and isinstance(given.value, ast.Constant):
                    written_out.add(str(given.value.value))
                if given.arg == "action" and isinstance(given.value, ast.JoinedStr):
                    made.add(ast.unparse(given.value)[2:].partition(".")[0])
    stages = {f"letter.{state.value.lower()}" for state in LetterState}
    assert written_out | stages <= set(_DEEDS)
    assert made - {"letter"} <= set(_MOVES)
