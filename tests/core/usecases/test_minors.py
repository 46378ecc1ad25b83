"""Minors are written to only where the municipality has settled how (G-24)."""

from dataclasses import replace

import pytest

from core.lint import MinorsNotWrittenTo
from core.profiles import LetterRules
from storage.engine import Store
from tests.core.usecases.office import Office
from tests.core.usecases.whole import everything
from tests.people import TOWN, A

pytestmark = pytest.mark.rule("G-24")


async def minor(office: Office) -> None:
    async with office.uow.write() as work:
        await work.people.put(replace(A, is_minor=True))
        await work.commit()


async def settle(office: Office, *, writes: bool) -> None:
    async with office.uow.write() as work:
        await work.towns.put(replace(TOWN, letters=LetterRules(writes_to_minors=writes)))
        await work.commit()


async def test_nobody_writes_to_a_minor_by_default(office: Office, store: Store) -> None:
    await minor(office)
    before = await everything(store)
    with pytest.raises(MinorsNotWrittenTo):
        await office.write()
    assert await everything(store) == before


async def test_a_town_that_has_settled_it_may_write(office: Office) -> None:
    await minor(office)
    await settle(office, writes=True)
    assert (await office.approved()).approved_by is not None


async def test_what_was_written_before_is_not_approved_once_the_town_takes_it_back(
    office: Office,
) -> None:
    await minor(office)
    await settle(office, writes=True)
    letter = await office.write()
    await settle(office, writes=False)
    with pytest.raises(MinorsNotWrittenTo):
        await office.approve(letter)
