"""What a town may turn on, from outside: over HTTP and both platforms, by what stands on screens.

One practice town that allows what the usual one does not: reasons for stopped words, own
approvals of 佐藤, and 山本 who is new. Each test has days of its own, the last two walk the clock.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.journeys.practice_server import ask, practice, send

CHECKOUT = Path(__file__).resolve().parents[2]
SHIPPED = CHECKOUT / "bots" / "town" / "shipped"
STOPPED = "鈴木です。15日までにお返事をください。"
WHY = "期限のある用事のときは日を書いてほしいと、本人から頼まれました"
LATE = "鈴木です。川の水が、少し冷たくなりました。返事はいりません。"
NOTICE = "みどりのたよりです。水は、駅前の水くみ場にもあります。お返事はいりません。"
ARREARS = "固定資産税が2期分"
MONDAY = "2026-11-30"


def _days_on(told: re.Match[str]) -> str:
    """A moment of the town file, counted from the day on which the story begins."""
    return f"{date.fromisoformat(MONDAY) + timedelta(days=int(told[1]))} {told[2]}"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """みどり市, where reasons, own approvals and a new colleague are turned on."""
    home = tmp_path_factory.mktemp("town")
    profile = (CHECKOUT / "core" / "presets" / "midori.toml").read_text(encoding="utf-8")
    head, _, tables = profile.partition("[[bodies]]")
    lenient = f'{head}[wording]\nexcusable = ["L1", "L3"]\n\n[[bodies]]{tables}'
    (home / "own.toml").write_text(lenient, encoding="utf-8")
    told = (SHIPPED / "practice.yaml").read_text(encoding="utf-8")
    for was, now in (
        ("profile: midori", "profile: own.toml"),
        ("  longest: 120", "  longest: 120\n  self_approval: true"),
        ("  - code: 佐藤\n", "  - code: 佐藤\n    approves_own: true\n"),
        ("  - code: 山本\n", "  - code: 山本\n    novice: true\n"),
        ("    locale: en\n", ""),
        ("file: leaflets/", f"file: {SHIPPED}/leaflets/"),
    ):
        assert was in told
        told = told.replace(was, now)
    told = re.sub(r"\+(\d+)d (\d\d:\d\d)", _days_on, told)
    file = home / "midori.yaml"
    file.write_text(re.sub(r"\+(\d+)d$", "2027-03-31", told, flags=re.M), encoding="utf-8")
    with practice(town=file) as address:
        yield address


def page(town: str, who: str, alias: str, label: str, fill: dict[str, Any]) -> Any:
    """Open the case's page and send one of its forms."""
    opened = ask(town, f"/practice/pages/{who}/case", {"alias": alias})
    assert "error" not in opened, opened
    return ask(town, f"/practice/pages/{who}/press", {"label": label, "fill": fill})


def write(town: str, who: str, words: str, *, on: str, alias: str = "A-12") -> str:
    """Write a letter in Slack; what its form shows afterwards, "" once it is closed."""
    ask(town, f"/practice/slack/{who}/command", {"command": "/otayori", "text": alias})
    given = {"おたよりの言葉": words, "届ける日": on, "届ける時刻(日本時間)": "10:30"}
    return form(ask(town, f"/practice/slack/{who}/submit", given))


def form(screen: Any) -> str:
    """The texts of the form in front of somebody, "" without one."""
    assert "error" not in screen, screen
    return json.dumps(screen.get("modal") or "", ensure_ascii=False).strip('"')


def desk(town: str, who: str, label: str, fill: dict[str, Any] | None) -> Any:
    """Open the town's desk and send one of its forms; None only opens it."""
    ask(town, f"/practice/slack/{who}/open", {"what": "home"})
    ask(town, f"/practice/pages/{who}/visit", {"label": "町の机を開く"})
    filled = {} if fill is None else {"fill": fill}
    return ask(town, f"/practice/pages/{who}/press", {"label": label, **filled})


def phones(town: str) -> str:
    """Everything that can be read on the phones of the town."""
    names = ask(town, "/practice/phones")["phones"]
    return "".join(
        json.dumps(ask(town, f"/practice/phones/{quote(name)}"), ensure_ascii=False)
        for name in names
    )


def slack(town: str, who: str) -> str:
    return json.dumps(ask(town, f"/practice/slack/{who}"), ensure_ascii=False)


def click(town: str, who: str, label: str, where: str) -> Any:
    return ask(town, f"/practice/slack/{who}/click", {"label": label, "where": where})


@pytest.mark.rule("S1", "G-06")
def test_stopped_words_stand_with_a_reason_that_a_second_person_reads(town: str) -> None:
    assert "そのまま使うわけ" in write(town, "鈴木", STOPPED, on="2026-12-01")
    ask(town, "/practice/slack/鈴木/submit", {"そのまま使うわけ": WHY})
    assert WHY in slack(town, "佐藤")
    click(town, "佐藤", "わけを読んで承認する", "15日まで")
    ask(town, "/practice/slack/佐藤/submit", {})
    assert "わけを読んで承認しました" in slack(town, "佐藤")
    story = ask(town, "/practice/pages/田中/case", {"alias": "A-12"})
    assert "予約中" in story["text"]


@pytest.mark.rule("G-06")
def test_somebody_new_writes_with_approved_answers_only(town: str) -> None:
    own = "山本です。空が高くなりました。返事はいりません。"
    assert "G-06" in write(town, "山本", own, on="2026-12-02", alias="A-27")
    assert own not in slack(town, "田中")
    approved = "受け取りました。見せてもらえて、うれしいです。"
    write(town, "山本", approved, on="2026-12-02", alias="A-27")
    assert "承認ずみの文だけを使う方" in slack(town, "田中")


