"""おたよりを書く on the case's page: own words, or a template's words put there first."""

import re
from dataclasses import replace
from html import unescape

from core.letters import Letter, LetterKind, LetterState
from core.people import LanguageStyle
from core.ports import UnitOfWork
from core.usecases.letters.return_letter import return_letter
from tests.bots.web.browser import Browser, Office, Seen
from tests.midori import letter_now, written
from tests.people import A12, MONDAY, SATO, SUZUKI

FORM = "/s/cases/A-12/do/write-letter"
OPENS = ("opens_at", "2026-12-01T10:30")
NOTHING_DONE = "佐藤です。うまくいかない日も、何もしない日も、気にかけています。"


def mark(page: Seen) -> tuple[str, str]:
    return next(field for field in page.fields if field[0] == "mark")


def words_in(page: Seen) -> str:
    """What stands in the field of the words."""
    found = re.search(r'<textarea id="e-words"[^>]*>([^<]*)</textarea>', page.text)
    assert found is not None
    return unescape(found.group(1))


async def letters(uow: UnitOfWork) -> list[Letter]:
    async with uow.read() as work:
        return list(await work.letters.of_case(A12.id))


async def test_a_letter_is_written_in_own_words(office: Office, browser: Browser) -> None:
    await browser.open(office.link())
    form = await browser.get(FORM)
    done = await browser.post(
        FORM, mark(form), ("kind", "CHECK_IN"), ("words", "佐藤です。読むだけで大丈夫です。"), OPENS
    )

    assert "おたよりは、承認待ちに入りました。" in done.words
    (letter,) = await letters(office.uow)
    assert (letter.body, letter.template) == ("佐藤です。読むだけで大丈夫です。", None)


async def test_a_template_puts_its_words_there_to_be_read_first(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link())
    form = await browser.get(FORM)
    ready = await browser.post(
        FORM, mark(form), ("kind", "FIRST"), ("template", "nanimo-shinai-hi/1"), OPENS
    )

    assert ready.status == 200
    assert "ひな形の言葉を入れました。" in ready.words
    assert words_in(ready) == NOTHING_DONE
    assert '<option value="CHECK_IN" selected>' in ready.text
    assert await letters(office.uow) == []

    done = await browser.post(
        FORM,
        mark(ready),
        ("kind", "CHECK_IN"),
        ("template", "nanimo-shinai-hi/1"),
        ("words", f"{words_in(ready)}それでは。"),
        OPENS,
    )
    assert "ひな形 nanimo-shinai-hi/1 から" in done.words
    (letter,) = await letters(office.uow)
    assert (letter.state, letter.kind) == (LetterState.PENDING_APPROVAL, LetterKind.CHECK_IN)
    assert letter.body == f"{NOTHING_DONE}それでは。"


async def test_the_phrase_of_the_season_is_remembered(office: Office, browser: Browser) -> None:
    await browser.open(office.link())
    form = await browser.get(FORM)
    ready = await browser.post(
        FORM, mark(form), ("kind", "SEASON"), ("template", "kisetsu/1"), OPENS
    )
    season = next(field for field in ready.fields if field[0] == "season")
    await browser.post(
        FORM,
        mark(ready),
        season,
        ("kind", "SEASON"),
        ("template", "kisetsu/1"),
        ("words", words_in(ready)),
        OPENS,
    )

    (letter,) = await letters(office.uow)
    assert letter.season == season[1]
    assert season[1].startswith("59")


async def test_neither_words_nor_a_template_is_no_letter(office: Office, browser: Browser) -> None:
    await browser.open(office.link())
    form = await browser.get(FORM)
    again = await browser.post(FORM, mark(form), ("kind", "CHECK_IN"), OPENS)

    assert again.status == 422
    assert "言葉を書くか、ひな形をお選びください。" in again.words
    assert await letters(office.uow) == []


async def test_only_templates_in_the_persons_style_are_offered(
    office: Office, browser: Browser
) -> None:
    async with office.uow.write() as work:
        person = await work.people.get(A12.person_id)
        await work.people.put(replace(person, language_style=LanguageStyle.PLAIN))
        await work.commit()
    await browser.open(office.link())
    form = await browser.get(FORM)

    assert 'value="futo-plain/1"' in form.text
    assert 'value="futo/1"' not in form.text


async def test_a_letter_that_came_back_is_rewritten_here(office: Office, browser: Browser) -> None:
    letter = await written(office.uow)
    await return_letter(
        office.uow,
        letter_id=letter.id,
        version=letter.version,
        by=SATO.id,
        note="もう少し短く",
        at=MONDAY,
    )
    await browser.open(office.link(staff=SUZUKI))
    address = f"/s/cases/A-12/do/rewrite-letter?of={letter.id}"
    form = await browser.get(address)
    assert words_in(form) == letter.body

    await browser.post(
        address,
        mark(form),
        next(field for field in form.fields if field[0] == "version"),
        ("words", "鈴木です。読むだけで大丈夫です。"),
        OPENS,
    )
    now = await letter_now(office.uow, letter.id)
    assert (now.state, now.body) == (
        LetterState.PENDING_APPROVAL,
        "鈴木です。読むだけで大丈夫です。",
    )
