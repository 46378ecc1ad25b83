"""/p: the person's own page, and one and the same page for all else."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bots.web.person.pages import SAID_NO
from core.consent import ConsentState, ConsentType
from core.contacts import ContactChannel
from core.ids import LetterId
from core.letters import LetterState
from core.page_ways import close_ways
from core.people import LanguageStyle, LinkState
from core.person_pages import PAGE_LIVES, WAY_BACK
from core.replies import ReplyKind, ReplyState
from tests.bots.web.browser import Browser, Office
from tests.bots.web.own_page import OwnPage, at_home, form_with, way
from tests.people import A12, LETTER, SATO, SUZUKI, TOWN, A

MINUTE = timedelta(minutes=1)
WHOLE_PAGE = 100_000


@pytest.fixture
async def page(office: Office, browser: Browser) -> OwnPage:
    return await at_home(office, browser)


async def sent(office: Office, words: str, *, ago: timedelta = timedelta(days=1)) -> None:
    """A letter of 鈴木 that has reached A."""
    async with office.uow.write() as work:
        at = office.clock.now() - ago
        letter = replace(
            LETTER,
            id=LetterId(work.new_id()),
            body=words,
            state=LetterState.SENT,
            sent_at=at,
            author_id=SUZUKI.id,
            approved_by=SATO.id,
            approved_at=at,
            approved_facts=0,
            bound_hash="0" * 64,
        )
        await work.letters.add(letter)
        await work.commit()


async def replies(office: Office) -> list[tuple[ReplyKind, str, ReplyState]]:
    async with office.uow.read() as work:
        return [(one.kind, one.text, one.state) for one in await work.replies.of_case(A12.id)]


async def link_state(office: Office) -> LinkState:
    async with office.uow.read() as work:
        link = await work.links.of_person(A.id)
    assert link is not None
    return link.state


async def test_letters_and_own_words_stand_there_newest_first_and_nothing_is_counted(
    office: Office, page: OwnPage
) -> None:
    await sent(office, "さいしょのおたより", ago=timedelta(days=20))
    await sent(office, "つぎのおたより", ago=timedelta(days=2))
    shown = await page.press("送る", words="雨の音を聞いていました")
    assert shown.status == 200
    words = shown.words
    order = [words.index(one) for one in ("雨の音", "つぎの", "さいしょの")]
    assert order == sorted(order)
    assert not re.search(r"\d+\s*(件|通|日前)|未読|既読", words)
    assert "鈴木さん" in words
    assert await replies(office) == [(ReplyKind.TEXT, "雨の音を聞いていました", ReplyState.KEPT)]
    async with office.uow.read() as work:
        [contact, *_] = await work.contacts.of_case(A12.id)
    assert contact.channel is ContactChannel.PAGE_IN


async def test_whatever_opens_nothing_is_one_page_byte_for_byte(
    office: Office, browser: Browser, page: OwnPage
) -> None:
    async with office.uow.write() as work:
        await close_ways(work, A.id, at=office.clock.now())
        await work.commit()
    mine = page.base
    asked = [mine, f"{mine}/about", f"{mine}/wishes", f"{mine}/around", f"{mine}/leaflets/x"]
    asked += [f"{mine}/guide", "/p/guessed/guide"]
    asked += [
        "/p",
        "/p/",
        "/p/guessed",
        "/p/guessed/about",
        "/p/guessed/unlock",
        f"/p/{'x' * 900}",
        "/p/a/b/c/d",
    ]
    asked += [f"{mine}/leaflets/x/1.jpg", f"{mine}?from=-3", "/l/guessed", "/p/-"]
    answers = [await browser.get(one) for one in asked]
    answers += [await browser.post(f"{mine}/{act}", ("mark", "x")) for act in ("say", "press")]
    answers += [await browser.post(f"{mine}/unlock", ("pin", "1234"))]
    assert {(one.status, one.text) for one in answers} == {(404, answers[0].text)}
    headers = [{k: v for k, v in one.headers.items() if k != "date"} for one in answers]
    assert all(one == headers[0] for one in headers)


async def test_a_link_ends_by_itself_and_belongs_to_one_person(
    office: Office, browser: Browser, page: OwnPage
) -> None:
    office.clock.move(PAGE_LIVES - MINUTE)
    assert (await page.go()).status == 200
    office.clock.move(MINUTE)
    assert (await page.go()).status == 404


async def test_it_asks_nothing_of_elsewhere_and_is_light(office: Office, page: OwnPage) -> None:
    for number in range(15):
        await sent(office, f"{number}" + "あ" * 119, ago=timedelta(days=number))
    for at in ("", "/around", "/wishes", "/about", "/guide"):
        shown = await page.go(at)
        assert shown.status == 200
        assert not re.search(r'(src|href|action)="(?!/p/|data:,|#)', shown.text)
        assert "http" not in shown.text
        assert shown.headers["referrer-policy"] == "no-referrer"
        assert shown.headers["cache-control"] == "private, no-store"
        assert "noindex" in shown.headers["x-robots-tag"]
        assert "default-src 'none'" in shown.headers["content-security-policy"]
        assert "set-cookie" not in shown.headers
        assert len(shown.text.encode()) < WHOLE_PAGE / 2
    assert "もっと前のおたより" in (await page.go()).words


async def test_nobody_is_told_that_the_page_was_opened(office: Office, page: OwnPage) -> None:
    before = await office.deeds()
    for at in ("", "/around", "/wishes", "/about", "/guide", "/away"):
        await page.go(at)
    assert await office.deeds() == before


@pytest.mark.rule("G-13")
async def test_a_rest_holds_at_once_and_can_be_ended(office: Office, page: OwnPage) -> None:
    shown = await page.press("3か月")
    assert "3か月 お休みします" in shown.words
    assert "いまは お休み中です。2月28日" in shown.words
    assert await link_state(office) is LinkState.PAUSED
    shown = await page.press("休むのを終わりにする")
    assert "また ときどき" in shown.words
    assert await link_state(office) is LinkState.LINKED


@pytest.mark.rule("C5", "C8", "G-13")
async def test_a_stop_says_one_kind_line_and_the_way_back_stays_open(
    office: Office, page: OwnPage
) -> None:
    shown = await page.press("やめる")
    assert "送るのをやめます" in shown.words
    assert await link_state(office) is LinkState.UNLINKED_BY_PERSON
    assert "やめる" not in re.sub("やめるの|やめます", "", shown.words.split("ほかに")[1])
    async with office.uow.read() as work:
        line = await work.consents.current(A.id, ConsentType.CHANNEL_LINE)
    assert line is not None and line.state is ConsentState.WITHDRAWN
    shown = await page.press("また おたよりを受けとる")
    assert await link_state(office) is LinkState.LINKED
    async with office.uow.read() as work:
        again = await work.consents.current(A.id, ConsentType.CHANNEL_LINE)
    assert again is not None and again.state is ConsentState.GIVEN and again.id != line.id
    assert again.scope == line.scope


async def test_after_a_stop_the_page_stays_for_a_while_and_no_longer(
    office: Office, page: OwnPage
) -> None:
    await page.press("やめる")
    office.clock.move(WAY_BACK - MINUTE)
    assert (await page.go()).status == 200
    office.clock.move(MINUTE)
    assert (await page.go()).status == 404


async def test_a_form_sent_twice_counts_once(office: Office, page: OwnPage) -> None:
    action, fields = form_with(page.shown.text, "送る")
    for _ in range(2):
        await page.browser.post(action, *(fields | {"words": "一度だけ"}).items())
    action, fields = form_with(page.shown.text, "人と話したい")
    for _ in range(2):
        shown = await page.browser.post(action, *fields.items())
    assert "もう受けとっています" in shown.words
    assert [text for _, text, _ in await replies(office)] == ["人と話したい", "一度だけ"]


async def test_a_form_of_another_page_or_of_nobody_does_nothing(
    office: Office, page: OwnPage, browser: Browser
) -> None:
    other = await way(office)
    _, fields = form_with((await browser.get(other)).text, "やめる")
    for mark in (fields["mark"], "", "x.y"):
        sent = await browser.post(f"{page.base}/press", ("mark", mark), ("press", "stop"))
        assert sent.status == 404
    assert await link_state(office) is LinkState.LINKED


async def test_own_words_can_be_taken_back_and_are_gone(office: Office, page: OwnPage) -> None:
    await page.press("送る", words="やっぱりなしで")
    shown = await page.press("取り消す")
    assert "やっぱり" not in shown.words
    assert await replies(office) == [(ReplyKind.TEXT, "", ReplyState.WITHDRAWN)]


async def test_a_sticker_is_an_answer_of_its_own(office: Office, page: OwnPage) -> None:
    shown = await page.press("おやすみ")
    assert await replies(office) == [(ReplyKind.STICKER, "おやすみ", ReplyState.KEPT)]
    assert 'class="sticker"' in shown.text


async def test_nothing_written_is_said_kindly_and_too_much_as_well(
    office: Office, page: OwnPage
) -> None:
    assert "まだ何も書かれていません" in (await page.press("送る", words="  ")).words
    assert "2000文字まで" in (await page.press("送る", words="あ" * 2001)).words
    assert await replies(office) == []


async def test_words_beside_a_photo_that_cannot_be_shown_are_not_lost(
    office: Office, page: OwnPage
) -> None:
    action, fields = form_with(page.shown.text, "送る")
    fields |= {"words": "雪が降りました"}
    shown = await page.browser.send(action, fields, file=("photo", b"no picture"))
    assert "言葉は受けとりました。写真は送れませんでした" in shown.words
    assert await replies(office) == [(ReplyKind.TEXT, "雪が降りました", ReplyState.KEPT)]
    shown = await page.browser.send(action, fields | {"words": ""}, file=("photo", b"no picture"))
    assert "この写真は送れませんでした" in shown.words
    assert len(await replies(office)) == 1


@pytest.mark.parametrize("refused", sorted(SAID_NO))
async def test_whatever_was_refused_has_its_sentence(page: OwnPage, refused: str) -> None:
    assert 'role="status"' in (await page.go(f"?no={refused}")).text


@pytest.mark.rule("G-03", "G-05", "G-19")
async def test_how_letters_come_is_chosen_by_one_tap_each(office: Office, page: OwnPage) -> None:
    await page.go("/wishes")
    await page.press("半分くらいに")
    await page.press("夜おそく(21:00〜2:00)")
    await page.press("届いてもいい")
    await page.press("足す", to="鉄道模型")
    shown = await page.press("やさしく、ふりがなつき")
    assert "<ruby>届<rp>(</rp><rt>とど</rt><rp>)</rp></ruby>" in shown.text
    async with office.uow.read() as work:
        person = await work.people.get(A.id)
    assert person.letter_wishes.take_every == 2
    assert person.letter_wishes.any_day
    assert (person.wakes and person.wakes.hour, person.sleeps and person.sleeps.hour) == (21, 2)
    assert person.language_style is LanguageStyle.YASASHII_RUBY
    assert "鉄道模型" in person.interests
    wished = [action for action, _ in await office.deeds() if action == "person.wishes_changed"]
    assert len(wished) == 5
    shown = await page.press("鉄道模型")
    async with office.uow.read() as work:
        assert "鉄道模型" not in (await work.people.get(A.id)).interests


@pytest.mark.rule("G-19")
async def test_readings_that_a_writer_noted_stand_above_the_words(
    office: Office, page: OwnPage
) -> None:
    await sent(office, "鈴木です。今日(きょう)は雨(あめ)です。")
    assert "今日(きょう)は" in (await page.go()).text
    await page.go("/wishes")
    await page.press("やさしく、ふりがなつき")
    assert "<rt>きょう</rt>" in (await page.go()).text


@pytest.mark.rule("C5")
async def test_what_was_agreed_to_is_there_and_can_be_taken_back(
    office: Office, page: OwnPage
) -> None:
    shown = await page.go("/about")
    assert "佐藤さん" in shown.words
    assert "LINE でおたよりを受けとること" in shown.words
    await page.press("取り消す")
    assert await link_state(office) is LinkState.UNLINKED_BY_PERSON
    assert "いまは何もありません" in (await page.go("/about")).words


async def test_one_leaves_at_once_to_an_address_that_says_nothing(page: OwnPage) -> None:
    left = await page.go("/away")
    assert (left.status, left.path) == (404, "/p/-")
    assert "いまは見られません" in left.words


@pytest.mark.rule("G-12")
async def test_with_a_pin_the_page_asks_first_under_a_harmless_name(
    office: Office, page: OwnPage
) -> None:
    await sent(office, "だれにも見えないことば")
    open_page = await page.go("/about")
    shown = await page.press("番号を決める", pin="１９４５")
    assert "番号をたずねます" in shown.words
    assert "だれにも" in (await page.go()).words, "the browser that set it need not show it"
    async with Browser(office.origin) as other:
        shut = await other.get(page.base)
        assert shut.status == 200 and "だれにも" not in shut.text
        assert f"<title>{TOWN.account_name}</title>" in shut.text
        assert "ちがうようです" in (await other.post(f"{page.base}/unlock", ("pin", "0000"))).words
        again = await other.get(f"{page.base}/unlock")
        assert "番号を入れてください" in again.words, "a browser comes back to where it stood"
        _, fields = form_with(open_page.text, "やめる")
        assert "みどり" in (await other.post(f"{page.base}/press", *fields.items())).words
        assert await link_state(office) is LinkState.LINKED
        opened = await other.post(f"{page.base}/unlock", ("pin", "1945"))
        assert "だれにも" in opened.words
        office.clock.move(timedelta(minutes=31))
        assert "だれにも" not in (await other.get(page.base)).text
    await page.browser.post(f"{page.base}/unlock", ("pin", "1945"))
    await page.go("/about")
    await page.press("番号をやめる")
    async with Browser(office.origin) as other:
        assert "だれにも" in (await other.get(page.base)).words


@pytest.mark.rule("G-12")
async def test_only_a_few_wrong_pins_may_be_tried(office: Office, page: OwnPage) -> None:
    await page.go("/about")
    await page.press("番号を決める", pin="1945")
    async with Browser(office.origin) as other:
        for _ in range(5):
            shown = await other.post(f"{page.base}/unlock", ("pin", "0000"))
        assert "しばらく番号を受けつけません" in shown.words
        right = await other.post(f"{page.base}/unlock", ("pin", "1945"))
        assert "しばらく" in right.words
        office.clock.move(timedelta(hours=1))
        assert "おたより" in (await other.post(f"{page.base}/unlock", ("pin", "1945"))).words


@pytest.mark.rule("G-12")
@pytest.mark.parametrize("pin", ["12", "1111", "123456789", "abcd"])
async def test_a_pin_that_is_none_is_refused(page: OwnPage, pin: str) -> None:
    await page.go("/about")
    assert "数字" in (await page.press("番号を決める", pin=pin)).words


@pytest.mark.rule("G-13", "G-19")
async def test_the_guide_stands_one_tap_away_with_readings_for_those_who_like_them(
    office: Office, page: OwnPage
) -> None:
    assert f'href="{page.base}/guide"' in page.shown.text
    shown = await page.go("/guide")
    for said in ("みどりのたより", "そのまま", "人と話したい", "8:30から 17:15まで", "119 か 110"):
        assert said in shown.words
    assert "<rt>" not in shown.text
    async with office.uow.write() as work:
        person = await work.people.get(A.id)
        style = LanguageStyle.YASASHII_RUBY
        await work.people.put(replace(person, language_style=style))
        await work.commit()
    assert "<ruby>休<rp>(</rp><rt>やす</rt>" in (await page.go("/guide")).text