@pytest.mark.rule("G-06")
def test_an_own_letter_is_approved_by_the_towns_right_with_a_reason_and_nobody_elses(
    town: str,
) -> None:
    words = "佐藤です。駅の時計が新しくなりました。返事はいりません。"
    write(town, "佐藤", words, on="2026-12-07")
    click(town, "佐藤", "自分で承認する", "駅の時計")
    without = ask(town, "/practice/slack/佐藤/submit", {"ほかの人に見てもらえないわけ": ""})
    assert "予約中" not in json.dumps(without.get("modal"), ensure_ascii=False)
    why = {"ほかの人に見てもらえないわけ": "ほかの方が研修でお休みです"}
    ask(town, "/practice/slack/佐藤/submit", why)
    assert "自分で書いたこのおたよりを承認しました" in slack(town, "佐藤")
    write(town, "鈴木", "鈴木です。空が高いですね。返事はいりません。", on="2026-12-10")
    other = click(town, "鈴木", "自分で承認する", "空が高い")
    assert other["status"] == 409, "nobody else has that button"


@pytest.mark.rule("R-043")
def test_what_comes_from_taxation_opens_for_the_officer_who_brought_it_and_is_recorded(
    town: str,
) -> None:
    asked = {
        "アセスメントの日": MONDAY,
        "滞納": ARREARS,
        "お金の情報は税の担当からのもの": "はい",
        "税の情報を持ち込んだ担当": "高橋さん",
    }
    done = page(town, "山本", "A-23", "アセスメントを書く", asked)
    assert "アセスメントを書きました" in done["text"], done["text"]
    assert ARREARS not in ask(town, "/practice/pages/山本/case", {"alias": "A-23"})["text"]
    opened = ask(town, "/practice/pages/高橋/case", {"alias": "A-23"})
    assert ARREARS not in opened["text"]
    shown = ask(town, "/practice/pages/高橋/press", {"label": "税に由来するお金のことを開く"})
    assert (shown["status"], ARREARS in shown["text"]) == (200, True)
    again = ask(town, "/practice/pages/高橋/case", {"alias": "A-23"})
    assert "税に由来する" in again["text"]
    for who in ("山本", "高橋", "田中"):
        assert ARREARS not in slack(town, who)


@pytest.mark.rule("G-20")
def test_a_leaflet_is_uploaded_on_the_towns_desk_and_waits_for_a_second_person(town: str) -> None:
    ask(town, "/practice/slack/鈴木/open", {"what": "home"})
    ask(town, "/practice/pages/鈴木/visit", {"label": "町の机を開く"})
    asked = {
        "label": "ちらしを登録する",
        "fill": {
            "題名": "川べりの写真展",
            "ロック画面でも安心な題名": "川べりの写真展",
            "出しているところ": "みどり市図書館",
            "話題(「、」で区切る)": "写真",
            "文字だけの説明": "図書館で川の写真を見られます。行っても行かなくても大丈夫です。",
            "だれでも見られる、公開されたお知らせである": "はい",
        },
    }
    picture = (SHIPPED / "leaflets" / "eki-no-shashin.pdf").read_bytes()
    where = "/practice/pages/鈴木/press"
    unread = send(town, where, asked, {"ちらしのファイル": ("chirashi.pdf", b"no picture")})
    assert unread["status"] == 422, "what is no picture is told so, and the form stays"
    done = send(town, where, asked, {"ちらしのファイル": ("chirashi.pdf", picture)})
    assert "「川べりの写真展」を登録しました" in done["text"], done["text"]
    wrong = send(town, where, asked, {"題名": ("chirashi.pdf", picture)})
    assert 400 <= wrong["status"] < 500


@pytest.mark.rule("S2")
def test_a_letter_for_a_day_beyond_its_approval_is_asked_about_and_silence_means_no_send(
    town: str,
) -> None:
    write(town, "鈴木", LATE, on="2026-12-16")
    click(town, "佐藤", "承認する", "川の水")
    ask(town, "/practice/clock", {"at": "2026-12-16T10:05"})
    assert "今日の便り、いまも合っていますか" in slack(town, "佐藤")
    ask(town, "/practice/clock", {"at": "2026-12-17T12:00"})
    story = ask(town, "/practice/pages/佐藤/case", {"alias": "A-12"})
    assert "「このまま送る」が押されなかったため、見送りました" in story["text"]
    assert LATE not in json.dumps(ask(town, "/practice/phones/A"), ensure_ascii=False)


@pytest.mark.rule("R-087")
def test_a_notice_to_many_is_two_officers_and_one_letter_for_each_person(town: str) -> None:
    write_it = "一斉のお知らせを書く"
    told = {
        "届ける言葉": NOTICE,
        "何が起きたか": "災害",
        "その呼び名": "台風10号",
        "いま知らせるわけ": "停電が続いている地区があるため",
        "根拠": "災害対策本部の決定",
        "ほかのおたよりとの間": "間をあけずに届ける",
    }
    assert "R-087" in desk(town, "田中", write_it, None)["text"], "told at once, without a form"
    written = desk(town, "高橋", write_it, told)
    assert "承認待ちに入りました" in written.get("text", ""), written
    approve_it = "お知らせの文を承認する"
    assert "error" in desk(town, "高橋", approve_it, {}), "nobody approves their own"
    assert NOTICE not in phones(town)
    read = "言葉とロック画面を読み、せかす言葉も、どなたかのことも書かれていないことを確かめた"
    assert "承認しました" in desk(town, "大野", approve_it, {read: "はい"})["text"]
    ask(town, "/practice/clock", {"advance": "PT2H"})
    assert NOTICE in phones(town), desk(town, "高橋", "台風10号", None).get("text", "")
    assert NOTICE not in slack(town, "佐藤")
