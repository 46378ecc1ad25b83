"""The codes of the wording check: what DOMAIN §8.6 lets pass, what §8.7 stops, and tricks."""

from datetime import date, timedelta

import pytest

from core.lint import Finding, TextKind, private_words
from core.municipal_profiles.wording import HelpLine
from core.people import LanguageStyle
from tests.people import A
from tests.proofs import FIRST_WORDS, PROOF, TODAY, context

PASS = [
    (
        TextKind.FIRST,
        "はじめまして。△△です。ときどき、ここに短いおたよりを送ります。お返事はなくて大丈夫です。"
        "届いた言葉は、平日10時〜17時に△△か□□が読みます（「既読」は自動でつきます）。"
        "急ぎのときの窓口ではありません。いやになったら下の「やめる」で、すぐ止まります。",
    ),
    (
        TextKind.CHECK_IN,
        "△△です。夜が冷えるようになりました。ふと思い出して書いています。返事はいりません。",
    ),
    (
        TextKind.CHECK_IN,
        "△△です。うまくいかない日も、何もしない日も、気にかけています。",
    ),
    (
        TextKind.LEAFLET,
        "△△です。鉄道の写真展のちらしを見つけました。行っても行かなくても大丈夫です。",
    ),
    (TextKind.ACKNOWLEDGEMENT, "わかりました。1か月お休みします。"),
    (
        TextKind.ACKNOWLEDGEMENT,
        "わかりました。送るのをやめます。ここに話しかけてもらうのは、いつでも大丈夫です。",
    ),
    (
        TextKind.PRE_LAST,
        "△△です。おたよりは、次の回でひと区切りにします。"
        "続けてほしいときは「そのまま」を押してください。",
    ),
    (
        TextKind.LAST,
        "△△です。今日でひと区切りです。これからも、ここに書いてもらえたら△△か□□が読みます。",
    ),
    (
        TextKind.CRISIS,
        "書いてくれて、ありがとう。いまは読む人が席を外しています。⟨明日10時⟩に読みます。"
        "いまあぶないときは119か110へ。電話なら⟨確認済みの番号⟩。",
    ),
]
FAIL = [
    ("お返事お待ちしております", "L1"),
    ("なぜ返事をくれないのですか", "L1"),
    ("そろそろ外に出てみませんか", "L2"),
    ("働く準備を始めましょう", "L2"),
    ("必ず", "L3"),
    ("期限", "L3"),
    ("至急", "L3"),
    ("ご家族が心配しています", "L4"),
    ("【ひきこもり支援センター】面談日のお知らせ", "L5"),
    ("お元気ですか？", "L7"),
    ("○月○日14時に訪問します", "L5"),
    ("がんばって", "L2"),
    ("前向きに", "L2"),
    ("夜が冷えるようになりました。" * 9, "L8"),
    ("https://midori.example/p/abcdefgh12345678", "L14"),
]


def found(text: str, **known: object) -> tuple[Finding, ...]:
    return PROOF.read(text, context=context(**known))  # type: ignore[arg-type]


def codes(text: str, **known: object) -> set[str]:
    return {finding.code for finding in found(text, **known)}


@pytest.mark.rule("S1", "G-01", "G-16", "G-20", "G-21")
@pytest.mark.parametrize(("kind", "text"), PASS)
def test_what_the_field_writes_passes(kind: TextKind, text: str) -> None:
    assert found(text, kind=kind, alt_text="△△からのおたより") == ()


@pytest.mark.rule("S1", "G-01", "G-07", "G-08", "G-09", "G-11")
@pytest.mark.parametrize(("text", "code"), FAIL)
def test_what_nobody_should_receive_is_found(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "返事はいりません。",
        "無理に出かけなくて大丈夫です。",
        "期限はありません。",
        "頑張れと言うつもりはありません。",
        "外に出てみませんか、とは言いません。",
        "ご家族に話すことはありません。",
        "お返事くださって、ありがとうございました。",
    ],
)
def test_what_is_denied_is_not_said(text: str) -> None:
    assert codes(text) == set()


