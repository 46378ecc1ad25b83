"""Migrations: the tables of the code, whoever starts them and however often."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, inspect

from storage.engine import UrlUnfit, driver_url, open_store
from storage.migrate import check, current, migrate, pending
from storage.tables import METADATA


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database in which nothing has been made yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/a/new/folder/empty.db"
    url: str = request.getfixturevalue("empty_postgres_url")
    return url


async def test_an_empty_database_is_brought_up_once(empty_url: str) -> None:
    assert await current(empty_url) is None
    versions = await pending(empty_url)
    assert versions[0] == "0001"
    assert await migrate(empty_url) == versions[-1]
    assert await pending(empty_url) == ()
    assert await migrate(empty_url) == await current(empty_url) == versions[-1]


async def test_two_processes_may_start_at_once(empty_url: str) -> None:
    versions = await asyncio.gather(*(migrate(empty_url) for _ in range(4)))
    assert len(set(versions)) == 1


async def test_the_migrations_make_the_tables_of_the_code(database_url: str) -> None:
    await check(database_url)


async def test_constraints_and_predicates_are_those_of_the_code(
    database_url: str, empty_url: str
) -> None:
    """Alembic compares columns and indexes; what it leaves out is compared here."""
    if database_url.split(":")[0] != empty_url.split(":")[0]:
        pytest.skip("one database of each kind at a time")
    await migrate(empty_url)
    migrated = _read(empty_url, _walls)
    _read(empty_url, lambda connection: METADATA.drop_all(connection))
    _read(empty_url, lambda connection: METADATA.create_all(connection))
    assert migrated == _read(empty_url, _walls)


def _read(url: str, what: Callable[[Connection], Any]) -> Any:
    engine: Engine = create_engine(driver_url(url, asynchronous=False))
    try:
        with engine.begin() as connection:
            return what(connection)
    finally:
        engine.dispose()


def _where(index: Any) -> str:
    return " ".join(f"{name}={what}" for name, what in index.get("dialect_options", {}).items())


def _walls(connection: Connection) -> dict[str, Any]:
    see = inspect(connection)
    return {
        table: (
            sorted((c["name"] or "", c["sqltext"]) for c in see.get_check_constraints(table)),
            sorted((i["name"] or "", _where(i)) for i in see.get_indexes(table)),
            sorted((f["name"] or "", f["referred_table"]) for f in see.get_foreign_keys(table)),
            sorted(c["name"] or "" for c in see.get_unique_constraints(table)),
            see.get_pk_constraint(table)["constrained_columns"],
        )
        for table in METADATA.tables
    }


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///:memory:"])
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(UrlUnfit):
        open_store(url)
