"""つづけて書く: the form with its days, what was typed kept, and the line of days afterwards."""

from tests.bots.web.browser import Browser, Office, Seen
from tests.core.usecases.series_office import FIRST, numbered
from tests.people import SUZUKI

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