@pytest.mark.rule("G-11")
@pytest.mark.parametrize(
    "text",
    [
        "ひきこもりの会です。",
        "引き籠りの会です。",
        "ﾋｷｺﾓﾘの会です。",
        "ひ き こ も り の会です。",
        "ひき\u200bこもりの会です。",
        "支・援のことです。",
        "Ａ－１２の件です。".replace("－", "-"),
    ],
)
def test_no_way_of_typing_hides_a_word(text: str) -> None:
    assert "L5" in codes(text)


@pytest.mark.rule("G-11")
@pytest.mark.parametrize(
    "text", ["今年金木犀が咲きました。", "国会議事堂の写真です。", "うつくしい空です。"]
)
def test_a_word_within_other_words_is_not_that_word(text: str) -> None:
    assert codes(text) == set()


def test_a_place_is_that_of_the_text_as_it_was_typed() -> None:
    text = "🍎 ﾋｷｺﾓﾘの会です。"
    (finding,) = found(text)
    assert (finding.span, finding.text) == ((2, 7), "ﾋｷｺﾓﾘ")


@pytest.mark.rule("G-11")
def test_the_alt_text_is_read_as_well() -> None:
    (finding,) = found("佐藤です。", alt_text="支援センターより")
    assert (finding.code, finding.in_alt) == ("L5", True)


@pytest.mark.rule("G-11")
def test_the_towns_own_words_count_in_every_spelling() -> None:
    assert "L5" in codes("ヒダマリ舎の佐藤です。", unsaid=("ひだまり",))


@pytest.mark.rule("G-12")
def test_a_shared_phone_shows_a_greeting_and_a_link_only() -> None:
    greeting = "こんにちは。佐藤です。おたよりです。https://127.0.0.1/l/abcdefghijklmnopqrst"
    assert codes(greeting, shared_device=True, author="佐藤") == set()
    (finding,) = found("佐藤です。夜が冷えますね。", shared_device=True, author="佐藤")
    assert (finding.code, finding.reason) == ("L5", "shared_phone")


def test_the_persons_own_data_and_the_familys_are_found_in_any_width() -> None:
    private = private_words(A)
    assert "L6" in codes("電話は０９０－００００－００００ですね。", private=private)
    assert "L6" in codes("青 木さん、こんにちは。", private=private)
    assert codes("ないない音頭を聞きました。", private=private) == set()


def test_who_has_the_same_name_may_still_sign() -> None:
    assert codes("青木です。こちらは雪です。", private=("青木",), author="青木") == set()
    assert "L6" in codes("青木さんへ。青木です。", private=("青木",), author="青木")


@pytest.mark.rule("G-04")
def test_the_same_words_are_known_again_however_they_are_set() -> None:
    earlier = ("鈴木です。今日は雪です。",)
    assert "L10" in codes("鈴木です。\n今日は、雪です！", earlier=earlier)
    assert codes("鈴木です。今日は雨です。", earlier=earlier) == set()
    assert codes("鈴木です。今日は雪です。", earlier=earlier, kind=TextKind.REPLY) == set()


@pytest.mark.rule("G-02", "G-17")
@pytest.mark.parametrize(
    ("left_out", "reason"),
    [
        ("いやになったら下の「やめる」で、すぐ止まります。", "first_no_stop"),
        ("お返事はなくて大丈夫です。", "first_no_freedom"),
        ("急ぎのときの窓口ではありません。", "first_no_emergency"),
        ("(「既読」は自動でつきます)", "first_no_automatic"),
    ],
)
def test_a_first_letter_says_all_that_it_has_to(left_out: str, reason: str) -> None:
    text = FIRST_WORDS.replace(left_out, "")
    assert text != FIRST_WORDS
    assert reason in {finding.reason for finding in found(text, kind=TextKind.FIRST)}


