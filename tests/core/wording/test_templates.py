"""Templates are read strictly, and say what their kind of letter has to say."""

from datetime import date, time

import pytest

from core.errors import CaseworkError
from core.people import LanguageStyle
from core.wording.duties import (
    EndingIncomplete,
    FirstLetterIncomplete,
    SenderUnnamed,
    template_of,
)
from core.wording.fields import FieldsMissing, FieldUnfit, Hours, Names, TextField, Value, said
from core.wording.kinds import TextKind
from core.wording.ruby import in_brackets
from core.wording.templates import (
    BracesUnmatched,
    FieldUnknown,
    ReadingMissing,
    RubyNotForThisStyle,
    Template,
    filled,
    for_line,
)

EASY = LanguageStyle.YASASHII_RUBY
FIRST = (
    "{ところ}の{名乗り}です。お返事はなくて大丈夫です。{読む時間}に{読む人}が読みます"
    "(「既読」は自動でつきます)。急ぎのときの窓口ではありません。「やめる」ですぐ止まります。"
)


def template(
    body: str,
    *,
    kind: TextKind = TextKind.CHECK_IN,
    style: LanguageStyle = LanguageStyle.STANDARD,
) -> Template:
    return template_of(name="t", version="1", kind=kind, style=style, body=body)


def test_fields_are_filled_in_where_they_stand() -> None:
    one = template("{名乗り}です。{好きなもの}を見ました。{名乗り}")
    parts = filled(
        one, {TextField.SENDER: "佐藤", TextField.INTEREST: "鉄道", TextField.PLACE: "どこか"}
    )
    assert for_line(parts, style=one.style) == "佐藤です。鉄道を見ました。佐藤"
    assert one.fields == (TextField.SENDER, TextField.INTEREST)


def test_every_missing_field_is_named() -> None:
    one = template("{名乗り}です。{好きなもの}、{再開日}。")
    with pytest.raises(FieldsMissing) as refused:
        filled(one, {TextField.SENDER: "佐藤"})
    assert refused.value.facts == {"fields": "好きなもの、再開日"}


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ("{名前}です。", FieldUnknown),
        ("{}です。", FieldUnknown),
        ("{名乗り}です。{", BracesUnmatched),
        ("名乗り}です。", BracesUnmatched),
        ("{名乗り\n}です。", BracesUnmatched),
        ("{{名乗り}}です。", BracesUnmatched),
    ],
)
def test_a_body_is_read_strictly(body: str, refusal: type[CaseworkError]) -> None:
    with pytest.raises(refusal):
        template(body)


@pytest.mark.rule("G-19")
def test_readings_stand_only_in_texts_for_those_who_chose_them() -> None:
    with pytest.raises(RubyNotForThisStyle):
        template("{名乗り}です。｜春《はる》です。")
    with pytest.raises(RubyNotForThisStyle):
        template("{名乗り}です。｜春《はる》です。", style=LanguageStyle.PLAIN)


@pytest.mark.rule("G-19")
def test_there_every_kanji_has_its_reading() -> None:
    with pytest.raises(ReadingMissing) as refused:
        template("{名乗り}です。｜春《はる》の花です。", style=EASY)
    assert refused.value.facts == {"kanji": "花"}


@pytest.mark.rule("G-10")
def test_a_letter_without_a_name_is_refused() -> None:
    with pytest.raises(SenderUnnamed):
        template("お返事はなくて大丈夫です。")
    assert template("お返事はいりません。{結び}").fields == (TextField.SIGN_OFF,)


@pytest.mark.rule("G-02")
@pytest.mark.rule("G-17")
@pytest.mark.parametrize(
    ("without", "lacks"),
    [
        ("{ところ}の", "ところ"),
        ("{読む人}が", "読む人"),
        ("{読む時間}に", "読む時間"),
        ("お返事はなくて大丈夫です。", "お返事はなくて大丈夫"),
        ("急ぎのときの窓口ではありません。", "急ぎの窓口ではない"),
        ("「やめる」ですぐ止まります。", "「やめる」"),
        ("(「既読」は自動でつきます)", "「既読」は自動"),
    ],
)
def test_a_first_letter_that_leaves_something_out_is_refused(without: str, lacks: str) -> None:
    template(FIRST, kind=TextKind.FIRST)
    with pytest.raises(FirstLetterIncomplete) as refused:
        template(FIRST.replace(without, ""), kind=TextKind.FIRST)
    assert refused.value.facts == {"lacks": lacks}


@pytest.mark.rule("G-21")
def test_an_ending_says_how_to_go_on_and_how_to_reach_us() -> None:
    with pytest.raises(EndingIncomplete):
        template("{名乗り}です。次の回でひと区切りにします。", kind=TextKind.PRE_LAST)
    with pytest.raises(EndingIncomplete):
        template("{名乗り}です。今日でひと区切りです。", kind=TextKind.LAST)


@pytest.mark.parametrize(
    ("field", "value", "standard", "easy"),
    [
        (TextField.READERS, Names(("佐藤", "田中")), "佐藤か田中", "佐藤か田中"),
        (
            TextField.HOURS,
            Hours(time(8, 30), time(17)),
            "平日8時30分〜17時",
            "月曜日(げつようび)から金曜日(きんようび)の、8時(じ)30分(ふん)から17時(じ)",
        ),
        (TextField.RESUMES, date(2026, 12, 30), "12月30日", "12月(がつ)30日(にち)"),
        (TextField.RESUMES, date(2026, 12, 20), "12月20日", "12月(がつ)20日(はつか)"),
    ],
)
def test_a_value_is_said_in_the_persons_style(
    field: TextField, value: Value, standard: str, easy: str
) -> None:
    assert in_brackets(said(field, value, style=LanguageStyle.STANDARD)) == standard
    assert in_brackets(said(field, value, style=EASY)) == easy


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (TextField.SENDER, ""),
        (TextField.SENDER, "佐" * 21),
        (TextField.SENDER, "佐藤\n田中"),
        (TextField.SENDER, "{佐藤}"),
        (TextField.SENDER, "｜佐《さ》"),
        (TextField.SENDER, date(2026, 12, 1)),
        (TextField.READERS, "佐藤"),
        (TextField.READERS, Names(())),
        (TextField.READERS, Names(("一", "二", "三", "四"))),
        (TextField.HOURS, Hours(time(17), time(9))),
        (TextField.SEASON, "暦では冬です。"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(field: TextField, value: Value) -> None:
    with pytest.raises(FieldUnfit) as refused:
        said(field, value, style=LanguageStyle.STANDARD)
    assert refused.value.facts["field"] == field.value
