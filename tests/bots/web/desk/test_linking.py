"""LINE on the desk: a paper with a code, はい or ちがいます, and the reception desk."""

import re
from dataclasses import replace
from html import unescape

import aiohttp
import pypdfium2
import pytest

from bots.line.bubbles import LinePress
from bots.paper.link_paper import add_friend_url
from core.agencies import Role, Seat, Staff
from core.ids import LinkId
from core.inbound import Said
from core.people import LinkState, normal_code
from core.replies import ReplyKind
from tests.bots.web.browser import Browser, Office, Seen
from tests.fakes import Phone
from tests.people import A12, LINK_A, MONDAY, SUZUKI, TANAKA

PRINT = "/s/cases/A-12/do/print-link-paper"
NEW_PHONE = "U" + "7" * 32
STRANGER = "U" + "5" * 32


async def named(office: Office) -> None:
    async with office.uow.write() as work:
        await work.channel.note_basic_id("@123abcde", at=MONDAY)
        await work.commit()


def phone(office: Office) -> Phone:
    return Phone(uow=office.uow, press=LinePress())


async def says(office: Office, who: str, text: str, *, message_id: str) -> None:
    meaning = Said(kind=ReplyKind.TEXT, text=text, message_id=message_id)
    await phone(office).does(meaning, at=office.clock.now(), who=who)


def mark(page: Seen) -> tuple[str, str]:
    return next(field for field in page.fields if field[0] == "mark")


async def printed(browser: Browser, *fields: tuple[str, str]) -> tuple[bytes, dict[str, str]]:
    """The file that the form gives back."""
    form = await browser.get(PRINT)
    body = aiohttp.FormData([mark(form), *fields])
    async with browser._http.post(browser.origin + PRINT, data=body) as answer:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        assert answer.status == 200, await answer.text()
        return await answer.read(), headers


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    return str(document[0].get_textpage().get_text_bounded())


def codes_on(pdf: bytes) -> set[str]:
    found = re.findall(r"(?:[2-9A-HJ-KM-NP-Z]\s*){8}", words_of(pdf))
    return {code for text in found if (code := normal_code(re.sub(r"\s", "", text)))}


@pytest.mark.rule("C8", "G-11")
async def test_a_letter_is_printed_and_its_code_links(office: Office, browser: Browser) -> None:
    await named(office)
    await browser.open(office.link(staff=SUZUKI))
    pdf, headers = await printed(browser, ("form", "letter"), ("signed", "yes"))
    assert headers["content-type"] == "application/pdf"
    assert headers["cache-control"] == "no-store"
    assert headers["content-disposition"] == 'inline; filename="otayori.pdf"'
    words = words_of(pdf)
    assert "みどりのたより" in words and SUZUKI.name in words
    for told in ("A-12", "支援", "相談", "福祉", "ひきこもり", "市"):
        assert told not in words
    (code,) = codes_on(pdf)
    await says(office, NEW_PHONE, code.lower(), message_id="m1")
    async with office.uow.read() as work:
        link = await work.links.by_line_user(NEW_PHONE)
    assert link is not None and link.state is LinkState.LINKED


async def test_a_second_printing_ends_the_code_of_the_first(
    office: Office, browser: Browser
) -> None:
    await named(office)
    await browser.open(office.link(staff=SUZUKI))
    first, _ = await printed(browser, ("form", "card"))
    second, _ = await printed(browser, ("form", "cards"))
    (old,), (new,) = codes_on(first), codes_on(second)
    async with office.uow.write() as work:
        assert await work.links.code_of(old, at=MONDAY) is None
        assert await work.links.code_of(new, at=MONDAY) is not None


async def test_without_the_accounts_id_nothing_is_printed_and_no_code_is_made(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link(staff=SUZUKI))
    form = await browser.get(PRINT)
    again = await browser.post(PRINT, mark(form), ("form", "letter"))
    assert (again.status, "まだわかっていません" in again.words) == (422, True)
    async with office.uow.read() as work:
        entries = await work.audit.entries(limit=99)
    assert "link_code.issued" not in {entry.event.action for entry in entries}


