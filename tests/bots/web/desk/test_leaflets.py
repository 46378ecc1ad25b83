"""ちらし on the desk: added by one, read by another, chosen for somebody whom it may please."""

import re
from datetime import timedelta
from html import unescape

import pytest

from bots.line.bubbles import LinePress
from core.ids import LeafletId, LetterId
from core.leaflets import LeafletState
from core.letters import LetterKind, LetterState
from core.usecases.letters.approve_letter import approve_letter
from scheduler.deliver import Delivering
from tests.bots.web.browser import Browser, Office, Seen
from tests.databases import new_id
from tests.fakes import FakeLine, SetClock
from tests.files import pdf, png
from tests.library import EXHIBITION, on_show
from tests.midori import facts_of
from tests.people import A12, MONDAY, SATO, SUZUKI, TANAKA, TOKYO
from tests.proofs import PROOF

ADD = "/s/town/do/add-leaflet"
SAID = {
    "title": "みどり鉄道 写真展",
    "quiet_title": "鉄道の写真展",
    "issuer": "みどり市立図書館",
    "tags": "鉄道、写真",
    "valid_from": "2026-11-01",
    "valid_until": "2026-12-20",
    "plain": "駅と列車の写真を二十枚ならべます。",
    "public": "yes",
}


async def sent(browser: Browser, path: str, fields: dict[str, str], file: bytes = b"") -> Seen:
    """Open a form, fill it in and send it."""
    form = await browser.get(path)
    assert form.status == 200, form.words
    filled = dict(form.fields) | fields
    if file:
        assert 'enctype="multipart/form-data"' in form.text
        return await browser.send(path, filled, file=("pages", file))
    return await browser.post(path, *filled.items())


def link_to(seen: Seen, words: str) -> str:
    """Where the link leads whose text begins so; "" where there is none."""
    found = re.findall(r'<a href="([^"]+)">([^<]+)</a>', seen.text)
    return next((unescape(href) for href, text in found if unescape(text).startswith(words)), "")


async def leaflet_of(office: Office, leaflet_id: str) -> LeafletState:
    async with office.uow.read() as work:
        return (await work.leaflets.get(LeafletId(leaflet_id))).state


@pytest.mark.rule("R-023", "R-026", "G-20", "G-11")
async def test_from_the_file_to_the_persons_phone(office: Office, browser: Browser) -> None:
    """上げる, 承認する, 選ぶ, 承認する, 届く, 開く."""
    await browser.open(office.link(staff=SATO))
    added = await sent(browser, ADD, SAID, pdf(2))
    assert (added.path, "登録しました" in added.words) == ("/s/town", True), added.words
    assert link_to(added, "ちらしを承認する") == ""

    await browser.open(office.link(staff=TANAKA))
    town = await browser.get("/s/town")
    approve = link_to(town, "ちらしを承認する(みどり鉄道 写真展)")
    await browser.open(office.link(staff=TANAKA))
    shown = await browser.get(link_to(town, "みどり鉄道 写真展"))
    assert "承認待ち" in shown.words and shown.text.count('img class="sheet"') == 2
    status, picture, headers = await browser.bytes(f"{shown.path}/1.jpg")
    assert (status, headers["content-type"], picture[:2]) == (200, "image/jpeg", b"\xff\xd8")
    approved = await sent(browser, approve, {"read": "yes"})
    assert "承認しました" in approved.words

    case = await browser.open(office.link(staff=SUZUKI))
    choose = link_to(case, "ちらしを選ぶ(みどり鉄道 写真展、「鉄道」に合う)")
    form = await browser.get(choose)
    assert (
        "鈴木です。鉄道の写真展のちらしを見つけました。行っても行かなくても大丈夫です。"
        in form.text
    )
    body = re.search(r"<textarea[^>]*>([^<]*)</textarea>", form.text)
    assert body is not None
    written = await sent(browser, choose, {"body": body[1], "opens_at": "2026-11-30T11:00"})
    assert "承認を待っています" in written.words
    assert "鈴木からのおたより" in written.words
    assert link_to(written, "ちらしを選ぶ") == ""

    path = await delivered(office)
    page = await browser.get(path)
    assert "駅と列車の写真を二十枚ならべます。" in page.words
    assert (await browser.bytes(f"{path}/2-large.jpg"))[0] == 200

    case = await browser.open(office.link(staff=SUZUKI))
    stop = link_to(case, "ちらしのリンクを止める")
    assert "止めました" in (await sent(browser, stop, {})).words
    assert (await browser.get(path)).status == 404