@pytest.mark.rule("G-26")
def test_a_first_letter_makes_nobody_a_counsellor() -> None:
    text = FIRST_WORDS.replace("鈴木です。", "鈴木です。カウンセラーです。", 1)
    assert "first_claims" in {finding.reason for finding in found(text, kind=TextKind.FIRST)}


@pytest.mark.rule("S1")
def test_a_telephone_may_be_named_for_90_days_after_somebody_looked() -> None:
    def named(verified_on: date | None) -> set[str]:
        line = HelpLine(name="みどりの電話", number="0120-000-111", verified_on=verified_on)
        return codes("電話なら ０１２０－０００－１１１ へ。", help_lines=(line,))

    assert named(TODAY - timedelta(days=90)) == set()
    assert named(TODAY - timedelta(days=91)) == {"L12"}
    assert named(None) == {"L12"}
    assert codes("いまあぶないときは119か110へ。") == set()


@pytest.mark.rule("G-20")
def test_a_leaflet_that_has_run_out_is_not_sent() -> None:
    text = "佐藤です。写真展のちらしです。行っても行かなくても大丈夫です。"
    assert codes(text, kind=TextKind.LEAFLET, leaflet_until=TODAY) == set()
    assert codes(text, kind=TextKind.LEAFLET, leaflet_until=TODAY - timedelta(days=1)) == {"L13"}


def test_a_link_leads_where_the_town_lets_it_and_gives_nothing_away() -> None:
    assert codes("ちらしは https://127.0.0.1/l/abcdefghijklmnopqrst です。") == set()
    assert codes("ちらしは https://bit.ly/x です。") == {"L14"}
    assert codes("ちらしは https://127.0.0.1.example.com/l/x です。") == {"L14"}
    assert codes("ここです https://127.0.0.1/p/abcdef123456 どうぞ。") == {"L14"}


@pytest.mark.rule("G-19")
def test_how_heavy_words_may_be_is_the_persons_own_choice() -> None:
    text = "佐藤です。きのうは町内の写真が展示されていました。"
    assert codes(text) == set()
    assert codes(text, language_style=LanguageStyle.YASASHII_RUBY) == {"L9"}


@pytest.mark.rule("G-19")
def test_readings_in_brackets_are_not_read_and_count_for_no_length() -> None:
    easy = LanguageStyle.YASASHII_RUBY
    letter = "佐藤(さとう)です。夜(よる)が長(なが)くなりました。返事(へんじ)はいりません。"
    assert found(letter, language_style=easy) == ()
    assert found("雨(あめ)です。" * 5 + "雪(ゆき)です。" * 10)[0].code == "L8", "too many sentences"
    long = "今日(きょう)は佐藤(さとう)です。" + "雪" * 90 + "です。"
    assert "too_long" not in {finding.reason for finding in found(long)}


def test_what_is_found_across_a_reading_is_shown_as_it_was_written() -> None:
    letter = "佐藤です。お返事（へんじ）を待（ま）っています。"
    (finding,) = found(letter)
    assert finding.text == "返事（へんじ）を待（ま）っ"
    assert letter[slice(*finding.span)] == finding.text


@pytest.mark.rule("G-11")
@pytest.mark.parametrize("text", ["春(ひきこもり)の会です。", "会(かい)です(ひきこもりの)。"])
def test_brackets_that_are_no_reading_are_read(text: str) -> None:
    assert "L5" in codes(text)


@pytest.mark.rule("G-04")
def test_the_same_words_with_readings_are_the_same_words() -> None:
    again = found("春(はる)が来(き)ました。", earlier=("春が来ました。",))
    assert "L10" in {finding.code for finding in again}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("きげんは来週です。", "L3"),
        ("しえんの佐藤です。", "L5"),
        ("そうだんの窓口です。", "L5"),
        ("ねんきんの話です。", "L5"),
    ],
)
def test_kana_hide_no_word(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    ["今日の空は、きげんがいいようです。", "きげんの悪い日もあります。", "ごきげんな猫です。"],
)
def test_kana_that_say_another_word_are_that_word(text: str) -> None:
    assert codes(text) == set()
