"""The guide for the person at home: its words, its paper, and the practice town's leaflet of it."""

import unicodedata
from datetime import UTC, datetime, time
from pathlib import Path

import pypdfium2
import pytest

import bots.town
from bots.line.menus import FIELDS
from bots.paper.guide import printed_guide
from bots.paper.guide_words import Guide, guide_of, guide_title
from bots.paper.ruby_lines import lines_of
from bots.paper.sheet import sheet
from bots.profiles.reader import read_profile
from bots.town import read_town
from core.leaflets import pressing_words
from core.menus import Menu
from core.municipal_profiles.duties import USUAL_HOURS, reading_hours
from core.municipal_profiles.profile import ReadingHours
from core.wording.ruby import Piece, bare, pieces, without_reading
from tests.bots.town.small import MONDAY, TOKYO

SHIPPED = Path(bots.town.__file__).with_name("shipped")
MADE = datetime(2026, 11, 30, tzinfo=UTC)
# G-11: what tells a family what it is about.
TELLING = ("支援", "相談", "福祉", "ひきこもり", "困窮", "保護", "障害", "病", "訪問", "会議", "市")


@pytest.fixture
def guide() -> Guide:
    return guide_of(account="みどりのたより", hours=USUAL_HOURS)


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


def signs(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.rule("G-11", "G-20")
def test_nothing_in_it_tells_a_family_what_it_is_about_or_presses(guide: Guide) -> None:
    for told in TELLING:
        assert told not in guide.plain
    assert not pressing_words(guide.plain)
    assert "読まなくても 大丈夫" in guide.plain


@pytest.mark.rule("G-19")
def test_every_kanji_has_a_reading(guide: Guide) -> None:
    for part in guide.parts:
        for words in (part.title, *part.lines, *(one for pair in part.buttons for one in pair)):
            assert without_reading(words) == "", bare(words)


@pytest.mark.rule("G-13")
def test_the_five_buttons_hours_and_the_emergency_numbers_stand_there(guide: Guide) -> None:
    buttons = [bare(name) for part in guide.parts for name, _ in part.buttons]
    assert set(buttons) == {field.tile.label for field in FIELDS[Menu.ACTIVE]}
    assert len(buttons) == 5
    assert "8:30から 17:15まで" in guide.plain
    assert "119 か 110" in guide.plain
    other = guide_of(account="x", hours=ReadingHours(opens=time(10), closes=time(16)))
    assert "10:00から 16:00まで" in other.plain


def test_a_name_may_hold_the_signs_of_the_notation() -> None:
    assert "「《あ》の｜たより」" in guide_of(account="《あ》の｜たより", hours=USUAL_HOURS).plain


def test_the_paper_has_two_pages_with_all_of_it_and_no_more_glyphs_than_it_uses(
    guide: Guide,
) -> None:
    pdf = printed_guide(guide, made_at=MADE)
    document = pypdfium2.PdfDocument(pdf)
    assert [page.get_size() for page in document] == [pytest.approx((595.28, 841.89), abs=1)] * 2
    assert len(pdf) < 60_000
    assert document.get_metadata_dict()["Title"] == "みどりのたより"
    text = signs(words_of(pdf))
    for said in ("みどりのたより", "だいじょうぶ", "8:30", "17:15", "119", "110", "もどれます"):
        assert said in text
    assert printed_guide(guide, made_at=MADE) == pdf


def test_a_long_name_of_the_account_is_broken_and_nothing_falls_off_the_paper() -> None:
    long = guide_of(account="みどりのたより" * 12, hours=USUAL_HOURS)
    assert signs(words_of(printed_guide(long, made_at=MADE))).count("みどりのたより") >= 12


@pytest.mark.parametrize("width", [20.0, 45.0, 90.0])
def test_lines_keep_to_their_width_and_no_line_begins_with_what_closes(width: float) -> None:
    words = pieces(
        "「｜短《みじか》い おたより」が、ときどき ｜届《とど》きます。読むのは、いつでも。"
    )
    pdf = sheet(title="", made_at=MADE)
    lines = lines_of(pdf, words, size=16, width=width)
    assert all(line[0].base[0] not in "」、。 " for line in lines)
    assert all(line[-1].base[-1] != "「" for line in lines)
    pdf.set_font_size(16)
    for line in lines:
        assert sum(pdf.get_string_width(piece.base) for piece in line) <= width
    assert Piece("短", "みじか") in [piece for line in lines for piece in line]
    pdf.output()  # lets go of the typeface's file


@pytest.mark.rule("G-20")
def test_the_practice_towns_leaflet_is_the_guide_as_it_is_drawn_today() -> None:
    """Whoever changes the words draws bots/town/shipped/leaflets/tebiki.pdf anew."""
    hours = reading_hours(read_profile("midori"))
    guide = guide_of(account="みどりのたより", hours=hours)
    (entry,) = [
        one for one in read_town("practice", at=MONDAY, tz=TOKYO).leaflets if one.code == "tebiki"
    ]
    assert entry.plain.strip() == guide.plain
    assert entry.title == entry.quiet_title == guide_title()
    shipped = (SHIPPED / "leaflets" / "tebiki.pdf").read_bytes()
    assert words_of(shipped) == words_of(printed_guide(guide, made_at=MADE))
