"""The whole path clicked through in a browser, by what can be read on the screen.

With YORISOI_SCREENSHOTS set to a folder, the pictures of docs/images are taken on the way.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.practice_server import practice
from tests.practice.chromium import chromium

pytestmark = pytest.mark.browser
AUDIT = (Path(__file__).parents[1] / "practice" / "page_audit.js").read_text(encoding="utf-8")
LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with practice() as address:
        context = browser.new_context(viewport=LAPTOP, reduced_motion="reduce", locale="ja-JP")  # type: ignore[arg-type]
        opened = context.new_page()
        opened.set_default_timeout(15_000)
        opened.goto(f"{address}/practice")
        yield opened
        context.close()


def picture(page: Page, name: str) -> None:
    """Take a picture for the docs, when somebody asked for pictures."""
    folder = os.environ.get("YORISOI_SCREENSHOTS")
    if folder:
        page.wait_for_timeout(400)
        page.screenshot(path=Path(folder) / f"{name}.png")


def phone_of(page: Page) -> Locator:
    return page.get_by_role("region", name="電話 (LINE)")


def slack_of(page: Page) -> Locator:
    return page.get_by_role("region", name="Slack")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


@pytest.mark.rule("S2")
@pytest.mark.rule("S4")
def test_the_first_ten_minutes(page: Page) -> None:
    expect(page.get_by_text("佐藤さんとして、A-12 へのおたよりを承認してみる")).to_be_visible()
    picture(page, "practice")
    slack_of(page).get_by_text("Yorisoi", exact=True).last.click()
    slack = slack_of(page)
    expect(slack.get_by_text("A-12 おたよりの承認")).to_be_visible()
    picture(page, "approval")
    slack.get_by_role("button", name="承認する").last.click()
    expect(slack.get_by_text("予約中").first).to_be_visible()
    picture(page, "scheduled")
    press(page, "+1時間")
    phone = phone_of(page)
    expect(phone.get_by_text("お返事はなくて大丈夫です").first).to_be_visible()
    expect(slack.get_by_text("送信済み(受付)").first).to_be_visible()
    for label in ("そのまま", "少し休む", "やめる", "人と話したい"):
        # The menu at the foot of the phone has three of them as well.
        offered = phone.get_by_role("group", name="返事の候補")
        expect(offered.get_by_role("button", name=label)).to_be_visible()
    picture(page, "arrived")
    phone.get_by_role("textbox").fill("窓の外を、久しぶりに見ました。")
    phone.get_by_role("button", name="送信").click()
    expect(slack.get_by_text("返事が届いています (A-12)").first).to_be_visible()
    expect(slack).not_to_contain_text("窓の外")
    picture(page, "answered")
    slack.locator("button:visible", has_text="案件を開く").last.click()
    with page.context.expect_page() as opened:
        page.get_by_role("dialog").get_by_text("ページを開く", exact=True).click()
    story = opened.value
    story.set_viewport_size(PHONE)  # type: ignore[arg-type]
    story.get_by_role("button", name="開く").click()
    expect(story.get_by_text("窓の外を、久しぶりに見ました。")).to_be_visible()
    expect(story.get_by_text("鈴木").first).to_be_visible()
    picture(story, "story")


@pytest.mark.rule("G-13")
def test_rest_with_one_tap(page: Page) -> None:
    slack_of(page).get_by_text("Yorisoi", exact=True).last.click()
    slack_of(page).get_by_role("button", name="承認する").last.click()
    expect(slack_of(page).get_by_text("予約中").first).to_be_visible()
    press(page, "+1時間")
    phone = phone_of(page)
    phone.get_by_role("group", name="返事の候補").get_by_role("button", name="少し休む").click()
    expect(phone.get_by_text("1か月お休みします").last).to_be_visible()
    press(page, "+1か月")
    expect(page.get_by_text("12月30日")).to_be_visible()
    picture(page, "resting")


def card_of(page: Page) -> Locator:
    return page.get_by_role("region", name="物語")


def choose_story(page: Page, name: str) -> None:
    page.get_by_text("物語", exact=True).click()
    page.get_by_role("button", name=name).click()
    page.get_by_role("dialog").get_by_role("button", name="はじめる").click()
    expect(card_of(page).get_by_text(re.compile("^0 / "))).to_be_visible()


def test_a_story_is_chosen_and_played_step_by_step(page: Page) -> None:
    press(page, "+1日")
    choose_story(page, "はじめのおたより")
    clock = page.get_by_role("region", name="時計")
    expect(clock).to_contain_text("11月30日(月) 09:30")
    expect(page.get_by_role("region", name="はじめの一歩")).to_be_hidden()
    expect(page.get_by_role("button", name="次へ")).to_be_focused()
    press(page, "次へ")
    expect(card_of(page)).to_contain_text("佐藤さんが「承認する」を押しました")
    expect(card_of(page)).to_contain_text("佐藤さんの画面に「予約中」があります")
    expect(slack_of(page).get_by_text("予約中").last).to_be_visible()
    page.keyboard.press("Enter")
    expect(clock).to_contain_text("12月1日(火)")
    press(page, "次へ")
    expect(phone_of(page).get_by_text("窓の外を、久しぶりに見ました。").last).to_be_visible()
    expect(slack_of(page)).not_to_contain_text("窓の外")
    press(page, "次へ")
    sheet = page.get_by_role("region", name="職員のページ")
    expect(sheet.get_by_text("窓の外を、久しぶりに見ました。")).to_be_visible()
    assert page.evaluate(AUDIT) == []
    picture(page, "story-page")
    sheet.get_by_role("button", name="しまう").click()
    expect(sheet).to_be_hidden()
    expect(page.get_by_role("button", name="職員のページ")).to_be_focused()
    press(page, "職員のページ")
    expect(sheet).to_be_visible()
    press(page, "次へ")
    expect(card_of(page)).to_contain_text("すべて、物語のとおりになりました")
    expect(page.get_by_role("button", name="はじめから")).to_be_focused()
    press(page, "やめる")
    expect(card_of(page)).to_be_hidden()
    expect(phone_of(page).get_by_text("窓の外を、久しぶりに見ました。").last).to_be_visible()


def test_a_story_plays_on_to_its_end(page: Page) -> None:
    choose_story(page, "書く、承認する、少し休む")
    for number in (1, 2, 3):
        page.keyboard.press("Enter")
        expect(card_of(page).get_by_text(f"{number} / 8")).to_be_visible()
        expect(page.get_by_role("button", name="次へ")).to_be_focused()
    press(page, "最後まで")
    expect(card_of(page)).to_contain_text("おわりです。", timeout=60_000)
    expect(card_of(page)).to_contain_text("すべて、物語のとおりになりました")
    expect(phone_of(page).get_by_text("ひさしぶりです").last).to_be_visible()
    press(page, "はじめから")
    expect(card_of(page).get_by_text("0 / 8")).to_be_visible()
