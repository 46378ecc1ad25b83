"""お金のこと on a case: read by those on the case, and from taxation by its holder (R-043)."""

import io
import json

import pytest
from rich.console import Console

from bots.i18n.names import LAWS_OWN
from bots.telling_case import case_json, tell_case
from core.agencies import Role, Seat
from core.shielding import Care, CareMark
from core.usecases.cases.show_case import show_case
from tests.bots.web.browser import Browser, Office
from tests.core.usecases.plans.planning import TAKAHASHI, colleague
from tests.people import A12, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A

CASE = "/s/cases/A-12"
FORM = f"{CASE}/do/write-assessment"
OTHER = colleague("mori", Role.MUNICIPAL_OFFICER)
AUDITOR = colleague("kansa", Role.PRIVACY_OFFICER)
ARREARS = "固定資産税が2期分"


@pytest.fixture(autouse=True)
async def the_town_has_two_officers(office: Office) -> None:
    async with office.uow.write() as work:
        for one in (TAKAHASHI, OTHER):
            await work.staff.put(one)
            await work.staff.put_seat(
                Seat(case_id=A12.id, staff_id=one.id, role=Role.MUNICIPAL_OFFICER)
            )
        await work.staff.put(AUDITOR)
        await work.commit()


async def from_taxation(office: Office, browser: Browser) -> str:
    """鈴木 writes down what 高橋 brought in; the path at which it is opened."""
    await browser.open(office.link(staff=SUZUKI))
    form = await browser.get(FORM)
    told = (("arrears", ARREARS), ("tax_derived", "yes"), ("tax_holder", TAKAHASHI.id))
    done = await browser.post(FORM, *form.fields, ("assessed_on", "2026-11-30"), *told)
    assert "アセスメントを書きました" in done.words
    async with office.uow.read() as work:
        (sheet,) = await work.assessments.of_case(A12.id)
    return f"{CASE}/tax/{sheet.id}"


@pytest.mark.rule("R-043")
async def test_what_is_not_from_taxation_is_read_by_those_who_read_the_case(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link(staff=SUZUKI))
    form = await browser.get(FORM)
    told = (("income", "月に8万円ほど"), ("debts", "カードで20万円"))
    await browser.post(FORM, *form.fields, ("assessed_on", "2026-11-30"), *told)
    words = (await browser.open(office.link(staff=TANAKA))).words
    assert "収入 月に8万円ほど" in words
    assert "借金 カードで20万円" in words
    assert "税の担当" not in words


@pytest.mark.rule("R-043")
async def test_a_tax_fact_opens_for_its_holder_on_a_page_of_its_own_and_is_recorded(
    office: Office, browser: Browser
) -> None:
    page = await from_taxation(office, browser)
    seen = await browser.open(office.link(staff=TAKAHASHI))
    assert ARREARS not in seen.words
    assert page in seen.text
    assert ("tax_fact.opened", TAKAHASHI.id) not in await office.deeds()
    assert (await browser.head(page)).status == 200
    assert ("tax_fact.opened", TAKAHASHI.id) not in await office.deeds()
    assert f"滞納 {ARREARS}" in (await browser.get(page)).words
    assert (await office.deeds()).count(("tax_fact.opened", TAKAHASHI.id)) == 1

    await browser.open(office.link(staff=TAKAHASHI))
    async with office.uow.write() as work:
        await work.staff.put_seat(
            Seat(case_id=A12.id, staff_id=AUDITOR.id, role=Role.PRIVACY_OFFICER)
        )
        await work.commit()
    await browser.open(office.link(staff=AUDITOR))
    assert "税の情報を開きました" in (await browser.get(f"{CASE}/opened")).words


@pytest.mark.rule("R-043")
@pytest.mark.parametrize("reader", [SUZUKI, SATO, TANAKA, OTHER, AUDITOR], ids=lambda one: one.code)
async def test_nobody_else_reads_it_not_even_who_wrote_it_down(
    office: Office, browser: Browser, reader: object
) -> None:
    page = await from_taxation(office, browser)
    seen = await browser.open(office.link(staff=reader))  # type: ignore[arg-type]
    assert ARREARS not in seen.text
    assert page not in seen.text
    if reader is SUZUKI:
        assert "開けるのは、持ち込んだtakahashiさんだけです(R-043)。" in seen.words
    refused = await browser.get(page)
    assert (refused.status, ARREARS in refused.text) == (404, False)
    assert "tax_fact.opened" not in dict(await office.deeds())


@pytest.mark.rule("R-043", "R-015")
async def test_a_mark_closes_it_to_the_holder_too(office: Office, browser: Browser) -> None:
    page = await from_taxation(office, browser)
    await browser.open(office.link(staff=TAKAHASHI))
    async with office.uow.write() as work:
        mark = CareMark(
            person_id=A.id,
            care=Care.STALKING,
            cleared=frozenset({SATO.id}),
            closes_case=True,
        )
        await work.care_marks.put(mark)
        await work.commit()
    assert (await browser.get(page)).status == 404
    assert "tax_fact.opened" not in dict(await office.deeds())


@pytest.mark.rule("R-043")
async def test_tax_facts_without_an_officer_are_not_kept_and_nothing_typed_is_lost(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link(staff=SUZUKI))
    form = await browser.get(FORM)
    told = (("arrears", ARREARS), ("tax_derived", "yes"))
    again = await browser.post(FORM, *form.fields, ("assessed_on", "2026-11-30"), *told)
    assert again.status == 422
    assert "持ち込んだ町の担当のお名前とともに残します。 R-043" in again.words
    assert ARREARS in again.text
    async with office.uow.read() as work:
        assert await work.assessments.of_case(A12.id) == ()


@pytest.mark.rule("R-043")
async def test_the_command_line_tells_it_whole_and_the_record_says_so(
    office: Office, browser: Browser
) -> None:
    await from_taxation(office, browser)
    story = await show_case(office.uow, case_id=A12.id, by=None, at=MONDAY, tz=TOKYO, most=None)
    out = Console(file=io.StringIO(), width=300, force_terminal=False)
    tell_case(out, story, TOKYO, at=MONDAY, names=LAWS_OWN)
    assert isinstance(out.file, io.StringIO)
    assert f"滞納: {ARREARS}" in out.file.getvalue()
    assert "お金の出どころ: 税の担当からのもの" in out.file.getvalue()
    assert ARREARS in json.dumps(case_json(story), ensure_ascii=False)
    assert ("tax_fact.opened", "operator") in await office.deeds()
