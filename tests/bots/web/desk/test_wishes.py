"""おたよりの希望を書きとめる: a colleague takes down what the person wishes of letters."""

from datetime import date, time

from core.days import DaysOff
from core.people import LanguageStyle, LetterWishes, Person
from tests.bots.web.browser import Browser, Office, Seen
from tests.people import SUZUKI, A

FORM = "/s/cases/A-12/do/change-wishes"
USUAL = (("often", "1"), ("style", "standard"), ("interests", "鉄道"))


def mark(page: Seen) -> tuple[str, str]:
    return next(field for field in page.fields if field[0] == "mark")


async def person_a(office: Office) -> Person:
    async with office.uow.read() as work:
        return await work.people.get(A.id)


async def test_wishes_are_taken_down_and_shown_again(office: Office, browser: Browser) -> None:
    await browser.open(office.link(staff=SUZUKI))
    form = await browser.get(FORM)
    done = await browser.post(
        FORM,
        mark(form),
        ("often", "2"),
        ("wakes", "21:00"),
        ("sleeps", "03:00"),
        ("days_off", "2027-03-01 | 2027-03-03 | 毎年\n2027-05-05"),
        ("any_day", "yes"),
        ("interests", "鉄道\n将棋"),
        ("unsaid", "学校"),
        ("style", "plain"),
    )
    assert "希望を書きとめました" in done.words
    told = await person_a(office)
    assert told.letter_wishes == LetterWishes(
        take_every=2,
        any_day=True,
        days_off=(
            DaysOff(first=date(2027, 3, 1), last=date(2027, 3, 3), yearly=True),
            DaysOff(first=date(2027, 5, 5), last=date(2027, 5, 5)),
        ),
    )
    assert (told.wakes, told.sleeps) == (time(21), time(3))
    assert (told.interests, told.do_not_mention) == (("鉄道", "将棋"), ("学校",))
    assert told.language_style is LanguageStyle.PLAIN
    again = await browser.get(FORM)
    assert "2027-03-01 | 2027-03-03 | 毎年" in again.text
    assert 'value="21:00"' in again.text


async def test_what_cannot_be_read_is_told_beside_it(office: Office, browser: Browser) -> None:
    await browser.open(office.link(staff=SUZUKI))
    form = await browser.get(FORM)
    wrong = await browser.post(FORM, mark(form), *USUAL, ("wakes", "夜"), ("days_off", "春"))
    assert wrong.status == 422
    assert 'id="slip-wakes"' in wrong.text
    assert 'id="slip-days_off"' in wrong.text
    half = await browser.post(FORM, mark(form), *USUAL, ("wakes", "9:00"))
    assert 'id="slip-sleeps"' in half.text
    none_left = await browser.post(FORM, mark(form), *USUAL, ("wakes", "9:00"), ("sleeps", "9:10"))
    assert "おたよりを届けられる時がなくなります" in none_left.words
    assert (await person_a(office)).wished_at is None
