"""お返事を書く on the case's page, and 留守と代理 on the town's desk (G-15, DOMAIN §9)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.answers import Answer, ShownAs
from core.letters import LetterKind, LetterState
from core.line_modes import LineMode, LineUse
from core.lint import Proofreader
from core.municipal_profiles.answering import DirectChatDecision
from core.quota import Allowance
from core.replies import ReplyState
from core.usecases.delivery.note_quota import note_quota
from tests.bots.web.browser import Browser, Office, Seen
from tests.people import A12, SATO, SUZUKI, TANAKA, A
from tests.proofs import PROOF

FORM = "/s/cases/A-12/do/answer-person"
AWAY = "/s/town/do/note-absence"
WORDS = "写真、見ました。ホームの光がきれいですね。"
DECIDED = DirectChatDecision(
    decided_by="福祉総務課長", decided_on=date(2026, 10, 1), reference="みどり福総第12号"
)


def hidden(page: Seen) -> list[tuple[str, str]]:
    return [field for field in page.fields if field[0] in ("mark", "seen")]


async def kept(office: Office) -> list[Answer]:
    async with office.uow.read() as work:
        return list(await work.answers.of_person(A.id))


async def test_the_answer_stands_beside_what_was_said(office: Office, browser: Browser) -> None:
    await office.reply("写真です")
    page = await browser.open(office.link())
    assert f'href="{FORM}"' in page.text
    form = await browser.get(FORM)
    assert "LINEには、読むものがあることだけが届きます。" in form.words
    office.clock.move(timedelta(minutes=1))
    done = await browser.post(FORM, *hidden(form), ("words", WORDS))
    assert "お返事を、ご本人のページに置きました。" in done.words
    assert WORDS in done.words
    assert "佐藤さん" in done.words
    # It counts as read: what one answers, one has read.
    assert "まだ読まれていない返事" not in done.words
    [answer] = await kept(office)
    assert (answer.text, answer.shown_as) == (WORDS, ShownAs.PAGE)
    again = await browser.post(FORM, *hidden(form), ("words", WORDS))
    assert "もう記録されています" in again.words
    assert len(await kept(office)) == 1


async def test_what_the_wording_check_stops_stays_in_the_form(
    office: Office, browser: Browser
) -> None:
    await office.reply("写真です")
    await browser.open(office.link())
    form = await browser.get(FORM)
    stopped = await browser.post(FORM, *hidden(form), ("words", "お返事お待ちしております。"))
    assert stopped.status == 422
    assert "お返事お待ちしております。" in stopped.text
    assert await kept(office) == []


async def test_without_words_of_the_person_there_is_nothing_to_answer(
    office: Office, browser: Browser
) -> None:
    page = await browser.open(office.link())
    assert FORM not in page.text
    assert (await browser.get(FORM)).status == 404


class TestDirectChat:
    """The municipality decided that people may be talked with on LINE itself."""

    @pytest.fixture
    def proof(self) -> Proofreader:
        return replace(PROOF, use=LineUse(mode=LineMode.DIRECT_CHAT, decision=DECIDED))

    async def test_the_words_go_over_line_and_the_record_says_on_what_ground(
        self, office: Office, browser: Browser
    ) -> None:
        await office.reply("写真です")
        await browser.open(office.link())
        form = await browser.get(FORM)
        assert "そのままLINEで届きます" in form.words
        done = await browser.post(FORM, *hidden(form), ("words", WORDS))
        assert "お返事をしました。LINEで届きます。" in done.words
        [answer] = await kept(office)
        assert answer.shown_as is ShownAs.LINE
        async with office.uow.read() as work:
            [letter] = await work.letters.of_case(A12.id)
        assert (letter.kind, letter.state) == (LetterKind.REPLY, LetterState.SCHEDULED)
        assert letter.self_approved_reason == "福祉総務課長 みどり福総第12号"


class TestSecondPerson:
    """The town wants a second person for answers, too."""

    @pytest.fixture
    def proof(self) -> Proofreader:
        return replace(PROOF, use=LineUse(second_person=True))

    async def test_the_answer_waits_for_approval_like_a_letter(
        self, office: Office, browser: Browser
    ) -> None:
        await office.reply("写真です")
        await browser.open(office.link())
        form = await browser.get(FORM)
        assert "別の方が承認してから" in form.words
        done = await browser.post(FORM, *hidden(form), ("words", f"佐藤です。{WORDS}"))
        assert "お返事は、承認待ちに入りました。" in done.words
        assert await kept(office) == []
        async with office.uow.read() as work:
            [letter] = await work.letters.of_case(A12.id)
        assert (letter.kind, letter.state) == (LetterKind.REPLY, LetterState.PENDING_APPROVAL)


@pytest.mark.rule("G-15")
async def test_a_colleague_notes_who_stands_in_and_the_deputy_says_so(
    office: Office, browser: Browser
) -> None:
    await office.reply("写真です")
    await browser.open(office.link())
    form = await browser.get(AWAY)
    done = await browser.post(
        AWAY,
        *hidden(form),
        ("staff", SATO.id),
        ("deputy", TANAKA.id),
        ("first", "2026-11-30"),
        ("last", "2026-12-02"),
    )
    assert "佐藤さんが留守の" in done.words
    assert "11月30日(月) から 12月2日(水) まで(代わり:田中さん)" in done.words

    async with Browser(office.origin) as deputy:
        await deputy.open(office.link(staff=TANAKA))
        answering = await deputy.get(FORM)
        assert "佐藤が留守のあいだ、田中が代わりに書きます。" in answering.words
        await deputy.post(FORM, *hidden(answering), ("words", WORDS))
    [answer] = await kept(office)
    assert answer.text.startswith("佐藤が留守のあいだ、田中が代わりに書きます。")
    async with office.uow.read() as work:
        [reply] = await work.replies.of_case(A12.id)
    assert reply.state is ReplyState.READ


async def test_somebody_else_is_only_noted_by_who_coordinates(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link(staff=SUZUKI))
    form = await browser.get(AWAY)
    assert SATO.name not in form.words.split("代わりに")[0]
    refused = await browser.post(
        AWAY,
        *hidden(form),
        ("staff", SUZUKI.id),
        ("deputy", SUZUKI.id),
        ("first", "2026-11-30"),
        ("last", "2026-12-02"),
    )
    assert "ご自身を代理にはできません。" in refused.words


async def test_those_who_look_after_line_see_how_the_month_stands(
    office: Office, browser: Browser
) -> None:
    await note_quota(office.uow, Allowance(most=200, used=120), counted=0, at=office.clock.now())
    await browser.open(office.link(staff=TANAKA))
    assert "使った数 120 / 200、今月の予約 0" in (await browser.get("/s/town")).words
    async with Browser(office.origin) as worker:
        await worker.open(office.link(staff=SUZUKI))
        assert "使った数" not in (await worker.get("/s/town")).words
