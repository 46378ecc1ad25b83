"""Many rows in one statement; the batch travels as one JSON value and is joined by key.

On SQLite a statement is also made to take one step: the driver gives the interpreter's lock away
and asks for it again at every step, which under load costs more than the row itself.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Table

from storage.transaction import Transaction
from storage.types import Sealed, to_microseconds
from storage.written import Question, Written

Values = Sequence[Any]


class BatchUpdate:
    """A conditional change of many rows by id.

    `sets` and `guard` are SQL; they name values of a row as `{name}`, values that all rows
    share as `:name`, and columns of the table with the table's name before them.
    """

    def __init__(
        self, table: str, *, sets: str, guard: str, columns: Mapping[str, str] | None = None
    ) -> None:
        """`columns`: PostgreSQL types of a row's values after its id, in order."""
        columns = {} if columns is None else columns
        picked = {name: f"json_extract(j.value, '$[{n}]')" for n, name in enumerate(columns, 1)}
        self._names: Final = ("id", *columns)
        joined = {name: f"b.{name}" for name in columns}
        types = ", ".join(f"{name} {type_}" for name, type_ in {"id": "text", **columns}.items())
        postgres = (
            f"UPDATE {table} SET {sets.format(**joined)}"
            f" FROM json_to_recordset(CAST(:batch AS json)) AS b({types})"
            f" WHERE {table}.municipality_id = :town AND {table}.id = b.id"
            f" AND {guard.format(**joined)} RETURNING {table}.id"
        )
        picks = "".join(f", {value} AS {name}" for name, value in picked.items())
        # CROSS JOIN keeps the order: the batch first, then each row by its key.
        found = (
            f"FROM json_each(:batch) AS j CROSS JOIN {table}"
            f" WHERE {table}.municipality_id = :town"
            f" AND {table}.id = json_extract(j.value, '$[0]') AND {guard.format(**picked)}"
        )
        find = f"SELECT json_group_array({table}.id) {found}"
        change = (
            f"WITH b AS MATERIALIZED (SELECT {table}.rowid AS place{picks} {found})"
            f" UPDATE {table} SET {sets.format(**joined)} FROM b WHERE {table}.rowid = b.place"
        )
        self._on_postgres: Final = Written(postgres)
        self._on_sqlite: Final = (Written(find), Written(change))

    async def run(self, tx: Transaction, rows: Sequence[Values], **shared: Any) -> set[str]:
        """Change the rows that `guard` allows; the ids of those.

        `shared` moments are datetimes, like those in the rows.
        """
        if not rows:
            return set()
        values = {name: _plain(value, tx) for name, value in shared.items()}
        values["town"] = tx.municipality_id
        if tx.postgres:
            values["batch"] = json_rows(self._names, rows)
            (changed,) = await tx.ask(Question(self._on_postgres, values))
            return {row_id for (row_id,) in changed}
        values["batch"] = dump_json([[*map(_counted, row)] for row in rows])
        found, _ = await tx.ask(*(Question(step, values) for step in self._on_sqlite))
        return set(json.loads(found[0][0]))


class BatchInsert:
    """New rows, all with the same columns. Values are given as the database stores them:
    sealed bytes sealed, moments as datetimes."""

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        self._names: Final = tuple(columns)
        self._sealed: Final = tuple(
            place for place, name in enumerate(columns) if isinstance(table.c[name].type, Sealed)
        )
        listed = ", ".join(f'"{name}"' for name in columns)
        picks = ", ".join(
            f"CAST(json_extract(value, '$[{place}]') AS BLOB)"
            if place in self._sealed
            else f"json_extract(value, '$[{place}]')"
            for place in range(len(columns))
        )
        into = f"INSERT INTO {table.name} ({listed})"
        self._insert: Final = Written(
            f"{into} SELECT {picks} FROM json_each(:batch)",
            f"{into} SELECT {listed} FROM"
            f" json_populate_recordset(CAST(NULL AS {table.name}), CAST(:batch AS json))",
        )
        self._each: Final = f"{into} VALUES ({', '.join('?' * len(columns))})"

    async def run(self, tx: Transaction, rows: Sequence[Values]) -> None:
        """Insert the rows."""
        if not rows:
            return
        if not tx.postgres and any(row[place] for row in rows for place in self._sealed):
            # This SQLite cannot read bytes out of JSON.
            counted = [tuple(map(_counted, row)) for row in rows]
            await tx.connection.exec_driver_sql(self._each, counted)
        else:
            await tx.ask(self.question(tx, rows))

    def question(self, tx: Transaction, rows: Sequence[Values]) -> Question:
        """The insert as one statement; on SQLite no sealed value may hold anything."""
        if tx.postgres:
            return Question(self._insert, {"batch": json_rows(self._names, rows)})
        batch = dump_json([[*map(_counted, row)] for row in rows])
        return Question(self._insert, {"batch": batch})


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
        return "\\x" + value.hex() if value else ""
    raise TypeError(type(value).__name__)


dump_json: Callable[[Any], str] = json.JSONEncoder(
    separators=(",", ":"), ensure_ascii=False, default=_as_json
).encode
