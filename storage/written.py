"""SQL written by hand and sent past SQLAlchemy, several statements in one round.

While thousands of letters are on their way, the event loop comes back to a waiting transaction
only every few milliseconds. What delivery asks of the database is therefore asked in few rounds:
on SQLite the statements of a round are one job of the connection's thread, on PostgreSQL they
travel together.
"""

import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import aiosqlite
import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

_NAME: Final = re.compile(r"(?<![:\w]):([a-z_]+)")
Rows = Sequence[tuple[Any, ...]]


class Written:
    """A statement with `:names`; with a text of its own for PostgreSQL where the two differ."""

    __slots__ = ("postgres", "sqlite")

    def __init__(self, sqlite: str, postgres: str | None = None) -> None:
        theirs = sqlite if postgres is None else postgres
        self.sqlite: Final = sqlite
        self.postgres: Final = _NAME.sub(r"%(\1)s", theirs.replace("%", "%%")).encode()


class Question(NamedTuple):
    """A statement, and the values of its names as the driver takes them."""

    statement: Written
    values: Mapping[str, Any]


async def ask(connection: AsyncConnection, questions: Sequence[Question]) -> list[Rows]:
    """Execute the statements in their order inside the transaction; the rows of each.

    Raises:
        sqlalchemy.exc.DBAPIError: the database refused one; it carries no parameters.
    """
    if not connection.in_transaction():
        await connection.begin()
    driver = (await connection.get_raw_connection()).driver_connection
    try:
        if isinstance(driver, aiosqlite.Connection):
            # Statements one by one would each wait for the thread, and then for the loop.
            # aiosqlite has no public way to run a function in its thread (tests/storage/
            # test_written.py would miss this one).
            job: Callable[..., Awaitable[list[Rows]]] = driver._execute
            return await job(_one_after_the_other, driver._conn, questions)
        assert isinstance(driver, psycopg.AsyncConnection)
        return await _together(driver, questions)
    except (sqlite3.Error, psycopg.Error) as refusal:
        raise DBAPIError("a round of statements", None, refusal, hide_parameters=True) from refusal


def _one_after_the_other(
    connection: sqlite3.Connection, questions: Sequence[Question]
) -> list[Rows]:
    return [
        connection.execute(statement.sqlite, values).fetchall() for statement, values in questions
    ]


async def _together(
    connection: psycopg.AsyncConnection[Any], questions: Sequence[Question]
) -> list[Rows]:
    # These statements are few, and asked again and again: each is read by the server once.
    async with connection.pipeline():
        cursors = [connection.cursor(binary=True) for _ in questions]
        for cursor, (statement, values) in zip(cursors, questions, strict=True):
            await cursor.execute(statement.postgres, values, prepare=True)
    return [await cursor.fetchall() if cursor.description else [] for cursor in cursors]
