"""The person's own page on a phone of 390 px: in Chromium, with scripts and without, by night and
by day, with the keyboard, and through the eyes of a screen reader.

With YORISOI_SCREENSHOTS set to a folder, the pictures of docs/person.md are taken on the way.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from tests.journeys.practice_server import ask, practice
from tests.practice.chromium import chromium

pytestmark = pytest.mark.browser
PHONE: Final = {"width": 390, "height": 844}
AA: Final = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}
PAGES: Final = ("", "/around", "/wishes", "/about", "/guide")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with practice() as found:
        yield found


def phone(browser: Browser, *, scripts: bool = True, scheme: str = "light") -> Page:
    context = browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=scripts,
        locale="ja-JP",
        device_scale_factor=2,
    )
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    return opened


def way_of(address: str, name: str = "A") -> str:
    """おたより in the talk, then the button under the neutral line."""
    ask(address, f"/practice/phones/{name}/say", {"text": "おたより"})
    shown = ask(address, f"/practice/phones/{name}/tap", {"label": "ページをひらく"})
    assert shown["page"]["title"] == shown["account"]
    assert "/p/" not in " ".join(message["text"] for message in shown["messages"])
    ask(address, f"/practice/phones/{name}/leave", {})
    return str(shown["opened_url"])


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("YORISOI_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")


def faults(page: Page) -> str:
    """What axe finds against WCAG 2.2 AA."""
    found = Axe().run(page, options=AA)
    return "" if found.violations_count == 0 else str(found.generate_report())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_readable_for_everybody(address: str, browser: Browser, scheme: str) -> None:
    """The same bytes stand there without scripts; axe itself needs them to look around."""
    way, page = way_of(address), phone(browser, scheme=scheme)
    elsewhere: list[str] = []
    weight: list[int] = []

    def look(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            elsewhere.append(request.url)

    page.on("request", look)
    page.on("response", lambda answer: weight.append(len(answer.body())))
    for at in PAGES:
        page.goto(way + at)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert faults(page) == ""
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], f"{at} scrolls sideways: {wide}"
    assert not elsewhere
    assert sum(weight) < 100_000
    page.goto(f"{address}/p/guessed")
    assert faults(page) == ""
    page.context.close()


@pytest.mark.rule("G-13")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_night_on_the_page(address: str, browser: Browser, *, scripts: bool) -> None:
    way, page = way_of(address), phone(browser, scripts=scripts, scheme="dark")
    page.goto(way)
    page.get_by_text("ひとこと書く").click()
    page.get_by_label("書きたいときだけ、ここに").fill("眠れません")
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_role("status")).to_contain_text("受けとりました")
    expect(page.get_by_role("article").first).to_contain_text("眠れません")
    page.get_by_role("button", name="3か月").click()
    expect(page.get_by_role("status")).to_contain_text("お休みします")
    picture(page, "person-night")
    page.get_by_role("button", name="休むのを終わりにする").click()
    page.get_by_role("button", name="やめる").click()
    expect(page.get_by_role("status")).to_contain_text("送るのをやめます")
    page.get_by_role("button", name="また おたよりを受けとる").click()
    expect(page.get_by_role("button", name="やめる")).to_be_visible()
    page.get_by_role("article").first.get_by_role("button", name="取り消す").click()
    expect(page.get_by_text("眠れません")).to_have_count(0)
    page.get_by_role("link", name="すぐに閉じる").click()
    expect(page.get_by_role("heading")).to_have_text("このページは、いまは見られません")
    assert page.url.endswith("/p/-")
    page.context.close()


def test_with_scripts_leaving_leaves_no_way_back(address: str, browser: Browser) -> None:
    way, page = way_of(address), phone(browser)
    page.goto(f"{address}/p/-")
    page.goto(way)
    page.get_by_role("link", name="すぐに閉じる").click()
    page.wait_for_url("**/p/-")
    page.go_back()
    assert page.url.endswith("/p/-")
    page.context.close()


def test_all_of_it_goes_by_keyboard(address: str, browser: Browser) -> None:
    way, page = way_of(address), phone(browser)
    page.goto(way)
    page.get_by_text("ひとこと書く").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("キーボードから")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="送る")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("受けとりました")
    page.context.close()


def test_what_a_screen_reader_hears_has_names_and_places(address: str, browser: Browser) -> None:
    way, page = way_of(address), phone(browser)
    page.goto(f"{way}/wishes")
    expect(page.get_by_role("navigation", name="ページ")).to_be_visible()
    expect(page.get_by_role("link", name="届き方")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("heading", level=1)).to_have_text("おたよりの届き方")
    often = page.get_by_role("button", name="半分くらいに")
    expect(often).to_have_attribute("aria-pressed", "false")
    often.click()
    expect(page.get_by_role("button", name="半分くらいに")).to_have_attribute(
        "aria-pressed", "true"
    )
    picture(page, "person-wishes")
    page.get_by_role("button", name="やさしく、ふりがなつき").click()
    expect(page.locator("ruby").first).to_be_visible()
    assert faults(page) == ""
    page.locator('a[href$="/guide"]').click()
    expect(page.get_by_role("heading", level=1)).to_have_text("おたよりの てびき")
    expect(page.get_by_role("term")).to_have_count(5)
    assert faults(page) == ""
    picture(page, "person-guide")
    page.goto(f"{way}/wishes")
    page.get_by_role("button", name="ふつう").click()
    expect(page.locator("ruby")).to_have_count(0)
    page.context.close()


@pytest.mark.rule("G-15")
def test_a_letter_and_an_answer_lie_in_one_quiet_talk(address: str, browser: Browser) -> None:
    way, page = way_of(address), phone(browser)
    page.goto(way)
    expect(page.get_by_role("main")).not_to_contain_text("未読")
    picture(page, "person-page")
    page.context.close()


def shown(address: str, name: str) -> Any:
    return ask(address, f"/practice/phones/{name}")


@pytest.mark.rule("G-12")
def test_a_shared_phone_shows_a_harmless_name_and_asks_first(
    address: str, browser: Browser
) -> None:
    way, page = way_of(address), phone(browser)
    page.goto(f"{way}/about")
    page.get_by_label("番号", exact=True).fill("2480")
    page.get_by_role("button", name="番号を決める").click()
    expect(page.get_by_role("status")).to_contain_text("番号をたずねます")
    other = phone(browser)
    other.goto(way)
    assert other.title() == shown(address, "A")["account"]
    assert faults(other) == ""
    other.get_by_label("番号を入れてください").fill("2480")
    other.get_by_role("button", name="ひらく").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("おたより")
    other.goto(f"{way}/about")
    other.get_by_role("button", name="番号をやめる").click()
    expect(other.get_by_role("status")).to_contain_text("たずねません")
    page.context.close()
    other.context.close()
