"""The record cannot be changed without its being seen, and what was sent can be accounted for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import text

from core.audit import AuditEvent, BrokenLink
from core.ports import UnitOfWork, Work
from core.usecases.trail.check_sent import check_sent
from core.usecases.trail.verify_trail import Verified, verify_trail
from storage.engine import Store
from tests.core.usecases.office import SOON, Office
from tests.people import A12, MONDAY, SATO, SUZUKI, TANAKA


async def by_hand(store: Store, statement: str, **values: Any) -> None:
    """Somebody with the password to the database."""
    async with store.writing() as connection:
        await connection.execute(text(statement), values)
        await connection.commit()


async def a_day(office: Office) -> int:
    """Some things happen; how many links that makes."""
    await office.log()
    await office.approved()
    office.clock.at = SOON
    await office.deliver()
    verified = await verify_trail(office.uow, page=3)
    assert verified.broken is None
    return verified.walked


async def test_a_whole_trail_holds_however_it_is_paged(office: Office) -> None:
    links = await a_day(office)
    assert links == 7
    for page in (1, links - 1, links, 1000):
        assert await verify_trail(office.uow, page=page) == Verified(walked=links, broken=None)


async def test_the_first_changed_link_is_named(office: Office, store: Store) -> None:
    links = await a_day(office)
    await by_hand(store, "UPDATE audit_entries SET reason = 'kept quiet' WHERE number >= 5")
    for page in (1, 4, 1000):
        verified = await verify_trail(office.uow, page=page)
        assert verified == Verified(walked=4, broken=BrokenLink(number=5, found="changed"))
    assert links > 5


@pytest.mark.parametrize(
    "part", ["actor = 'staff-tanaka'", "subject = 'x'", "now = 'SENT'", "previous = hash"]
)
async def test_every_part_of_a_link_is_bound(office: Office, store: Store, part: str) -> None:
    await a_day(office)
    await by_hand(store, f"UPDATE audit_entries SET {part} WHERE number = 3")
    broken = (await verify_trail(office.uow)).broken
    assert broken is not None
    assert broken.number == 3


async def test_a_removed_link_and_a_cut_off_tail_are_found(office: Office, store: Store) -> None:
    links = await a_day(office)
    await by_hand(store, "DELETE FROM audit_entries WHERE number = :n", n=links)
    assert (await verify_trail(office.uow, page=2)).broken == BrokenLink(
        number=links, found="cut off at the end"
    )
    await by_hand(store, "DELETE FROM audit_entries WHERE number = 2")
    assert (await verify_trail(office.uow)).broken == BrokenLink(number=2, found="missing")


async def test_a_head_set_back_together_with_its_tail_is_found_by_its_hash(
    office: Office, store: Store
) -> None:
    links = await a_day(office)
    await by_hand(store, "DELETE FROM audit_entries WHERE number = :n", n=links)
    await by_hand(store, "UPDATE audit_heads SET number = number - 1")
    broken = (await verify_trail(office.uow)).broken
    assert broken is not None
    assert broken.found == "cut off at the end"


class BusyHouse:
    """A record to which somebody adds whenever its head is looked at (twice)."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._left = 2

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Work]:
        async with self._uow.read() as work:
            look = work.audit.head

            async def head() -> tuple[int, str]:
                if self._left:
                    self._left -= 1
                    await self._add()
                return await look()

            work.audit.head = head  # type: ignore[method-assign]
            yield work

    def write(self) -> Any:
        return self._uow.write()

    async def _add(self) -> None:
        async with self._uow.write() as other:
            happened = AuditEvent(
                action="case.opened", at=MONDAY, actor=SATO.id, role="case_lead", subject=A12.id
            )
            await other.audit.append(happened)
            await other.commit()


async def test_a_house_at_work_is_no_broken_trail(office: Office) -> None:
    links = await a_day(office)
    verified = await verify_trail(BusyHouse(office.uow), page=3)
    assert verified.broken is None
    assert verified.walked >= links


@pytest.mark.rule("G-06")
async def test_a_letter_sent_past_the_house_is_found(office: Office, store: Store) -> None:
    await a_day(office)
    assert await check_sent(office.uow) == ()
    office.clock.at = MONDAY
    forged = await office.write()
    await by_hand(
        store,
        "UPDATE letters SET state = 'SENT', approved_by = :by, approved_at = created_at,"
        " bound_hash = 'x', sent_at = created_at WHERE id = :id",
        by=TANAKA.id,
        id=forged.id,
    )
    assert await check_sent(office.uow) == (forged.id,), "no approval stands in the trail"


@pytest.mark.rule("G-06")
async def test_an_approval_put_under_another_name_is_found(office: Office, store: Store) -> None:
    letter = await office.approved()
    office.clock.at = SOON
    await office.deliver()
    await by_hand(store, "UPDATE letters SET approved_by = :by", by=TANAKA.id)
    assert await check_sent(office.uow) == (letter.id,)
    assert letter.author_id == SUZUKI.id
