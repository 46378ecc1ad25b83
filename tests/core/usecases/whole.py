"""Whole tables before and after: what a refused command may not touch."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from core.errors import CaseworkError
from storage.engine import Store
from storage.tables import METADATA

Told = pytest.ExceptionInfo[CaseworkError]


async def everything(store: Store) -> dict[str, list[str]]:
    """Every row of every table, as the database has it."""
    found = {}
    async with store.reading() as connection:
        for table in METADATA.sorted_tables:
            rows = await connection.execute(text(f"SELECT * FROM {table.name}"))
            found[table.name] = sorted(repr(tuple(row)) for row in rows)
    return found


@asynccontextmanager
async def unchanged(store: Store) -> AsyncIterator[None]:
    """Nothing in the whole database may differ afterwards."""
    before = await everything(store)
    yield
    assert await everything(store) == before


@asynccontextmanager
async def refused(store: Store, error: type[CaseworkError], *, rule: str) -> AsyncIterator[Told]:
    """The block is refused for this rule, and leaves no trace."""
    async with unchanged(store):
        with pytest.raises(error) as told:
            yield told
        assert told.value.rule == rule
