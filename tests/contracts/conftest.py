"""Midori on a fresh database of each kind: the town, its staff, A at home and A's case."""

import pytest

from storage.engine import Store
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import unit_of_work_on
from tests.people import (
    A12,
    LINK_A,
    MAY_WRITE_TO_A,
    MIDORI,
    SATO,
    SEATS,
    SUZUKI,
    TANAKA,
    TOWN,
    A,
)


@pytest.fixture
async def midori(store: Store) -> SqlUnitOfWork:
    """Transactions of Midori, with its people in place."""
    uow = unit_of_work_on(store, municipality_id=MIDORI)
    async with uow.write() as work:
        await work.towns.put(TOWN)
        for staff in (SATO, SUZUKI, TANAKA):
            await work.staff.put(staff)
        await work.people.put(A)
        await work.cases.add(A12)
        for seat in SEATS:
            await work.staff.put_seat(seat)
        await work.links.add(LINK_A)
        await work.consents.add(MAY_WRITE_TO_A)
        await work.commit()
    return uow
