"""The database as one process sees it: a pool of connections, and who may write now."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

# How long a SQLite writer waits for a writer in another process, in seconds.
_PATIENCE_S: Final = 30
_SQLITE_SETTINGS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16384",
    # 16 MB of log before it is copied into the file: a batch of letters dirties 3 MB.
    "PRAGMA wal_autocheckpoint = 4000",
)


class UrlUnfit(ValueError):
    """The database URL names neither a SQLite file nor a PostgreSQL database."""


def driver_url(url: str, *, asynchronous: bool = True) -> URL:
    """The URL with the driver that we use for it.

    Raises:
        UrlUnfit: neither `sqlite:///path` nor `postgresql://...`.
    """
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite" and parsed.database and parsed.database != ":memory:":
        return parsed.set(drivername="sqlite+aiosqlite" if asynchronous else "sqlite+pysqlite")
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    raise UrlUnfit("a database URL is sqlite:///path/to/file or postgresql://...")


def prepare_sqlite(connection: Any, _record: object = None) -> None:
    """Settings of a new SQLite connection; transactions are begun by us, not by the driver."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for setting in _SQLITE_SETTINGS:
        cursor.execute(setting)
    cursor.close()


def _let_the_machine_write(connection: Any, _record: object = None) -> None:
    """Commits are handed to the machine and not waited for until they lie on the disk: they outlive
    this process, and not the machine's own end."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = OFF")
    cursor.close()


class Store:
    """One database: connections for reading and for writing.

    SQLite lets one connection write at a time. Writers of this process take turns on a lock of
    the event loop, which wakes them at once, instead of polling the file.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self.postgres = engine.dialect.name == "postgresql"
        self._engine = engine
        self._writing = engine.execution_options(writes=True)
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A connection whose transactions may write; what is not committed is undone."""
        async with self._turn_to_write(), self._writing.connect() as connection:
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection that reads and never waits for writers."""
        async with self._engine.connect() as connection:
            yield connection

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()

    def _turn_to_write(self) -> AbstractAsyncContextManager[Any]:
        return nullcontext() if self.postgres else self._turn


def open_store(url: str, *, lasting: bool = True) -> Store:
    """The database behind `url`; nothing is connected yet.

    Args:
        url: `sqlite:///data/yorisoi.db` (the folder is made) or `postgresql://...` (a socket
            folder may be given as `?host=/folder`).
        lasting: what is committed outlives the machine's own end, too. Not asked of a SQLite file
            that is thrown away, as in practice mode: a walk over months commits thousands of
            times, and waiting for the disk is most of it.

    Raises:
        UrlUnfit: the URL is of another kind.
    """
    driver = driver_url(url)
    if driver.get_backend_name() == "postgresql":
        return Store(_open_postgres(driver))
    Path(driver.database or "").parent.mkdir(parents=True, exist_ok=True)
    return Store(_open_sqlite(driver, lasting=lasting))


def _open_postgres(url: URL) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_size=8,
        max_overflow=8,
        # Parameters of a failed statement are personal data; no error text carries them.
        hide_parameters=True,
        connect_args={"options": "-c timezone=UTC"},
    )


def _open_sqlite(url: URL, *, lasting: bool) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=6,
        max_overflow=2,
        hide_parameters=True,
        connect_args={"timeout": _PATIENCE_S},
    )
    event.listen(engine.sync_engine, "connect", prepare_sqlite)
    if not lasting:
        event.listen(engine.sync_engine, "connect", _let_the_machine_write)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the file's lock at once: one that read first could not take it later."""
    writes = connection.get_execution_options().get("writes", False)
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
    driver: Any = connection.connection.dbapi_connection
    # One job of the connection's thread; a cursor of SQLAlchemy's would make three of it.
    driver.run_async(lambda aiosqlite: aiosqlite.execute_fetchall(begin))