async def delivered(office: Office) -> str:
    """佐藤 approves the letter that waits, it leaves, and this is the path of its link."""
    async with office.uow.read() as work:
        (letter,) = await work.letters.of_case(A12.id)
    await approve_letter(
        office.uow,
        letter_id=letter.id,
        version=letter.version,
        facts=await facts_of(office.uow),
        by=SATO.id,
        at=MONDAY,
        press=LinePress(public_url="https://tayori.example"),
        proof=PROOF,
    )
    office.clock.at = MONDAY + timedelta(hours=1)
    clock = SetClock(at=office.clock.at)
    line = FakeLine(clock=clock)
    await Delivering(office.uow, line, clock=clock, tz=TOKYO, new_lease=new_id).run()
    async with office.uow.read() as work:
        assert (await work.letters.get(LetterId(letter.id))).state is LetterState.SENT
    (took,) = line.took
    found = re.search(rb"https://tayori\.example(/l/[\w-]+)", took.request)
    assert found is not None
    return found[1].decode()


@pytest.mark.parametrize(
    ("file", "said"),
    [(b"no picture", "読み取れませんでした"), (pdf(9), "8ページまで")],
    ids=["unreadable", "pages"],
)
async def test_a_file_that_does_not_hold_costs_nothing_of_what_was_written(
    office: Office, browser: Browser, file: bytes, said: str
) -> None:
    await browser.open(office.link(staff=SATO))
    again = await sent(browser, ADD, SAID, file)
    assert again.status == 422
    assert said in again.words and "もう一度お選びください" in again.words
    for value in ("みどり鉄道 写真展", "駅と列車の写真を二十枚ならべます。"):
        assert value in again.text
    async with office.uow.read() as work:
        assert await work.leaflets.all() == ()


async def test_a_form_without_its_file_says_which_one_is_missing(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link(staff=SATO))
    again = await sent(browser, ADD, SAID)
    assert again.status == 422
    assert "「ちらしのファイル」をお選びください。" in again.words


@pytest.mark.rule("G-20")
async def test_words_that_press_are_refused_and_stay_to_be_changed(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link(staff=SATO))
    again = await sent(browser, ADD, SAID | {"plain": "先着二十名。お早めに。"}, png())
    assert again.status == 422
    assert "「先着、お早め」は、せかす言葉です" in again.words


@pytest.mark.rule("R-026")
async def test_what_meets_no_interest_is_chosen_with_a_reason(
    office: Office, browser: Browser
) -> None:
    await on_show(office.uow, title="料理の会", quiet_title="料理の会", tags=frozenset({"料理"}))
    case = await browser.open(office.link(staff=SUZUKI))
    assert link_to(case, "ちらしを選ぶ") == ""
    other = link_to(case, "わけを書いて、ほかのちらしを選ぶ")
    form = await browser.get(other)
    option = re.search(r'<option value="([^"]+)">料理の会</option>', form.text)
    assert option is not None
    told = {
        "leaflet": option[1],
        "body": "鈴木です。料理の会のちらしです。行っても行かなくても大丈夫です。",
        "opens_at": "2026-11-30T11:00",
    }
    without = await sent(browser, other, told)
    assert without.status == 422
    written = await sent(browser, other, told | {"reason": "台所の音が楽しいと話された"})
    assert "承認を待っています" in written.words
    async with office.uow.read() as work:
        (letter,) = await work.letters.of_case(A12.id)
    assert letter.kind is LetterKind.LEAFLET


async def test_a_new_edition_and_its_end(office: Office, browser: Browser) -> None:
    first = await on_show(office.uow)
    await browser.open(office.link(staff=SATO))
    town = await browser.get("/s/town")
    renew = link_to(town, f"ちらしの新しい版を作る({EXHIBITION.title})")
    form = await browser.get(renew)
    assert 'value="鉄道の写真展"' in form.text
    said = {key: value for key, value in SAID.items() if key != "public"}
    renewed = await sent(browser, renew, said | {"plain": "一階に移りました。", "news": "yes"})
    assert "第2版を登録しました" in renewed.words
    await browser.open(office.link(staff=TANAKA))
    town = await browser.get("/s/town")
    await sent(browser, link_to(town, "ちらしを承認する"), {"read": "yes"})
    assert await leaflet_of(office, first.id) is LeafletState.REPLACED
    town = await browser.get("/s/town")
    gone = await sent(browser, link_to(town, "ちらしを取り下げる"), {"why": "終わったため"})
    assert "取り下げました" in gone.words


async def test_a_leaflet_is_for_colleagues_with_a_session_only(
    office: Office, browser: Browser
) -> None:
    leaflet = await on_show(office.uow)
    for path in (f"/s/leaflets/{leaflet.id}", f"/s/leaflets/{leaflet.id}/1.jpg"):
        assert (await browser.get(path)).status == 404
