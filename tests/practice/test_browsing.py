"""The practice browser: reads a page as a person does and acts on it by visible label."""

from typing import Any
from urllib.parse import parse_qsl

import pytest

from bots.practice.browsing.browser import Answer, Browser
from bots.practice.browsing.reading import see
from bots.practice.refusals import NotPossible
from tests.practice.site import FORM, ORIGIN, Site, html, moved


@pytest.fixture
def site() -> Site:
    return Site(answers={"/form": html(FORM)})


async def opened(site: Site) -> Browser:
    browser = site.browser()
    await browser.open(f"{ORIGIN}/form")
    return browser


def test_a_page_is_what_a_person_sees_of_it() -> None:
    page = see(FORM, address="/form", status=200).as_json()
    assert page["title"] == "同意を記録する A-12"
    assert page["parts"][:3] == [
        {"kind": "link", "text": "A-12 にもどる"},
        {"kind": "heading", "text": "同意を記録する", "level": 1},
        {"kind": "notice", "text": "2か所、お確かめください。"},
    ]
    assert "見えません" not in page["text"]
    assert "p {}" not in page["text"]
    assert page["links"] == ["A-12 にもどる", "くわしく", "くわしく", "外のページ", "様式"]
    assert page["forms"][0]["buttons"] == ["同意を記録する", "下書きにする"]


def test_fields_are_known_by_their_visible_labels() -> None:
    fields = see(FORM, address="/form", status=200).as_json()["forms"][0]["fields"]
    assert [(each["label"], each["kind"], each["value"]) for each in fields] == [
        ("お名前", "text", "高橋"),
        ("ひとこと", "textarea", "一行目\n二行目"),
        ("日付", "date", ""),
        ("日時", "datetime-local", ""),
        ("回数", "number", "2"),
        ("種類", "select", "電話"),
        ("届け方", "checkboxes", "紙の手紙"),
        ("いつ", "radio", "すぐ"),
        ("まちがいありません", "checkbox", ""),
    ]
    assert fields[5]["options"] == ["お選びください", "訪問", "電話"]


async def test_a_form_is_filled_in_by_label_and_sent(site: Site) -> None:
    browser = await opened(site)
    values = {
        "お名前": "",
        "ひとこと": "一\n二",
        "日付": "2026-12-01",
        "日時": "2026-12-01 10:00",
        "回数": 3,
        "種類": "訪問",
        "届け方": ["LINE", "紙の手紙"],
        "いつ": "来週",
        "まちがいありません": "はい",
    }
    await browser.press("同意を記録する", values=values)
    sent = site.asked[-1]
    assert (sent.address, parse_qsl(sent.form or "", keep_blank_values=True)) == (
        "/s/do?of=1",
        [
            ("mark", "m1"),
            ("who", ""),
            ("words", "一\n二"),
            ("day", "2026-12-01"),
            ("moment", "2026-12-01T10:00"),
            ("times", "3"),
            ("kind", "a"),
            ("by", "line"),
            ("by", "paper"),
            ("when", "2"),
            ("sure", "yes"),
        ],
    )
    assert browser.sent is not None
    assert browser.sent["values"]["届け方"] == "LINE、紙の手紙"


async def test_what_was_not_touched_is_sent_as_it_stood(site: Site) -> None:
    browser = await opened(site)
    await browser.press("下書きにする", values={"届け方": [], "種類": ""})
    sent = dict(parse_qsl(site.asked[-1].form or "", keep_blank_values=True))
    assert (sent["who"], sent["draft"], sent["kind"]) == ("高橋", "1", "")
    assert "by" not in sent
    assert "sure" not in sent


@pytest.mark.parametrize(
    ("label", "values", "said", "there"),
    [
        ("ないボタン", {}, "「ないボタン」はこのページにありません。", "下書きにする"),
        ("同意を記録する", {"ない欄": "x"}, "「ない欄」という入力欄は", "お名前"),
        ("同意を記録する", {"種類": "メール"}, "「種類」に「メール」はありません。", "電話"),
        ("同意を記録する", {"種類": ["訪問", "電話"]}, "選べるのは一つだけ", "電話"),
        ("同意を記録する", {"届け方": "FAX"}, "「FAX」はありません。", "LINE"),
        ("同意を記録する", {"日付": "来週"}, "2026-11-30 の形で", "2026-11-30"),
        ("同意を記録する", {"日時": "10:00"}, "2026-11-30T10:00 の形で", "2026-11-30T10:00"),
        ("同意を記録する", {"回数": "たくさん"}, "3 の形で", "3"),
        ("同意を記録する", {"お名前": ["a", "b"]}, "入れられるのは一つだけ", None),
        ("同意を記録する", {"まちがいありません": "たぶん"}, "「はい」か「いいえ」", "はい"),
        ("A-12 にもどる", {"お名前": "x"}, "リンクで、入力欄がありません。", None),
        ("くわしく", {}, "いくつもあります", "西圏域 くわしく"),
        ("さがす", {}, "「さがす」を入れてください。", None),
        ("外のページ", {}, "外のページへのもの", None),
    ],
)
async def test_what_a_person_cannot_do_is_said_with_what_is_there(
    site: Site, label: str, values: dict[str, Any], said: str, there: str | None
) -> None:
    browser = await opened(site)
    with pytest.raises(NotPossible) as refusal:
        await browser.press(label, values=values)
    assert said in refusal.value.sentence
    assert there is None or there in refusal.value.labels
    assert len(site.asked) == 1


