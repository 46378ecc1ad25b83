"""The words that ship: whole, kind, and fit for everybody they may reach."""

import re
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.wordbook import shipped_library
from core.lint import Finding, LetterContext
from core.people import LanguageStyle
from core.wording.fields import Hours, Names, TextField
from core.wording.kinds import WRITTEN, TextKind
from core.wording.library import Occasion, compose
from core.wording.sameness import normalised
from core.wording.season import NoSuchPhrase, OutOfSeason, Phrase
from core.wording.templates import Template
from tests.people import TOKYO
from tests.proofs import PROOF, context

LIBRARY = shipped_library()
PHRASES = [phrase for stretch in LIBRARY.almanac.stretches for phrase in stretch.phrases]
EASY = LanguageStyle.YASASHII_RUBY
# What a phrase must not claim or bring up: weather, going out, being well, feasts that are spent
# in company, school and work.
NOT_HERE = re.compile(
    r"雨|雪|晴|曇|くもり|暑い|寒い|涼し|暖か|出かけ|散歩|外へ|外に|元気|健康|楽しみ|楽しん"
    r"|クリスマス|正月|年賀|お盆|母の日|父の日|敬老|成人|バレンタイン|花見|祭|花火|旅"
    r"|家族|友だち|恋人|学校|入学|卒業|新学期|受験|仕事|就職|会社|働"
)
NAMES_OF_DAYS = re.compile(r"雨水|穀雨|梅雨|処暑")
DEMANDS = re.compile(
    r"ください|ましょう|ませんか|べき|頑張|がんば|前向き|お待ち|なぜ|どうして|必ず|期限|至急"
)
CLAIMS = re.compile(r"人間|AI|ロボット|カウンセラー|相談員|専門家")


def occasion(style: LanguageStyle, *, day: date = date(2026, 12, 1)) -> Occasion:
    return Occasion(
        case="case-a12",
        day=day,
        tz=TOKYO,
        style=style,
        values={
            TextField.SENDER: "佐藤",
            TextField.PLACE: "みどりのたより",
            TextField.READERS: Names(("佐藤", "田中")),
            TextField.HOURS: Hours(time(8, 30), time(17, 15)),
            TextField.INTEREST: "鉄道",
            TextField.RESUMES: date(2026, 12, 30),
        },
        used=frozenset(),
        said=frozenset(),
    )


def body(template: Template, phrase: Phrase | None = None) -> str:
    when = occasion(template.style)
    first, *_ = LIBRARY.almanac.open(case=when.case, day=when.day, tz=TOKYO, used=())
    return compose(LIBRARY, template, when, phrase=phrase or first).body


def what_stands_against(text: str, told: LetterContext) -> tuple[Finding, ...]:
    return PROOF.read(text, context=told)


by_name = pytest.mark.parametrize("template", LIBRARY.templates, ids=lambda one: one.name)


@pytest.mark.rule("G-19")
@pytest.mark.parametrize("style", LanguageStyle)
def test_every_kind_of_letter_has_words_in_every_style(style: LanguageStyle) -> None:
    kinds = {one.kind for one in LIBRARY.templates if one.style is style}
    assert kinds == {*WRITTEN, TextKind.ACKNOWLEDGEMENT}


@pytest.mark.rule("G-11")
@by_name
def test_the_wording_check_finds_nothing_in_any_of_them(template: Template) -> None:
    told = context(template.kind, author="佐藤", language_style=template.style)
    assert what_stands_against(body(template), told) == ()


@pytest.mark.parametrize("style", LanguageStyle)
def test_nor_in_any_phrase_of_the_year_as_it_stands_in_a_letter(style: LanguageStyle) -> None:
    told = context(TextKind.SEASON, author="佐藤", language_style=style)
    name = {LanguageStyle.STANDARD: "kisetsu", LanguageStyle.PLAIN: "kisetsu-plain"}
    template = LIBRARY.template(f"{name.get(style, 'kisetsu-yasashii')}/1", style=style)
    found = {phrase.id: what_stands_against(body(template, phrase), told) for phrase in PHRASES}
    assert {phrase_id: said for phrase_id, said in found.items() if said} == {}


@pytest.mark.rule("G-01")
@pytest.mark.rule("R-024")
@by_name
def test_none_of_them_demands_anything(template: Template) -> None:
    # Pressing a button in order to go on or to stop is an offer, and a little time is asked for.
    text = re.sub(r"を押(\(お\))?してください|少し時間をください", "", body(template))
    assert DEMANDS.search(text) is None


