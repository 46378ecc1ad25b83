"""Whose story a sentence tells: what the writer says of themselves presses nobody."""

import pytest

from core.lint import TextKind
from tests.proofs import PROOF, context


def codes(text: str) -> set[str]:
    findings = PROOF.read(text, context=context(TextKind.CHECK_IN))
    return {finding.code for finding in findings if finding.level == "block"}


@pytest.mark.rule("S1")
@pytest.mark.parametrize(
    "text",
    [
        "原稿の締め切りに間に合わず、夜中まで起きていました。わたしはいつもこうです。",
        "先週は書けずにすみませんでした。わたしが風邪で寝ていました。もう治りました。",
        "締め切りに追われる夢を見ました。目がさめて、ほっとしました。",
        "駅の掲示板に「忘れ物は今月中に取りに来てください」と貼ってありました。",
        "目標を立てるのが苦手です。立てた瞬間に忘れます。",
        "外に出たほうがいい、という話ではありません。窓から見えた雲の話です。",
        "毎年かならず、この時季に白鳥が来ます。",
        "作家の村上春樹さんの新しい本が、図書館で百人待ちでした。",
    ],
)
def test_what_the_writer_tells_of_themselves_or_of_others_presses_nobody(text: str) -> None:
    assert codes(text) == set()


@pytest.mark.rule("S1", "G-01", "G-07")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("わたしも昔は外に出られませんでした。あなたも変われますよ。", "L2"),
        ("わたしは、あなたがもう一度立ち上がれると信じています。", "L2"),
        ("わたしは、ここでお返事を待っています。", "L1"),
        ("この間のおたよりに書いた映画、もう見ましたか。", "L1"),
        ("お父さんが、最近眠れていないと言っておられました。", "L4"),
        ("お医者さんが、ゲームのしすぎは依存症のもとだと言っていました。", "L15"),
    ],
)
def test_but_what_turns_to_the_reader_is_no_tale_whoever_it_begins_with(
    text: str, code: str
) -> None:
    assert code in codes(text)


@pytest.mark.rule("S1", "G-23")
@pytest.mark.parametrize(
    "text",
    [
        "お母さんの恵子さんに、花の名前を教わりました。",
        "孫の陽翔くん、もう歩くそうですね。",
        "洋子さん(お母さま)から、干し柿をいただきました。",
        "若葉台2-14-5に、年賀状をお出ししました。",
        "昭和52年3月9日のお生まれと、書類で見ました。",
        "さくらハイツの203に、みかんを置いておきました。",
        "金曜日の2時に、南口の喫茶店で待っています。",
    ],
)
def test_who_is_written_to_is_told_to_nobody(text: str) -> None:
    assert "L6" in codes(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("野菜もとらんといけんよ。", "L2"),
        ("返事くれへんの、なんでなん？", "L1"),
        ("出てきたらええやん。", "L2"),
        ("ばあちゃんを安心させてやらんね。", "L4"),
    ],
)
def test_no_dialect_hides_a_demand(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    "text", ["返事はせんでよかですよ。", "返事せんでええよ。", "返事はいりまへん。"]
)
def test_and_in_every_dialect_one_may_let_somebody_be(text: str) -> None:
    assert codes(text) == set()


def test_a_question_mark_within_a_link_asks_nothing() -> None:
    findings = PROOF.read("https://127.0.0.1/l/x?page=2 から見られます。", context=context())
    assert {finding.code for finding in findings} <= {"L14"}
