"""Our rich menus against the emulator: made once, with a picture that LINE takes, cleared up."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from PIL import Image
from pypdfium2 import PdfDocument
from pypdfium2 import raw as pdfium

from bots.line.account import LineUnanswered
from bots.line.bubbles import press_data
from bots.line.menus import FIELDS, HEIGHT, WIDTH, LineMenus, name_of, picture_of
from bots.line.messenger import LineMessenger
from bots.paper.link_paper import LinkPaper, PaperForm, printed, words_on
from bots.practice.clock import PracticeClock
from bots.practice.line.menus import Menu as Kept
from bots.practice.line.menus import RichMenus
from core.lint import LetterContext, TextKind
from core.menus import Menu
from core.replies import Press
from tests.journeys.outside import outside
from tests.people import LINK_A, MONDAY
from tests.proofs import PROOF

A = LINK_A.line_user_id
ACTIVE = ("おたより", "人と話したい", "そのまま", "少し休む", "やめる")


@dataclass
class At:
    """LINE, and our menus there."""

    desk: LineMenus
    messenger: LineMessenger
    kept: RichMenus
    world: object


@pytest.fixture
async def line() -> AsyncIterator[At]:
    clock = PracticeClock(MONDAY)
    async with (
        outside(clock) as world,
        LineMessenger(base_url=f"{world.url}/line", access_token="line-token") as messenger,
    ):
        world.line.phones.add("A", user_id=A, friend=True)
        yield At(LineMenus(messenger), messenger, world.line.menus, world)


def shown(line: At) -> tuple[str, ...]:
    person = next(one for one in line.kept._people if one.user_id == A)
    return tuple(button.label for button in line.kept.buttons(person))


@pytest.mark.rule("G-13")
async def test_a_menu_is_made_with_its_picture_and_shown(line: At) -> None:
    made = await line.desk.make(Menu.ACTIVE)
    assert await line.desk.show(A, made)
    assert shown(line) == ACTIVE
    actions = [area["action"] for area in line.kept.kept[made].menu["areas"]]
    assert [action["data"] for action in actions] == [
        press_data(press)
        for press in (Press.LETTERS, Press.TALK, Press.KEEP, Press.REST, Press.STOP)
    ]
    await line.desk.hide(A)
    assert shown(line) == ()


async def test_making_it_twice_makes_one_and_completes_what_a_crash_left(line: At) -> None:
    made = await line.desk.make(Menu.RESTING)
    assert await line.desk.make(Menu.RESTING) == made
    line.kept.kept[made].image = None
    assert await line.desk.make(Menu.RESTING) == made
    assert line.kept.kept[made].image is not None
    assert len(line.kept.kept) == 1
    assert await line.desk.missing() == {Menu.ACTIVE, Menu.STOPPED}


async def test_old_ones_of_ours_go_and_others_stay(line: At) -> None:
    made = await line.desk.make(Menu.ACTIVE)
    for key, name in (("richmenu-old", "yorisoi active 0000"), ("richmenu-city", "市のメニュー")):
        line.kept.kept[key] = Kept(menu_id=key, menu={"name": name})
    await line.desk.sweep(frozenset({made}))
    assert sorted(line.kept.kept) == sorted((made, "richmenu-city"))
    assert await line.desk.there(made)
    assert not await line.desk.show(A, "richmenu-gone")
    assert not await line.desk.there("richmenu-gone")


async def test_what_line_does_not_answer_is_told(line: At) -> None:
    async with LineMessenger(base_url="http://127.0.0.1:9", access_token="t") as nowhere:
        with pytest.raises(LineUnanswered):
            await LineMenus(nowhere).make(Menu.ACTIVE)


def test_pictures_are_what_line_takes_and_the_fields_cover_them_without_overlap() -> None:
    for menu in Menu:
        data = picture_of(menu)
        assert len(data) <= 300_000
        image = Image.open(io.BytesIO(data))
        assert (image.size, image.format) == ((WIDTH, HEIGHT), "PNG")
        covered = sum(field.tile.width * field.tile.height for field in FIELDS[menu])
        assert covered == WIDTH * HEIGHT
        assert name_of(menu).isascii()


@pytest.mark.rule("G-11")
def test_no_word_of_a_paper_or_a_menu_is_one_that_a_family_may_not_read() -> None:
    paper = LinkPaper(
        account="みどりのたより",
        basic_id="@123abcde",
        code="23456789",
        until="12月30日(水)",
        sender="佐藤",
        made_at=MONDAY,
    )
    context = LetterContext(kind=TextKind.REPLY, today=MONDAY.date())
    lines = [line for form in PaperForm for line in words_on(paper, form)]
    lines += [field.tile.label for menu in Menu for field in FIELDS[menu]]
    for line in lines:
        found = {finding.code for finding in PROOF.read(line, context=context)}
        assert "L5" not in found, line


@pytest.mark.rule("G-11")
def test_a_long_account_name_leaves_the_qr_on_a_card_alone() -> None:
    """LINE lets an account's name have 20 characters."""
    paper = LinkPaper(
        account="みどり町からときどき届く短いおたよりです",
        basic_id="@123abcde",
        code="23456789",
        until="12月30日(水)",
        sender="",
        made_at=MONDAY,
    )
    page = PdfDocument(printed(paper, PaperForm.CARD))[0]
    [qr] = [one.get_bounds() for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])]
    text = page.get_textpage()
    found = text.search("です", match_case=True).get_next()
    assert found is not None
    _, _, right, _ = text.get_charbox(found[0] + 1)
    assert right < qr[0]