@pytest.mark.rule("G-26")
@by_name
def test_none_of_them_says_that_a_machine_is_a_human_or_a_counsellor(template: Template) -> None:
    assert CLAIMS.search(body(template)) is None


@pytest.mark.rule("G-10")
def test_there_are_warm_sign_offs_to_choose_from_and_each_bears_the_name() -> None:
    values = occasion(LanguageStyle.STANDARD).values
    for style in LanguageStyle:
        forms = {
            "".join(p.base for p in one.wording(values, style=style).parts)
            for one in LIBRARY.sign_offs
        }
        assert len(forms) >= 2
        assert all("佐藤" in form for form in forms)


@pytest.mark.rule("G-10")
@by_name
def test_every_letter_bears_a_name(template: Template) -> None:
    assert "佐藤" in body(template) or template.kind is TextKind.ACKNOWLEDGEMENT


def test_a_year_has_three_phrases_and_more_for_each_of_its_72_stretches() -> None:
    assert len(PHRASES) >= 216
    assert len({normalised(phrase.standard) for phrase in PHRASES}) == len(PHRASES)
    for style in (LanguageStyle.PLAIN, EASY):
        said = ["".join(p.base for p in one.wording(style).parts) for one in PHRASES]
        assert sorted({one for one in said if said.count(one) > 1}) == []


@pytest.mark.rule("R-024")
@pytest.mark.parametrize("phrase", PHRASES, ids=lambda one: one.id)
def test_a_phrase_is_true_in_any_weather_and_presses_nobody(phrase: Phrase) -> None:
    easy = "".join(piece.base for piece in phrase.easy)
    for text in (phrase.standard, easy):
        assert NOT_HERE.search(NAMES_OF_DAYS.sub("", text)) is None
        assert DEMANDS.search(text) is None
        assert text.endswith("。")
        assert len(text) <= 40


def test_what_a_phrase_says_of_the_month_is_true_on_each_of_its_days() -> None:
    months = {phrase.id: re.findall(r"(\d+)月", phrase.standard) for phrase in PHRASES}
    day = date(2020, 1, 1)
    while day < date(2050, 1, 1):
        near = {(day + timedelta(days=by)).month for by in range(-6, 7)}
        for phrase in LIBRARY.almanac.on(day, tz=TOKYO).phrases:
            words, said = phrase.standard, {int(month) for month in months[phrase.id]}
            if not said:
                continue
            if ("ころ" in words and len(said) == 2) or "かわるころ" in words:
                assert said <= near, (day, words)
                continue
            assert said == {day.month}, (day, words)
            if "なかば" in words:
                assert 10 <= day.day <= 22, (day, words)
            if "終わりに近づ" in words or "あと少し" in words:
                assert day.day >= 22, (day, words)
            if "かわりました" in words:
                assert day.day <= 8, (day, words)
        day += timedelta(days=1)


@pytest.mark.rule("G-04")
@given(
    case=st.text(min_size=1, max_size=8),
    start=st.dates(date(2024, 1, 1), date(2040, 1, 1)),
    gaps=st.lists(st.integers(6, 40), min_size=60, max_size=120),
)
def test_nobody_gets_a_phrase_twice_in_twelve_months(
    case: str, start: date, gaps: list[int]
) -> None:
    almanac, day = LIBRARY.almanac, start
    sent: list[tuple[date, str]] = []
    for gap in gaps:
        lately = {phrase_id for on, phrase_id in sent if day - on <= timedelta(days=366)}
        found = almanac.open(case=case, day=day, tz=TOKYO, used=lately)
        assert found, "three phrases last where there is one letter to a stretch"
        assert found == almanac.open(case=case, day=day, tz=TOKYO, used=lately)
        assert found[0].id not in lately
        sent.append((day, found[0].id))
        day += timedelta(days=gap)


def test_a_phrase_is_found_again_on_its_own_days_only() -> None:
    winter = date(2026, 11, 30)
    first, *_ = LIBRARY.almanac.open(case="case-a12", day=winter, tz=TOKYO, used=())
    assert LIBRARY.almanac.phrase(first.id, day=winter, tz=TOKYO) == first
    with pytest.raises(OutOfSeason) as refused:
        LIBRARY.almanac.phrase(first.id, day=date(2026, 12, 20), tz=TOKYO)
    assert refused.value.facts == {"name": "朔風払葉"}
    with pytest.raises(NoSuchPhrase):
        LIBRARY.almanac.phrase("99z", day=winter, tz=TOKYO)
