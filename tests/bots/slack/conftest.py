"""An office with the practice Slack on a fresh SQLite database."""

from collections.abc import AsyncIterator

import pytest

from core.ports import UnitOfWork
from tests.bots.slack.office import Office, opened
from tests.databases import open_unit_of_work
from tests.midori import found_midori


@pytest.fixture
async def uow(sqlite_url: str) -> AsyncIterator[UnitOfWork]:
    """みどり市 with its three colleagues and A."""
    async with open_unit_of_work(sqlite_url) as unit:
        await found_midori(unit)
        yield unit


@pytest.fixture
async def office(uow: UnitOfWork) -> AsyncIterator[Office]:
    """The office at work."""
    async with opened(uow) as one:
        yield one
