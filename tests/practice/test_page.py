"""The practice page in a real browser, by visible labels and roles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.practice.chromium import chromium
from tests.practice.stage_fakes import LETTER
from tests.practice.stage_house import Scene, make_scene, served

pytestmark = pytest.mark.browser
AUDIT = (Path(__file__).parent / "page_audit.js").read_text(encoding="utf-8")
WORD = "寒くなってきましたね。"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@dataclass
class Visit:
    """Somebody at the practice page."""

    page: Page
    scene: Scene
    trouble: list[str]

    @property
    def phone(self) -> Locator:
        return self.page.get_by_role("region", name="電話 (LINE)")

    @property
    def slack(self) -> Locator:
        return self.page.get_by_role("region", name="Slack")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    with visiting(browser) as found:
        yield found


class visiting:
    """A visit in its own browser window; ends by asking that nothing went wrong in it."""

    def __init__(
        self,
        browser: Browser,
        *,
        width: int = 1280,
        height: int = 800,
        scheme: Literal["light", "dark"] = "light",
    ) -> None:
        self._scene = make_scene()
        self._served = served(self._scene.app)
        self._context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
        )

    def __enter__(self) -> Visit:
        address = self._served.__enter__()
        page = self._context.new_page()
        page.set_default_timeout(10_000)
        self._visit = Visit(page=page, scene=self._scene, trouble=[])
        trouble = self._visit.trouble
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
        page.on(
            "request", lambda asked: trouble.append(asked.url) if address not in asked.url else None
        )
        page.goto(f"{address}/practice")
        expect(page.get_by_role("heading", name="わたしの案件")).to_be_visible()
        return self._visit

    def __exit__(self, *raised: object) -> None:
        self._context.close()
        self._served.__exit__(None, None, None)
        if raised[0] is None:
            # A refusal of the driver is logged by the browser too; it is what some tests ask for.
            assert [each for each in self._visit.trouble if "status of 4" not in each] == []


def test_the_first_ten_minutes(visit: Visit) -> None:
    visit.press("そこへ案内する")
    expect(visit.page.get_by_role("button", name="承認する")).to_be_focused()
    visit.press("承認する")
    expect(visit.slack.get_by_text("予約中")).to_be_visible()
    visit.press("翌朝 10:00")
    expect(visit.phone.get_by_role("article").get_by_text(WORD)).to_be_visible()
    expect(visit.page.get_by_role("region", name="時計")).to_contain_text("11月24日(火) 10:00")
    visit.press("スタンプ")
    visit.press("スタンプ お茶")
    expect(visit.phone.get_by_role("img", name="スタンプ お茶")).to_be_visible()
    expect(visit.slack.get_by_role("article").last).to_contain_text("返事が届いています (A-12)")
    expect(visit.page.get_by_role("status")).to_contain_text("Aさんがスタンプを送りました")
    visit.slack.get_by_role("button", name="ホーム").click()
    expect(visit.page.get_by_role("region", name="はじめの一歩")).to_contain_text("ひととおり")


def test_the_same_by_keyboard_alone(visit: Visit) -> None:
    keys = visit.page.keyboard
    reach(visit, "button", "Yorisoi")
    keys.press("Enter")
    reach(visit, "button", "直して返す")
    keys.press("Enter")
    form = visit.page.get_by_role("dialog", name="おたよりを書く")
    expect(form.get_by_label("だれに")).to_be_focused()
    keys.press("Tab")
    keys.type("寒いですね。")
    keys.press("Escape")
    expect(form).to_be_hidden()
    expect(visit.page.get_by_role("button", name="直して返す")).to_be_focused()
    keys.press("Shift+Tab")
    keys.press("Space")
    expect(visit.slack.get_by_text("予約中")).to_be_visible()
    assert visit.page.evaluate("document.activeElement !== document.body")


def reach(visit: Visit, role: Literal["button"], name: str) -> None:
    """Press Tab until the focus is there, and see that the focus shows."""
    target = visit.page.get_by_role(role, name=re.compile(f"^{name}"))
    target.wait_for()
    for _ in range(60):
        visit.page.keyboard.press("Tab")
        if target.evaluate("each => each === document.activeElement"):
            assert target.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
            return
    pytest.fail(f"{name} cannot be reached by Tab")


def test_a_form_keeps_what_was_written_and_shows_what_is_missing(visit: Visit) -> None:
    words = visit.page.get_by_label("メッセージかコマンド")
    words.fill("/otayori A-12")
    words.press("Enter")
    form = visit.page.get_by_role("dialog", name="おたよりを書く")
    form.get_by_label("だれに").select_option("B-07")
    form.get_by_label("居場所カフェの案内").check()
    form.get_by_label("紙の手紙").check()
    visit.press("承認をお願いする")
    missing = form.get_by_label("おたよりの言葉")
    expect(form.get_by_text("おたよりの言葉を書いてください。")).to_be_visible()
    expect(missing).to_be_focused()
    expect(missing).to_have_attribute("aria-invalid", "true")
    expect(form.get_by_label("だれに")).to_have_value("B-07")
    missing.fill("お変わりありませんか。")
    missing.press("Control+Enter")
    expect(form).to_be_hidden()
    sent = [act for act in visit.scene.slack.acts if act[0] == "submit"]
    assert sent[-1][2] == {"おたよりの言葉": "お変わりありませんか。"}
    assert sent[0][2] == {
        "だれに": "B-07",
        "届け方": "紙の手紙",
        "そえるもの": ["居場所カフェの案内"],
    }


def test_one_phone_and_one_desk_at_a_time(visit: Visit) -> None:
    visit.phone.get_by_role("button", name="B", exact=True).click()
    expect(visit.phone.get_by_role("button", name="B", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    visit.phone.get_by_label("メッセージ").fill("<b>こんばんは</b>")
    visit.phone.get_by_role("button", name="送信").click()
    expect(visit.phone.get_by_text("<b>こんばんは</b>")).to_be_visible()
    visit.slack.get_by_role("button", name="田中").click()
    visit.slack.get_by_role("button", name="#outreach").click()
    expect(visit.slack.get_by_text("ここにはまだ投稿がありません。")).to_be_visible()


def test_the_phone_can_take_back_block_and_come_back(visit: Visit) -> None:
    visit.phone.get_by_label("メッセージ").fill("まちがえました")
    visit.phone.get_by_label("メッセージ").press("Enter")
    visit.phone.get_by_role("article").hover()
    visit.press("送信取消")
    expect(visit.phone.get_by_text("送信を取り消しました")).to_be_visible()
    visit.phone.get_by_title("アカウントのメニュー").click()
    visit.press("このアカウントをブロックする")
    expect(visit.phone.get_by_text("このアカウントをブロックしています。")).to_be_visible()
    visit.press("解除する")
    expect(visit.phone.get_by_text("このアカウントをブロックしています。")).to_be_hidden()


def test_the_lock_screen_shows_what_others_could_see(visit: Visit) -> None:
    visit.scene.line.phones.get("A").receive(LETTER)
    visit.press("ロック画面 (1)")
    notices = visit.phone.get_by_role("list", name="ロック画面のお知らせ")
    expect(notices).to_contain_text(WORD)
    notices.get_by_role("button").click()
    expect(visit.phone.get_by_role("article").get_by_text(WORD)).to_be_visible()
    expect(visit.phone.get_by_role("button", name="ロック画面", exact=True)).to_be_visible()


def test_a_link_is_shown_before_it_is_followed(visit: Visit) -> None:
    visit.press("おたより")
    dialog = visit.page.get_by_role("dialog", name="リンクが開かれます")
    expect(dialog).to_contain_text("https://tayori.example/p/letters")
    visit.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_confirm_dialog_asks_first(visit: Visit) -> None:
    visit.slack.get_by_role("button", name=re.compile("^Yorisoi")).click()
    stop = visit.slack.get_by_role("button", name="やめる", exact=True)
    stop.click()
    dialog = visit.page.get_by_role("dialog", name="このおたよりをやめますか")
    dialog.get_by_role("button", name="もどる").click()
    assert not visit.scene.slack.withdrawn
    stop.click()
    dialog.get_by_role("button", name="取りやめる").click()
    expect(visit.slack.get_by_text("取りやめました")).to_be_visible()


def test_an_answer_for_one_s_own_eyes_is_shown_where_it_stands(visit: Visit) -> None:
    words = visit.page.get_by_label("メッセージかコマンド")
    words.fill("/renraku B-07")
    words.press("Enter")
    expect(visit.slack.get_by_text("あなただけに表示されています")).to_be_visible()
    expect(visit.slack.get_by_text("B-07 への接触を記録しました。")).to_be_visible()


def test_what_does_not_work_here_is_said_in_words(visit: Visit) -> None:
    words = visit.page.get_by_label("メッセージかコマンド")
    words.fill("/nani")
    words.press("Enter")
    expect(visit.page.get_by_role("alert")).to_contain_text("そのコマンドは使えません。")
    expect(words).to_have_value("/nani")


def test_the_clock_moves_to_an_exact_time_and_never_back(visit: Visit) -> None:
    visit.page.get_by_text("日時を選ぶ").click()
    visit.page.get_by_label("日付").fill("2026-12-01")
    visit.page.get_by_label("時刻").fill("08:45")
    visit.press("この日時まで進める")
    expect(visit.page.get_by_role("region", name="時計")).to_contain_text("12月1日(火) 08:45")
    visit.page.get_by_text("日時を選ぶ").click()
    visit.page.get_by_label("日付").evaluate("each => { each.min = ''; }")
    visit.page.get_by_label("日付").fill("2026-11-01")
    visit.press("この日時まで進める")
    expect(visit.page.get_by_role("alert")).to_contain_text("時計は戻せません。")


def test_the_card_of_first_steps_can_be_put_away(visit: Visit) -> None:
    before = visit.phone.bounding_box()
    visit.press("しまう")
    expect(visit.page.get_by_role("region", name="はじめの一歩")).to_be_hidden()
    after, strip = visit.phone.bounding_box(), visit.page.get_by_role("contentinfo").bounding_box()
    assert before and after and strip
    assert after["height"] > before["height"]
    assert (strip["y"] + strip["height"], strip["height"] < 60) == (800, True)


def test_a_failure_is_planned_and_cleared(visit: Visit) -> None:
    visit.page.get_by_text("通信の失敗").click()
    visit.page.get_by_label("相手").select_option("Slack")
    visit.page.get_by_label("起こること").select_option("届いた後、返事の前に切れる")
    visit.press("次の通信から効かせる")
    expect(visit.page.get_by_role("list", name="予定している失敗")).to_contain_text("Slack すべて")
    assert visit.scene.faults.planned()[0].drop == "after"
    visit.press("すべて取り消す")
    expect(visit.page.get_by_role("list", name="予定している失敗")).to_be_hidden()
    assert visit.scene.faults.planned() == ()


def test_what_comes_by_itself_appears_by_itself(visit: Visit) -> None:
    visit.scene.slack.tell("佐藤", "返事が届いています (A-12)")
    expect(visit.slack.get_by_text("返事が届いています (A-12)")).to_be_visible()
    expect(visit.slack.get_by_role("button", name="Yorisoi 新着2件")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1440, 900)])
def test_it_can_be_read_and_reached_by_everybody(
    browser: Browser, width: int, height: int, scheme: Literal["light", "dark"]
) -> None:
    with visiting(browser, width=width, height=height, scheme=scheme) as visit:
        visit.scene.line.phones.get("A").receive(LETTER, quick=("ありがとう", "少し休む"))
        visit.phone.get_by_label("メッセージ").fill("はい")
        visit.phone.get_by_label("メッセージ").press("Enter")
        expect(visit.phone.get_by_text("はい", exact=True)).to_be_visible()
        assert visit.page.evaluate(AUDIT) == []
        visit.page.get_by_text("通信の失敗").click()
        visit.page.get_by_text("さっき起きたこと").click()
        assert visit.page.evaluate(AUDIT) == []
        visit.press("ロック画面")
        visit.slack.get_by_role("button", name=re.compile("^Yorisoi")).click()
        visit.press("直して返す")
        visit.press("承認をお願いする")
        expect(visit.page.get_by_text("おたよりの言葉を書いてください。")).to_be_visible()
        assert visit.page.evaluate(AUDIT) == []
        assert visit.page.evaluate("document.getAnimations().length") == 0
