"""つづけて書く: the form with its days, what was typed kept, and the line of days afterwards."""

import re
from datetime import date
from html import unescape

from core.series import SeriesStep
from tests.bots.web.browser import Browser, Office, Seen
from tests.core.usecases.series_office import FIRST, numbered
from tests.people import MONDAY, SUZUKI, TOKYO, A

FORM = "/s/cases/A-12/do/draft-series?of=hagaki:visit"


def mark(page: Seen) -> tuple[str, str]:
    return next(field for field in page.fields if field[0] == "mark")


async def test_a_series_is_written_from_a_day_to_come_and_stands_on_the_page(
    office: Office, browser: Browser
) -> None:
    page = await browser.open(office.link(staff=SUZUKI))
    assert "つづけて書く(月に2回のはがき・これからお会いできた日から)" in page.words
    form = await browser.get(FORM)
    assert "第1信 その日から15日後" in form.words
    done = await browser.post(FORM, mark(form), ("words-d15", FIRST), ("words-m1", numbered(1)[0]))
    assert "ひと続きのおたよりを書きました。" in done.words
    assert "月に2回のはがき" in done.words
    assert "言葉を待っています" in done.words


async def test_words_that_cannot_go_out_are_told_at_their_box_and_kept(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link(staff=SUZUKI))
    form = await browser.get(FORM)
    again = await browser.post(
        FORM, mark(form), ("words-d15", FIRST), ("words-m1", "福祉課です。面談に来てください。")
    )
    assert again.status == 422
    assert "福祉課です。面談に来てください。" in again.text
    assert 'id="slip-words-m1"' in again.text


async def test_days_that_are_known_are_shown_with_their_weekday(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link(staff=SUZUKI))
    form = await browser.get("/s/cases/A-12/do/draft-series?of=hagaki:linking")
    assert "第1信" in form.words
    assert "次の回でひと区切りにします" in form.words


def at_hand(page: Seen, name: str) -> str:
    """What stands in a box."""
    found = re.search(rf'id="e-{name}"[^>]*>([^<]*)</textarea>', page.text)
    assert found is not None, name
    return unescape(found.group(1))


async def steps_of(office: Office) -> dict[str, SeriesStep]:
    async with office.uow.read() as work:
        series = await work.series.running_of_person(A.id)
    assert series is not None
    return {step.key: step for step in series.steps}


async def test_a_series_may_begin_today_or_on_a_day_of_choice(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link(staff=SUZUKI))
    where = "/s/cases/A-12/do/draft-series?of=hagaki:day"
    form = await browser.get(where)
    assert "数えはじめる日" in form.words
    assert f'value="{MONDAY.astimezone(TOKYO).date()}"' in form.text
    chosen = ("day", "2026-12-10")
    await browser.post(where, mark(form), chosen, ("words-d15", FIRST))
    step = (await steps_of(office))["d15"]
    assert step.day == date(2026, 12, 25)
    assert step.letter_id is not None


async def test_templates_and_phrases_of_the_season_are_put_into_empty_boxes(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link(staff=SUZUKI))
    where = "/s/cases/A-12/do/draft-series?of=hagaki:linking"
    form = await browser.get(where)
    keys = re.findall(r'name="words-([^"]+)"', form.text)
    first, second, *_, before, last = keys
    options = {key: _options(form, f"template-{key}") for key in keys}
    # Each letter is offered what its part asks for.
    assert all("hitokugiri-mae" in one for one in options[before])
    assert all(one.startswith("hitokugiri/") for one in options[last])
    assert not set(options[second]) & set(options[first])
    season = next(one for one in options[second] if "kisetsu" in one or "season" in one)
    typed = [
        (f"words-{first}", FIRST),
        (f"template-{second}", season),
        (f"template-{last}", options[last][0]),
    ]
    ready = await browser.post(where, mark(form), *typed)
    assert "ひな形の言葉を入れました" in ready.words
    assert "今日でひと区切りです" in at_hand(ready, f"words-{last}")
    assert at_hand(ready, f"words-{first}") == FIRST
    words = at_hand(ready, f"words-{second}")
    held = re.search(rf'name="season-{second}" value="([^"]+)"', ready.text)
    assert words and held is not None
    phrase = held.group(1)
    await browser.post(
        where,
        mark(ready),
        *typed,
        (f"words-{second}", words),
        (f"season-{second}", phrase),
        (f"words-{last}", at_hand(ready, f"words-{last}")),
    )
    steps = await steps_of(office)
    async with office.uow.read() as work:
        letter = await work.letters.get(steps[second].letter_id)  # type: ignore[arg-type]
    assert (letter.template, letter.season) == (season, phrase)


async def test_each_letter_has_its_own_line_for_the_lock_screen(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link(staff=SUZUKI))
    form = await browser.get(FORM)
    await browser.post(FORM, mark(form), ("words-d15", FIRST), ("alt-d15", "鈴木からのおたより"))
    steps = await steps_of(office)
    words = steps["d15"].words
    assert words is not None and words.alt_text == "鈴木からのおたより"


async def test_a_form_without_a_word_says_what_is_missing(office: Office, browser: Browser) -> None:
    await browser.open(office.link(staff=SUZUKI))
    form = await browser.get(FORM)
    again = await browser.post(FORM, mark(form))
    assert again.status == 422
    assert "言葉を書くか、ひな形をお選びください" in again.words


def _options(page: Seen, name: str) -> list[str]:
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', page.text, re.DOTALL)
    assert select is not None, name
    return [value for value in re.findall(r'<option value="([^"]*)"', select.group()) if value]
