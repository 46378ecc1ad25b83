"""On the case's page: ending the links to a person's own page, and its PIN."""

import pytest

from tests.bots.web.browser import Browser, Office
from tests.bots.web.own_page import at_home, form_with
from tests.people import SATO


async def done(office: Office, browser: Browser, deed: str, **fills: str) -> str:
    """Open the case, take the deed, and what the page says then."""
    await browser.open(office.link())
    shown = await browser.get(f"/s/cases/A-12/do/{deed}")
    assert shown.status == 200, shown.words
    fields = dict(shown.fields) | fills
    return (await browser.post(f"/s/cases/A-12/do/{deed}", *fields.items())).words


@pytest.mark.rule("G-12")
async def test_a_lost_phone_opens_nothing_any_more(office: Office, browser: Browser) -> None:
    page = await at_home(office, browser)
    assert page.shown.status == 200
    assert "リンクを閉じました" in await done(office, browser, "close-page")
    assert (await page.go()).status == 404
    assert ("page.closed", SATO.id) in await office.deeds()
    assert "ありませんでした" in await done(office, browser, "close-page")


@pytest.mark.rule("G-12")
async def test_a_colleague_settles_a_pin_and_takes_it_off(office: Office, browser: Browser) -> None:
    page = await at_home(office, browser)
    assert "同じ数字だけ" in await done(office, browser, "set-page-pin", pin="1111")
    said = await done(office, browser, "set-page-pin", pin="4071")
    assert "番号を決めました" in said and "4071" not in said
    assert "番号を入れてください" in (await page.go()).words
    opened = await browser.post(f"{page.base}/unlock", ("pin", "4071"))
    assert form_with(opened.text, "送る")
    assert "たずねないことにしました" in await done(office, browser, "take-page-pin-off")
    async with Browser(office.origin) as other:
        assert "ひとこと書く" in (await other.get(page.base)).words
