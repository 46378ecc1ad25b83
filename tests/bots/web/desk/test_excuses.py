"""そのまま使うわけ on the case's page: unseen until a reason would do; told with the letter."""

import re
from dataclasses import replace

import pytest

from core.letters import Letter, LetterState
from core.lint import Proofreader
from core.ports import UnitOfWork
from core.usecases.letters.approve_letter import approve_letter
from tests.bots.slack.office import PlainPress
from tests.bots.web.browser import Browser, Office, Seen
from tests.midori import facts_of
from tests.people import A12, MONDAY, SATO, SUZUKI
from tests.proofs import PROOF

FORM = "/s/cases/A-12/do/write-letter"
OPENS = ("opens_at", "2026-12-01T10:30")
KIND = ("kind", "CHECK_IN")
BLOCKED = "鈴木です。15日までにお返事をください。"
WORDS = ("words", BLOCKED)
WHY = "期限のある用事のときは日を書いてほしいと、本人から頼まれました"
LENIENT = replace(PROOF, excusable=frozenset({"L1", "L3"}))
SEEN = re.compile(r'<(?:input|textarea)[^>]*id="e-excuse"[^>]*>')


@pytest.fixture
def proof(request: pytest.FixtureRequest) -> Proofreader:
    """A town that lets L1 and L3 stand with a reason, unless the test says otherwise."""
    strict: bool = getattr(request, "param", False)
    return PROOF if strict else LENIENT


def mark(page: Seen) -> tuple[str, str]:
    return next(field for field in page.fields if field[0] == "mark")


async def letters(uow: UnitOfWork) -> list[Letter]:
    async with uow.read() as work:
        return list(await work.letters.of_case(A12.id))


@pytest.mark.rule("S1")
@pytest.mark.parametrize("proof", [True], indirect=True)
async def test_the_usual_town_does_not_ask(office: Office, browser: Browser) -> None:
    await browser.open(office.link(staff=SUZUKI))
    form = await browser.get(FORM)
    again = await browser.post(FORM, mark(form), KIND, WORDS, OPENS, ("excuse", WHY))
    assert again.status == 422
    assert "e-excuse" not in again.text
    assert await letters(office.uow) == []


@pytest.mark.rule("S1")
async def test_it_is_asked_for_once_a_reason_would_do(office: Office, browser: Browser) -> None:
    await browser.open(office.link(staff=SUZUKI))
    form = await browser.get(FORM)
    assert SEEN.search(form.text) is None
    asked = await browser.post(FORM, mark(form), KIND, WORDS, OPENS)
    assert asked.status == 422
    assert SEEN.search(asked.text) is not None
    assert "「そのまま使うわけ」を書いて" in asked.words
    assert BLOCKED in asked.text
    done = await browser.post(FORM, mark(asked), KIND, WORDS, OPENS, ("excuse", WHY))
    assert f"見直しで止まった言葉(L1 L3)が残っています。わけ:{WHY}" in done.words
    (letter,) = await letters(office.uow)
    assert letter.excuse == WHY


@pytest.mark.rule("S1")
async def test_a_reason_that_was_typed_stays_to_be_seen(office: Office, browser: Browser) -> None:
    await browser.open(office.link(staff=SUZUKI))
    form = await browser.get(FORM)
    night = ("opens_at", "2026-12-01T23:30")
    again = await browser.post(FORM, mark(form), KIND, WORDS, night, ("excuse", WHY))
    assert again.status == 422
    assert SEEN.search(again.text) is not None
    assert WHY in again.text
    long = await browser.post(FORM, mark(form), KIND, WORDS, OPENS, ("excuse", "あ" * 201))
    assert "200字までで" in long.words


@pytest.mark.rule("S1")
async def test_words_of_a_template_begin_without_it(office: Office, browser: Browser) -> None:
    await browser.open(office.link(staff=SUZUKI))
    form = await browser.get(FORM)
    template = ("template", "nanimo-shinai-hi/1")
    ready = await browser.post(FORM, mark(form), KIND, template, OPENS, ("excuse", WHY))
    assert WHY not in ready.text


@pytest.mark.rule("S1")
async def test_the_page_tells_that_it_was_approved_with_a_reason(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link(staff=SUZUKI))
    form = await browser.get(FORM)
    await browser.post(FORM, mark(form), KIND, WORDS, OPENS, ("excuse", WHY))
    (letter,) = await letters(office.uow)
    await approve_letter(
        office.uow,
        letter_id=letter.id,
        version=letter.version,
        facts=await facts_of(office.uow, A12.id),
        by=SATO.id,
        at=MONDAY,
        press=PlainPress(),
        proof=LENIENT,
        excused=frozenset({"L1", "L3"}),
    )
    page = await browser.get("/s/cases/A-12")
    assert f"見直しで止まった言葉(L1 L3)を、わけを読んで承認しました。わけ:{WHY}" in page.words


APPROVE = "/s/cases/A-12/do/approve-excused"


async def stopped_and_explained(office: Office, browser: Browser) -> Letter:
    """鈴木 hands it in with a reason."""
    await browser.open(office.link(staff=SUZUKI))
    form = await browser.get(FORM)
    await browser.post(FORM, mark(form), KIND, WORDS, OPENS, ("excuse", WHY))
    (letter,) = await letters(office.uow)
    return letter


@pytest.mark.rule("S1", "G-06")
async def test_an_approver_reads_the_reason_on_the_page_and_approves(
    office: Office, browser: Browser
) -> None:
    letter = await stopped_and_explained(office, browser)
    await browser.open(office.link(staff=SATO))
    where = f"{APPROVE}?of={letter.id}"
    form = await browser.get(where)
    assert WHY in form.words
    assert BLOCKED in form.words
    unread = await browser.post(where, *form.fields)
    assert unread.status == 422
    done = await browser.post(where, *form.fields, ("read", "yes"))
    assert "わけを読んで承認したことを記録しました" in done.words
    (now,) = await letters(office.uow)
    assert (now.state, now.approved_by, now.excused) == (
        LetterState.SCHEDULED,
        SATO.id,
        frozenset({"L1", "L3"}),
    )


@pytest.mark.rule("G-06")
async def test_its_author_is_not_offered_to_accept_it(office: Office, browser: Browser) -> None:
    letter = await stopped_and_explained(office, browser)
    assert (await browser.get(f"{APPROVE}?of={letter.id}")).status == 404
    page = await browser.get("/s/cases/A-12")
    assert "わけを読んで承認する" not in page.words
