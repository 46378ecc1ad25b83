"""Many rows in one statement.

PostgreSQL takes the batch as one JSON value and joins it; SQLite, whose planner would rather scan
the whole table than start from a list, looks up which rows may change and then changes them one
by one inside the driver. Both stay in one transaction.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Table, TextClause, text

from storage.transaction import Transaction
from storage.types import to_microseconds

Values = Sequence[Any]


class BatchUpdate:
    """A conditional change of many rows by id.

    `sets` and `guard` are SQL; they name values of a row as `{column}`, values that all rows
    share as `:name`, and columns of the table with the table's name before them.
    """

    def __init__(
        self, table: str, *, sets: str, guard: str, columns: Mapping[str, str] | None = None
    ) -> None:
        """`columns`: PostgreSQL types of a row's values after its id, in order."""
        columns = {} if columns is None else columns
        self._names: Final = ("id", *columns)
        joined = {name: f"b.{name}" for name in columns}
        bound = {name: f":{name}" for name in columns}
        types = ", ".join(f"{name} {type_}" for name, type_ in {"id": "text", **columns}.items())
        self._postgres: Final = text(
            f"UPDATE {table} SET {sets.format(**joined)}"
            f" FROM json_to_recordset(CAST(:batch AS json)) AS b({types})"
            f" WHERE {table}.municipality_id = :town AND {table}.id = b.id AND {guard}"
            f" RETURNING {table}.id"
        )
        self._find: Final = text(
            f"SELECT {table}.id FROM {table} WHERE {table}.municipality_id = :town"
            f" AND {table}.id IN (SELECT value FROM json_each(:ids)) AND {guard}"
        )
        self._change: Final = (
            f"UPDATE {table} SET {sets.format(**bound)}"
            f" WHERE {table}.municipality_id = :town AND {table}.id = :id"
        )

    async def run(self, tx: Transaction, rows: Sequence[Values], **shared: Any) -> set[str]:
        """Change the rows that `guard` allows; the ids of those.

        `shared` moments are datetimes, like those in the rows.
        """
        if not rows:
            return set()
        plain = {name: _plain(value, tx) for name, value in shared.items()}
        plain["town"] = tx.municipality_id
        if tx.postgres:
            return await self._join(tx, rows, plain)
        return await self._each(tx, rows, plain)

    async def _join(
        self, tx: Transaction, rows: Sequence[Values], shared: dict[str, Any]
    ) -> set[str]:
        batch = json_rows(self._names, rows)
        result = await tx.connection.execute(self._postgres, {**shared, "batch": batch})
        return {row_id for (row_id,) in result}

    async def _each(
        self, tx: Transaction, rows: Sequence[Values], shared: dict[str, Any]
    ) -> set[str]:
        ids = dump_json([row[0] for row in rows])
        result = await tx.connection.execute(self._find, {**shared, "ids": ids})
        found = {row_id for (row_id,) in result}
        changes = [
            {**shared, **dict(zip(self._names, map(_counted, row), strict=True))}
            for row in rows
            if row[0] in found
        ]
        if changes:
            await tx.connection.exec_driver_sql(self._change, changes)
        return found


class BatchInsert:
    """New rows, all with the same columns. Values are given as the database stores them:
    sealed bytes sealed, moments as datetimes."""

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        self._names: Final = tuple(columns)
        listed = ", ".join(f'"{name}"' for name in columns)
        self._sqlite: Final = (
            f"INSERT INTO {table.name} ({listed}) VALUES ({', '.join('?' * len(columns))})"
        )
        self._postgres: Final[TextClause] = text(
            f"INSERT INTO {table.name} ({listed}) SELECT {listed}"
            f" FROM json_populate_recordset(CAST(NULL AS {table.name}), CAST(:batch AS json))"
        )

    async def run(self, tx: Transaction, rows: Sequence[Values]) -> None:
        """Insert the rows."""
        if not rows:
            return
        if tx.postgres:
            batch = json_rows(self._names, rows)
            await tx.connection.execute(self._postgres, {"batch": batch})
        else:
            counted = [tuple(map(_counted, row)) for row in rows]
            await tx.connection.exec_driver_sql(self._sqlite, counted)


def json_rows(names: Sequence[str], rows: Sequence[Values]) -> str:
    """A JSON array of objects, as PostgreSQL reads them."""
    return dump_json([dict(zip(names, row, strict=True)) for row in rows])


def _plain(value: Any, tx: Transaction) -> Any:
    return tx.moment(value) if isinstance(value, datetime) else value


def _counted(value: Any) -> Any:
    if isinstance(value, date):
        return to_microseconds(value) if isinstance(value, datetime) else value.isoformat()
    return value


def _as_json(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    raise TypeError(type(value).__name__)


dump_json: Callable[[Any], str] = json.JSONEncoder(
    separators=(",", ":"), ensure_ascii=False, default=_as_json
).encode
