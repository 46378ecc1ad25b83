"""The guide for the person at home on the desk: on paper from both places, and as a leaflet."""

import aiohttp
import pypdfium2
import pytest

from bots.paper.guide_words import guide_title
from core.leaflets import LeafletState
from tests.bots.web.browser import Browser, Office
from tests.people import SUZUKI, TANAKA

FROM_CASE = "/s/cases/A-12/do/print-guide"
FROM_TOWN = "/s/town/do/print-guide"
ADD = "/s/town/do/add-guide"


async def printed(browser: Browser, path: str) -> tuple[bytes, dict[str, str]]:
    """The file that the form gives back."""
    form = await browser.get(path)
    mark = next(field for field in form.fields if field[0] == "mark")
    async with browser._http.post(browser.origin + path, data=aiohttp.FormData([mark])) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.read(), {name.lower(): value for name, value in answer.headers.items()}


@pytest.mark.rule("G-11")
@pytest.mark.parametrize("path", [FROM_CASE, FROM_TOWN])
async def test_it_is_printed_with_the_towns_name_and_nobodys(
    office: Office, browser: Browser, path: str
) -> None:
    await browser.open(office.link(staff=SUZUKI))
    pdf, headers = await printed(browser, path)
    assert headers["content-type"] == "application/pdf"
    assert headers["cache-control"] == "no-store"
    assert headers["content-disposition"] == 'inline; filename="tebiki.pdf"'
    document = pypdfium2.PdfDocument(pdf)
    words = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert len(document) == 2
    assert "みどりのたより" in words and "8:30" in words
    for told in ("A-12", SUZUKI.name, "支援", "相談", "市"):
        assert told not in words


@pytest.mark.rule("G-06", "G-20")
async def test_it_is_added_to_the_library_once_and_a_second_person_reads_it(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link(staff=SUZUKI))
    assert "てびきをちらしに加える" in (await browser.get("/s/town")).words
    form = await browser.get(ADD)
    mark = next(field for field in form.fields if field[0] == "mark")
    done = await browser.post(ADD, mark)
    assert f"「{guide_title()}」を登録しました" in done.words
    assert "てびきをちらしに加える" not in done.words
    async with office.uow.read() as work:
        (leaflet,) = await work.leaflets.all()
    assert (leaflet.state, len(leaflet.pages)) == (LeafletState.WAITING, 2)
    assert leaflet.issuer == "みどりのたより"
    assert "読まなくても 大丈夫" in leaflet.plain
    await browser.open(office.link(staff=TANAKA))
    assert f"ちらしを承認する({guide_title()})" in (await browser.get("/s/town")).words
