"""担当している案件の数 on the town's desk, and a calm word when a case is given (R-084)."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from starlette.applications import Starlette

from bots.profiles.reader import read_profile
from bots.web.staff import staff_routes
from core.agencies import Agency, Role, Staff
from core.ids import AgencyId
from tests.bots.web.browser import KEY, Browser, Office, Seen
from tests.core.usecases.plans.planning import colleague
from tests.midori import add_neighbour
from tests.people import MIDORI, SUZUKI, TANAKA, TOKYO
from tests.practice.line.served import served

pytestmark = pytest.mark.rule("R-084")
PROFILE = replace(read_profile("midori"), most_cases=1)
CITY, VISITS = AgencyId("agency-city"), AgencyId("agency-visits")
WORKER = replace(SUZUKI, agency_id=VISITS)
COORDINATOR = replace(TANAKA, agency_id=CITY)
OFFICER = replace(colleague("takahashi", Role.MUNICIPAL_OFFICER), agency_id=CITY)
BUSY = replace(colleague("mori", Role.OUTREACH_WORKER), agency_id=VISITS, name="森")


@pytest.fixture
async def town(office: Office) -> AsyncIterator[Office]:
    """Two cases, and a town whose measure is one case for each colleague."""
    await add_neighbour(office.uow, 1)
    async with office.uow.write() as work:
        for agency_id, name in ((CITY, "みどり市"), (VISITS, "あおぞら訪問会")):
            agency = Agency(id=agency_id, municipality_id=MIDORI, code=agency_id, name=name)
            await work.towns.put_agency(agency)
        for one in (WORKER, COORDINATOR, OFFICER, BUSY):
            await work.staff.put(one)
        await work.commit()

    async def always(nonce: str, until: object) -> bool:
        return True

    routes = staff_routes(
        uow=office.uow,
        clock=office.clock,
        tz=TOKYO,
        key=KEY,
        use_nonce=always,
        profile=PROFILE,
    )
    async with served(Starlette(routes=routes)) as origin:
        yield Office(office.uow, office.clock, origin)


async def desk_of(office: Office, staff: Staff) -> Seen:
    async with Browser(office.origin) as browser:
        await browser.open(office.link(staff=staff))
        return await browser.get("/s/town")


async def given(office: Office, *fields: tuple[str, str], deed: str, alias: str) -> str:
    """What stands on the case's page after 田中 gave it to somebody."""
    async with Browser(office.origin) as browser:
        await browser.open(office.link(staff=TANAKA))
        path = f"/s/cases/{alias}/do/{deed}"
        form = await browser.get(path)
        assert form.status == 200
        done = await browser.post(path, *form.fields, *fields)
        assert done.status == 200, done.words
        return done.words


async def test_offices_stand_by_name_with_their_colleagues_and_who_carries_much_is_not_ranked(
    town: Office,
) -> None:
    words = (await desk_of(town, TANAKA)).words
    assert "分かち合うための数です" in words
    assert "あおぞら訪問会 2件" in words
    assert "鈴木さん 2件 分かち合えるか、話してみてください" in words
    assert "機関の登録がない職員" in words
    for never in ("多い順", "ランキング", "過重", "ノルマ"):
        assert never not in words


async def test_one_office_that_is_on_every_case_is_told_so(town: Office) -> None:
    async with town.uow.write() as work:
        await work.staff.put(TANAKA)
        await work.commit()
    words = (await desk_of(town, TANAKA)).words
    assert "あおぞら訪問会 2件 いまは、すべての案件にこの機関だけがかかわっています。" in words


async def test_a_worker_sees_their_own_number_and_their_offices(town: Office) -> None:
    words = (await desk_of(town, WORKER)).words
    assert "あおぞら訪問会 2件 鈴木さん 2件" in words
    assert "田中さん" not in words


async def test_a_case_given_to_somebody_who_carries_much_is_given_and_a_word_is_said(
    town: Office,
) -> None:
    seat = (("staff", BUSY.id), ("role", "outreach_worker"))
    first = await given(town, *seat, deed="seat-colleague", alias="A-12")
    assert "森さんを、訪問支援員として加えました。" in first
    assert "話してみてください" not in first
    second = await given(town, *seat, deed="seat-colleague", alias="P-1")
    assert (
        "森さんは、いま2件を担当しています(町のめやす1件)。"
        "分かち合えるところがないか、話してみてください。"
    ) in second


async def test_handing_over_says_it_too(town: Office) -> None:
    told = (
        ("successor", SUZUKI.id),
        ("read_on", "2026-11-29"),
        ("not_met", "まだお会いできていないため"),
        ("announced", "手紙でお知らせします"),
    )
    words = await given(town, *told, deed="hand-over-case", alias="A-12")
    assert "鈴木さんに引き継ぎました。鈴木さんは、いま2件を担当しています" in words
