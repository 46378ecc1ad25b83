"""Consents on the desk: explained, given with its proof, taken back."""

import re

import pytest

from core.consent import ConsentState
from tests.bots.web.browser import Browser, Office, Seen
from tests.people import A12, SUZUKI, A

CASE = "/s/cases/A-12"


def links(page: Seen, title: str) -> list[str]:
    """Where the deeds of this title lead."""
    return re.findall(rf'<a href="([^"]+)">{title}', page.text)


async def fill(browser: Browser, path: str, *fields: tuple[str, str]) -> Seen:
    form = await browser.get(path)
    held = [field for field in form.fields if field[0] in {"mark", "version"}]
    return await browser.post(path, *held, *fields)


async def explained(browser: Browser) -> Seen:
    return await fill(
        browser,
        f"{CASE}/do/explain-consent?of=SERVICE_USE",
        ("subject", A.id),
        ("programme", "outreach"),
        ("text_version", "1"),
        ("shown", "訪問と手紙でつながりを続けること"),
    )


@pytest.mark.rule("C1")
@pytest.mark.rule("C2")
async def test_a_consent_is_explained_and_then_given_with_its_proof(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link())
    page = await explained(browser)
    assert "説明を記録しました" in page.words
    (record,) = links(page, "同意を記録する")

    given = await fill(
        browser,
        record,
        ("giver", A.id),
        ("proof", "ORAL"),
        ("on", "2026-11-30"),
        ("place", "玄関先"),
        ("words", "お願いします"),
        ("witness", SUZUKI.id),
        ("chosen", "yes"),
    )
    assert given.path == CASE
    assert "同意を記録しました" in given.words
    assert "お願いします" in given.words


@pytest.mark.rule("C2")
async def test_a_proof_that_lacks_a_part_is_refused_and_nothing_typed_is_lost(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link())
    (record,) = links(await explained(browser), "同意を記録する")
    again = await fill(
        browser,
        record,
        ("giver", A.id),
        ("proof", "ORAL"),
        ("on", "2026-11-30"),
        ("words", "はい"),
        ("chosen", "yes"),
    )
    assert (again.status, "C2" in again.words) == (422, True)
    assert "はい" in again.text
    assert await state(office) is ConsentState.EXPLAINING


@pytest.mark.rule("C3")
async def test_not_now_asks_for_no_reason(office: Office, browser: Browser) -> None:
    await browser.open(office.link())
    (decline,) = links(await explained(browser), "いまは見合わせる")
    page = await fill(browser, decline)

    assert "30日は、こちらから持ち出しません" in page.words
    assert await state(office) is ConsentState.DECLINED_FOR_NOW


@pytest.mark.rule("C5")
async def test_taking_back_needs_no_reason_and_stops_letters(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link())
    form = await browser.get(f"{CASE}/do/withdraw-consent")
    (line,) = re.findall(r'name="lines" value="([^"]+)"', form.text)
    page = await fill(browser, f"{CASE}/do/withdraw-consent", ("lines", line))

    assert "いま、すべて止まりました" in page.words
    assert "consent.withdrawn" in [action for action, _ in await office.deeds()]
    async with office.uow.read() as work:
        ledger = await work.consents.of_person(A12.person_id)
    assert {one.state for one in ledger} == {ConsentState.WITHDRAWN}


async def state(office: Office) -> ConsentState:
    """Of the line that was explained last."""
    async with office.uow.read() as work:
        ledger = await work.consents.of_person(A12.person_id)
    return next(one.state for one in ledger if one.text_version == "1")
