"""一斉のお知らせ on the town's desk: declared, written, read by a second officer, stopped."""

import re
from dataclasses import replace
from typing import Any

import pytest

from bots.web.passes import make_staff_link
from core.agencies import Staff
from core.ids import CaseId
from core.people import LinkState
from tests.bots.web.browser import KEY, Browser, Office, Seen
from tests.core.usecases.test_notices import CITY, ONO, TAKAHASHI, WORDS
from tests.midori import add_neighbour
from tests.people import LINK_A, TANAKA

WRITE = "/s/town/do/write-notice"


@pytest.fixture
async def town(office: Office) -> Office:
    """Two officers, a neighbour on LINE, and A whom LINE does not reach."""
    async with office.uow.write() as work:
        await work.towns.put_agency(CITY)
        for one in (TAKAHASHI, ONO):
            await work.staff.put(one)
        link = await work.links.of_person(LINK_A.person_id)  # type: ignore[arg-type]
        assert link is not None
        blocked = replace(link, state=LinkState.BLOCKED, version=link.version + 1)
        await work.links.change(blocked, version=link.version)
        await work.commit()
    await add_neighbour(office.uow, 1)
    return office


async def at_the_desk(office: Office, browser: Browser, staff: Staff) -> Seen:
    nonce = f"{staff.code}-{office.clock.now().isoformat()}"
    link = make_staff_link(
        office.origin, KEY, staff.id, CaseId(""), at=office.clock.now(), nonce=nonce
    )
    return await browser.open(link)


async def send(browser: Browser, path: str, **typed: Any) -> Seen:
    shown = await browser.get(path)
    given = dict(shown.fields) | typed
    return await browser.post(path, *given.items())


async def written(browser: Browser, **typed: str) -> Seen:
    asked = {
        "kind": "DISASTER",
        "name": "台風10号",
        "since": "2026-11-29",
        "until": "2026-12-05",
        "reason": "停電が続いている",
        "ground": "災害対策本部の決定",
        "words": WORDS,
        "mode": "KEEPS_PACE",
        "opens_at": "2026-11-30T11:00",
        "closes_at": "2026-11-30T19:30",
    }
    return await send(browser, WRITE, **(asked | typed))


@pytest.mark.rule("R-087")
async def test_an_officer_writes_it_another_approves_it_and_the_list_names_whom_to_visit(
    town: Office, browser: Browser
) -> None:
    await at_the_desk(town, browser, TAKAHASHI)
    desk = await written(browser)
    assert "承認待ちに入りました" in desk.words
    assert "LINEで届かない方が1人" in desk.words
    page = re.search(r"/s/town/notices/[^\"]+", desk.text)
    assert page is not None
    seen = await browser.get(page[0])
    for words in (WORDS, "承認待ち 1人", "LINEで届かない 1人", "佐藤さん", "A-12"):
        assert words in seen.words
    assert "青木" not in seen.text
    assert "承認の画面へ" not in seen.words, "its author does not approve it"

    await at_the_desk(town, browser, ONO)
    approve = re.search(r"/s/town/do/approve-notice[^\"]+", (await browser.get(page[0])).text)
    assert approve is not None
    assert "承認しました" in (await send(browser, approve[0], read="yes")).words
    assert "予約中 1人" in (await browser.get(page[0])).words
    stop = re.search(r"/s/town/do/stop-notice[^\"]+", (await browser.get(page[0])).text)
    assert stop is not None
    assert "とめました" in (await send(browser, stop[0], sure="yes")).words
    assert "予約中 0人" in (await browser.get(page[0])).words


@pytest.mark.rule("R-087")
async def test_a_coordinator_is_told_at_once_that_only_the_municipality_may(
    town: Office, browser: Browser
) -> None:
    await at_the_desk(town, browser, TANAKA)
    shown = await browser.get(WRITE)
    assert "R-087" in shown.words
    assert "市町村だけ" in shown.words
    assert "<textarea" not in shown.text
    refused = await written(browser)
    assert refused.status == 404, "there is no form to send"
    async with town.uow.read() as work:
        assert await work.notices.all() == ()


@pytest.mark.rule("R-087", "G-07")
async def test_words_that_press_come_back_with_what_was_typed(
    town: Office, browser: Browser
) -> None:
    await at_the_desk(town, browser, TAKAHASHI)
    again = await written(browser, words="必ずお返事をください。")
    assert (again.status, "必ずお返事をください。" in again.text) == (422, True)
