"""Migrations: the tables of the code, whoever starts them and however often."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Engine, MetaData, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

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


async def test_letters_of_before_keep_their_approval_and_are_not_asked_about(
    empty_url: str,
) -> None:
    """The table of letters is built anew on SQLite; rows, references and walls stay."""
    await migrate(empty_url, to="0002")
    _read(empty_url, _approve_a_letter)
    await migrate(empty_url)
    look = text(
        "SELECT l.state, l.bound_hash, l.asks_again, l.self_approved_reason, o.state"
        " FROM letters l JOIN outbox o ON o.letter_id = l.id"
    )
    found = _read(empty_url, lambda connection: connection.execute(look).fetchall())
    assert [tuple(row) for row in found] == [("SCHEDULED", "x", False, None, "READY")]
    with pytest.raises(IntegrityError):
        own = text("UPDATE letters SET approved_by = author_id")
        _read(empty_url, lambda connection: connection.execute(own))


async def test_a_case_and_all_that_refers_to_it_live_on_through_the_second_migration(
    empty_url: str,
) -> None:
    """The table of cases is built anew on SQLite; rows, references and walls stay."""
    await migrate(empty_url, to="0001")
    _read(empty_url, _found_a_case)
    await migrate(empty_url)
    assert _read(empty_url, _case_and_seat) == [("DISCOVERED", "case_lead")]
    move = "UPDATE cases SET state = :state"
    _read(empty_url, lambda c: c.execute(text(move), {"state": "RECEIVED"}))
    with pytest.raises(IntegrityError):
        _read(empty_url, lambda c: c.execute(text(move), {"state": "ELSEWHERE"}))


async def test_a_push_keeps_its_key_as_its_id_and_its_walls_stay(empty_url: str) -> None:
    """The table of pushes is built anew on SQLite."""
    await migrate(empty_url, to="0012")
    _read(empty_url, _found_a_push)
    await migrate(empty_url, to="0013")
    assert _read(empty_url, lambda c: c.execute(text("SELECT id, state FROM outbox")).all()) == [
        ("the-key", "READY")
    ]
    for change in ("state = 'ELSEWHERE'", "lease = 'one'"):
        update = text(f"UPDATE outbox SET {change}")
        with pytest.raises(IntegrityError):
            _read(empty_url, partial(Connection.execute, statement=update))


def _found_a_push(connection: Connection) -> None:
    """A letter of the case, and a push that carries it."""
    _found_a_case(connection)
    window = {"opens_at": _moment(connection, 1), "closes_at": _moment(connection, 2)}
    _insert(
        connection,
        (
            "letters",
            {"case_id": "x", "person_id": "x", "author_id": "x", "state": "DRAFT"} | window,
        ),
        (
            "outbox",
            {"letter_id": "x", "case_id": "x", "person_id": "x", "state": "READY"}
            | {"retry_key": "the-key", "next_at": _moment(connection, 1)},
        ),
    )


def _moment(connection: Connection, day_: int) -> Any:
    moment = datetime(2026, 11, day_, tzinfo=UTC)
    return moment if connection.dialect.name == "postgresql" else int(moment.timestamp() * 1e6)


def _found_a_case(connection: Connection) -> None:
    """A town, a colleague, a person, their case, and the colleague's seat on it."""
    _insert(
        connection,
        ("municipalities", {"id": "m"}),
        ("staff", {}),
        ("people", {}),
        ("cases", {"state": "DISCOVERED", "person_id": "x"}),
        ("seats", {"role": "case_lead", "case_id": "x", "staff_id": "x"}),
    )


def _approve_a_letter(connection: Connection) -> None:
    """A letter by one colleague, approved by another, and its delivery."""
    _found_a_case(connection)
    sqlite = connection.dialect.name == "sqlite"
    early, late = (h * 3_600_000_000 if sqlite else datetime(2026, 1, 1, h) for h in (1, 2))
    about = {"case_id": "x", "person_id": "x"}
    approved = {"approved_by": "y", "approved_at": early, "bound_hash": "x"}
    window = {"created_at": early, "opens_at": early, "closes_at": late}
    _insert(
        connection,
        ("staff", {"id": "y", "code": "y"}),
        ("letters", {"author_id": "x", "state": "SCHEDULED"} | about | approved | window),
        ("outbox", {"letter_id": "x", "state": "READY", "next_at": early} | about),
    )


def _insert(connection: Connection, *rows: tuple[str, dict[str, Any]]) -> None:
    """These rows, with the least that each column takes where nothing is said."""
    found = MetaData()
    found.reflect(connection)
    for name, given in rows:
        table = found.tables[name]
        values = {"municipality_id": "m", "id": "x"} | given
        least = {c.name: values[c.name] if c.name in values else _least(c) for c in table.c}
        connection.execute(table.insert().values(least))


def _least(column: Column[Any]) -> Any:
    """The smallest value that such a column takes."""
    if column.nullable:
        return None
    known: dict[type, Any] = {
        date: date(2026, 11, 21),
        datetime: datetime(2026, 11, 21, tzinfo=UTC),
        object: {},
    }
    kind = column.type.python_type
    return known[kind] if kind in known else kind()


def _case_and_seat(connection: Connection) -> list[tuple[str, str]]:
    asked = "SELECT c.state, s.role FROM cases c JOIN seats s ON s.case_id = c.id"
    return [(row[0], row[1]) for row in connection.execute(text(asked))]


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


async def test_every_text_is_compared_by_its_bytes(empty_url: str) -> None:
    """Also on PostgreSQL, however the database was made (`storage.tables.columns.TEXT`)."""
    await migrate(empty_url)
    if not empty_url.startswith("postgresql"):
        return  # SQLite compares by bytes unless a column says otherwise; none does.
    otherwise = text(
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " JOIN pg_collation o ON o.oid = a.attcollation WHERE c.relkind = 'r' AND a.attnum > 0"
        " AND c.relnamespace = current_schema()::regnamespace AND NOT a.attisdropped"
        " AND o.collname <> 'C' AND c.relname <> 'alembic_version'"
    )
    assert _read(empty_url, lambda connection: connection.execute(otherwise).all()) == []
