"""The town's figures on a page: for whoever answers for them, in the order of the town."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bots.web.pictures import lying_bars, standing_bars
from core.agencies import Role
from core.audit import AuditEvent
from core.contacts import Contact, ContactChannel, Met
from core.ids import ContactId
from core.usecases.figures.close_month import close_month
from tests.bots.web.browser import Browser, Office
from tests.midori import add_neighbour
from tests.people import MIDORI, MONDAY, SATO, TANAKA, TOKYO

DECEMBER = MONDAY + timedelta(days=3)
PAGE = "/s/town/figures"


@pytest.mark.rule("R-053", "R-086")
async def test_an_officer_sees_the_months_as_pictures_and_as_tables(
    office: Office, browser: Browser
) -> None:
    await close_month(office.uow, now=DECEMBER, tz=TOKYO)
    office.clock.at = DECEMBER
    await browser.open(office.link(staff=TANAKA))
    seen = await browser.get(PAGE)
    assert seen.status == 200
    for words in ("令和8年11月まで", "第1版", "会議の回数は成果のものさしではありません"):
        assert words in seen.words
    assert (seen.text.count("<svg"), seen.text.count("<table")) == (2, 3)
    assert "青木" not in seen.text
    assert "style=" not in seen.text
    assert PAGE in (await browser.get("/s/town")).text


@pytest.mark.rule("R-086")
async def test_asked_for_it_the_page_counts_anew_and_says_whether_what_was_told_still_holds(
    office: Office, browser: Browser
) -> None:
    await close_month(office.uow, now=DECEMBER, tz=TOKYO)
    office.clock.at = DECEMBER
    await browser.open(office.link(staff=TANAKA))
    assert "figures.taken" not in await _taken(office)
    assert "いまの記録から数える" in (await browser.get(PAGE)).words
    await browser.head(f"{PAGE}?now=yes")
    assert "figures.taken" not in await _taken(office), "nobody has read it"
    counted = await browser.get(f"{PAGE}?now=yes")
    for words in ("12月3日(木) 10:30 に数えました", "令和8年11月の数は、伝えたときと同じです"):
        assert words in counted.words
    assert "令和8年12月" in counted.words
    assert (await _taken(office)).count("figures.taken") == 2, "this month, and the one told"
    await add_neighbour(office.uow, 7)
    async with office.uow.write() as work:
        case = await work.cases.by_alias("P-7")
        assert case is not None
        await work.audit.append(
            AuditEvent(
                action="contact.logged",
                at=MONDAY,
                actor=SATO.id,
                role="outreach_worker",
                subject="late",
                case_id=case.id,
            )
        )
        await work.contacts.add(
            Contact(
                id=ContactId("late"),
                municipality_id=MIDORI,
                case_id=case.id,
                at=MONDAY,
                channel=ContactChannel.PHONE,
                met=Met.VOICE_ONLY,
                by=SATO.id,
            )
        )
        await work.commit()
    late = await browser.get(f"{PAGE}?now=yes")
    assert "伝えたあとに入った記録で変わっています" in late.words


async def _taken(office: Office) -> list[str]:
    async with office.uow.read() as work:
        return [entry.event.action for entry in await work.audit.entries(limit=100)]


async def test_before_the_first_month_is_over_the_page_says_that_this_is_fine(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link(staff=TANAKA))
    assert "まだ数はありません" in (await browser.get(PAGE)).words


async def test_a_worker_has_the_towns_figures_nowhere(office: Office, browser: Browser) -> None:
    await browser.open(office.link(staff=SATO))
    assert (await browser.get(PAGE)).status == 404
    assert PAGE not in (await browser.get("/s/town")).text


async def test_who_opened_a_case_is_one_step_away_for_those_who_read_the_trail(
    office: Office, browser: Browser
) -> None:
    async with office.uow.write() as work:
        await work.staff.put(replace(TANAKA, roles=TANAKA.roles | {Role.PRIVACY_OFFICER}))
        await work.commit()
    await browser.open(office.link(staff=TANAKA))
    assert "/s/cases/A-12/opened" in (await browser.get(PAGE)).text


@pytest.mark.rule("R-053")
def test_bars_stand_in_the_order_in_which_they_are_told_and_not_by_their_height() -> None:
    counts = [("門司区", 2), ("八幡東区", 7), ("八幡西区", 0), ("戸畑区", 5)]
    for draw in (standing_bars, lying_bars):
        picture = draw("継続", counts, said="継続: 門司区 2")
        assert [(bar.label, bar.count) for bar in picture.bars] == counts
        for bar in picture.bars:
            assert 0 <= bar.x <= bar.x + bar.width <= picture.width
            assert 0 <= bar.y <= bar.y + bar.height <= picture.height


def test_a_picture_of_nothing_is_a_picture() -> None:
    assert standing_bars("継続", [], said="").bars == ()
    (bar,) = standing_bars("継続", [("4月", 0)], said="").bars
    assert bar.height == 0
