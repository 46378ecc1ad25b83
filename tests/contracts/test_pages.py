"""What the store promises about links to a person's own page, and about its PIN."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from core.ids import PageLinkId
from core.person_pages import PageLink, PagePin
from core.ports import UnitOfWork
from tests.people import MIDORI, MONDAY, SATO, A

DAY = timedelta(days=1)
LINK = PageLink(
    id=PageLinkId("page-1"),
    municipality_id=MIDORI,
    person_id=A.id,
    token_hash="a" * 64,
    made_at=MONDAY,
    expires_at=MONDAY + 180 * DAY,
)
PIN = PagePin(
    person_id=A.id, municipality_id=MIDORI, secret="salt$hash", set_at=MONDAY, set_by=SATO.id
)


async def test_links_to_a_page_come_back_and_end(midori: UnitOfWork) -> None:
    later = replace(LINK, id=PageLinkId("page-2"), token_hash="b" * 64, made_at=MONDAY + DAY)
    async with midori.write() as work:
        await work.pages.add(LINK)
        await work.pages.add(later)
        assert await work.pages.by_token("a" * 64) == LINK
        assert await work.pages.by_token("c" * 64) is None
        assert await work.pages.of_person(A.id, at=MONDAY + DAY) == (later, LINK)
        gone = replace(LINK, revoked_at=MONDAY + DAY, version=2)
        assert await work.pages.change(gone, version=1)
        assert not await work.pages.change(gone, version=1)
        assert await work.pages.by_token("a" * 64) == gone
        assert await work.pages.of_person(A.id, at=MONDAY + DAY) == (later,)
        assert await work.pages.of_person(A.id, at=later.expires_at) == ()


async def test_a_token_is_known_once(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        await work.pages.add(LINK)
        with pytest.raises(IntegrityError):
            await work.pages.add(replace(LINK, id=PageLinkId("page-2")))


async def test_a_pin_comes_back_and_is_tried_once_at_a_time(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        assert await work.pages.pin_of(A.id) is None
        await work.pages.set_pin(PIN)
        assert await work.pages.pin_of(A.id) == PIN
        tried = replace(PIN, wrong=1, wrong_at=MONDAY, version=2)
        assert await work.pages.change_pin(tried, version=1)
        assert not await work.pages.change_pin(tried, version=1)
        assert await work.pages.pin_of(A.id) == tried
        another = replace(PIN, secret="salt$other", set_by=None)
        await work.pages.set_pin(another)
        assert await work.pages.pin_of(A.id) == another
        assert await work.pages.take_pin_off(A.id)
        assert not await work.pages.take_pin_off(A.id)
        assert await work.pages.pin_of(A.id) is None