async def test_a_link_is_gone_through_to_the_form_that_it_leads_to(site: Site) -> None:
    link = '<a href="/form">同意を記録する(佐藤さん)</a> <a href="/s/cases/A-12">もどる</a>'
    site.answers["/way"] = html(link)
    browser = site.browser()
    await browser.open(f"{ORIGIN}/way")
    await browser.press("同意を記録する", values={"お名前": "x"}, through=True)
    assert dict(parse_qsl(site.asked[-1].form or ""))["who"] == "x"
    site.answers["/s/cases/A-12"] = html("<p>ここには何もありません</p>")
    await browser.open(f"{ORIGIN}/way")
    with pytest.raises(NotPossible, match="入力欄がありません"):
        await browser.press("もどる", values={}, through=True)


async def test_of_several_alike_the_one_beside_the_words_is_pressed(site: Site) -> None:
    browser = await opened(site)
    await browser.press("くわしく", values={}, where="東圏域")
    assert site.asked[-1].address == "/b"


async def test_a_get_form_puts_its_fields_into_the_address(site: Site) -> None:
    browser = await opened(site)
    await browser.press("さがす", values={"さがす": "西 一"})
    assert (site.asked[-1].address, site.asked[-1].form) == ("/find?q=%E8%A5%BF+%E4%B8%80", None)


async def test_cookies_come_back_and_end_with_the_practice_clock(site: Site) -> None:
    session = "staff=abc; Max-Age=1800; Path=/s; HttpOnly"
    site.answers["/s/open"] = moved("/s/cases/A-12", cookies=(session, "broken cookie[;"))
    browser = site.browser()
    await browser.open("/s/open")
    assert [each.cookie for each in site.asked] == ["", "staff=abc"]
    await browser.open("/elsewhere")
    assert site.asked[-1].cookie == ""
    site.walk(minutes=31)
    await browser.open("/s/cases/A-12")
    assert site.asked[-1].cookie == ""
    site.answers["/s/end"] = html("", cookies=("staff=; Max-Age=0; Path=/s",))
    await browser.open("/s/open")
    await browser.open("/s/end")
    await browser.open("/s/cases/A-12")
    assert site.asked[-1].cookie == ""


async def test_a_redirect_after_a_form_is_a_get_and_307_sends_again(site: Site) -> None:
    site.answers |= {"/s/do?of=1": moved("/again", status=307), "/again": moved("/done#here")}
    browser = await opened(site)
    await browser.press("同意を記録する", values={})
    again, done = site.asked[-2:]
    assert (again.address, again.form is not None) == ("/again", True)
    assert (done.address, done.form) == ("/done", None)


async def test_other_sites_and_endless_redirects_are_not_followed(site: Site) -> None:
    site.answers |= {"/out": moved("http://127.0.0.1:9/x"), "/round": moved("/round")}
    for address, said in (("/out", "外のページ"), ("/round", "移り続けます")):
        with pytest.raises(NotPossible, match=said):
            await site.browser().open(address)


async def test_a_file_is_received_and_the_page_stays(site: Site) -> None:
    site.answers["/file"] = Answer(status=200, kind="application/pdf", text="", file="様式.pdf")
    browser = await opened(site)
    await browser.press("様式", values={})
    assert (browser.file, browser.open_sight().title) == ("様式.pdf", "同意を記録する A-12")


async def test_without_a_page_nothing_can_be_pressed_and_a_closed_page_is_gone(site: Site) -> None:
    browser = await opened(site)
    browser.close()
    with pytest.raises(NotPossible, match="ページが開いていません"):
        await browser.press("同意を記録する", values={})


async def test_a_link_within_the_page_asks_for_nothing() -> None:
    site = Site(answers={"/": html('<a href="#down">下へ</a><p id="down">ここ</p>')})
    browser = site.browser()
    await browser.open("/")
    await browser.press("下へ", values={})
    assert len(site.asked) == 1


def test_an_item_has_one_bullet_and_a_link_is_known_without_its_count() -> None:
    seen = see(
        "<ul><li><p>一</p><p>二</p></li><li>三</li></ul>"
        '<dl><dt>地区</dt><dd>西圏域</dd></dl><a href="#r">返事<span>1</span></a>',
        address="/",
        status=200,
    )
    assert [(part.kind, part.text) for part in seen.parts] == [
        ("item", "一"),
        ("line", "二"),
        ("item", "三"),
        ("term", "地区"),
        ("line", "西圏域"),
        ("link", "返事1"),
    ]
    assert seen.presses[0].short == "返事"