def test_the_qr_leads_to_where_the_account_is_added() -> None:
    assert add_friend_url("@123abcde") == "https://line.me/R/ti/p/%40123abcde"


@pytest.mark.rule("C8")
async def test_yes_and_no_stand_on_the_page(office: Office, browser: Browser) -> None:
    async with office.uow.write() as work:
        unsure = replace(LINK_A, unconfirmed_since=MONDAY, version=2)
        assert await work.links.change(unsure, version=1)
        await work.commit()
    page = await browser.open(office.link(staff=SUZUKI))
    assert "確かめを待っています" in page.words
    assert "ちがいます、ご本人ではありません" in page.words
    path = f"/s/cases/A-12/do/confirm-link?of={LINK_A.id}"
    form = await browser.get(path)
    done = await browser.post(path, mark(form))
    assert "ご本人のLINEと確かめました" in done.words
    assert "確かめを待っています" not in done.words


async def test_unlinking_and_the_phone_by_forms(office: Office, browser: Browser) -> None:
    await browser.open(office.link(staff=SUZUKI))
    share = "/s/cases/A-12/do/share-phone"
    done = await browser.post(share, mark(await browser.get(share)))
    assert "あいさつだけを" in done.words
    unshare = "/s/cases/A-12/do/unshare-phone"
    done = await browser.post(unshare, mark(await browser.get(unshare)))
    assert "ご本人だけの電話" in done.words
    path = f"/s/cases/A-12/do/unlink-account?of={LINK_A.id}"
    done = await browser.post(path, mark(await browser.get(path)), ("reason", "WISH"))
    assert "LINEの番号を消しました" in done.words
    assert "LINE つながっていません" in done.words
    async with office.uow.read() as work:
        assert (await work.links.get(LinkId(LINK_A.id))).line_user_id == ""


async def coordinator(office: Office) -> Staff:
    """田中 minds the desk and works on A-12."""
    desk = replace(TANAKA, roles=TANAKA.roles | {Role.COORDINATOR})
    async with office.uow.write() as work:
        await work.staff.put(desk)
        await work.staff.put_seat(Seat(case_id=A12.id, staff_id=desk.id, role=Role.COORDINATOR))
        await work.commit()
    return desk


@pytest.mark.rule("R-001")
async def test_a_visitor_is_read_and_linked_on_the_towns_desk(
    office: Office, browser: Browser
) -> None:
    desk = await coordinator(office)
    await says(office, STRANGER, "この前の紙を見ました", message_id="m1")
    await browser.open(office.link(staff=desk))
    town = await browser.get("/s/town")
    assert "この前の紙を見ました" not in town.text
    path = re.search(r'href="(/s/town/visitors/[^"]+)"', town.text)
    assert path is not None
    seen = await browser.get(path.group(1))
    # What the phone of these tests has told is read by that phone alone.
    assert seen.status == 200
    link = re.search(r'href="(/s/town/do/link-visitor[^"]+)"', seen.text)
    assert link is not None
    form = await browser.get(unescape(link.group(1)))
    version = next(field for field in form.fields if field[0] == "version")
    done = await browser.post(unescape(link.group(1)), mark(form), version, ("alias", "A-12"))
    assert "A-12 の方のLINEとして記録し" in done.words


async def test_the_desk_is_not_everybodys(office: Office, browser: Browser) -> None:
    await says(office, STRANGER, "もしもし", message_id="m1")
    await browser.open(office.link(staff=SUZUKI))
    town = await browser.get("/s/town")
    assert "受付" not in town.words
    async with office.uow.read() as work:
        (visitor,) = await work.visitors.waiting(limit=9)
    hidden = await browser.get(f"/s/town/visitors/{visitor.id}")
    assert hidden.status == 404
