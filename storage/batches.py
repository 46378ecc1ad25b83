"""Many rows in one statement; the batch travels as one JSON value and is joined by key.

On SQLite a statement is also made to take one step: the driver gives the interpreter's lock away
and asks for it again at every step, which under load costs more than the row itself.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from storage.transaction import Transaction
from storage.written import Question, Rows, Written

# As JSON takes them: moments through `Transaction.in_json`.
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
        joined = {name: f"b.{name}" for name in columns}
        taken = _taken({"id": "text", **columns})
        postgres = (
            f"UPDATE {table} SET {sets.format(**joined)} FROM (SELECT {taken}) AS b"
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
        self._on_postgres: Final = (Written(postgres),)
        self._on_sqlite: Final = (Written(find), Written(change))

    async def run(self, tx: Transaction, rows: Sequence[Values], **shared: Any) -> set[str]:
        """Change the rows that `guard` allows; the ids of those.

        `rows`: an id and the values of `columns`; `shared`: what stands in the SQL as `:name`.
        """
        if not rows:
            return set()
        return self.changed(tx, await tx.ask(*self.questions(tx, rows, **shared)))

    def questions(
        self, tx: Transaction, rows: Sequence[Values], **shared: Any
    ) -> tuple[Question, ...]:
        """The statements of `run`, for a round with others."""
        values = {**shared, "town": tx.municipality_id, "batch": dump_json(rows)}
        steps = self._on_postgres if tx.postgres else self._on_sqlite
        return tuple(Question(step, values) for step in steps)

    def changed(self, tx: Transaction, answers: Sequence[Rows]) -> set[str]:
        """The ids of the changed rows, out of the answers to `questions`."""
        if tx.postgres:
            return {row_id for (row_id,) in answers[0]}
        return set(json.loads(answers[0][0][0]))


class BatchInsert:
    """New rows of one table, with the same columns."""

    def __init__(self, table: str, *, columns: Mapping[str, str], shared: Sequence[str]) -> None:
        """
        Args:
            columns: PostgreSQL types of a row's values, in order.
            shared: columns in which all rows have the same value.
        """
        listed = ", ".join(f'"{name}"' for name in (*columns, *shared))
        picks = ", ".join(f"json_extract(value, '$[{place}]')" for place in range(len(columns)))
        same = "".join(f", :{name}" for name in shared)
        into = f"INSERT INTO {table} ({listed}) SELECT"
        self._insert: Final = Written(
            f"{into} {picks}{same} FROM json_each(:batch)",
            f"{into} b.*{same} FROM (SELECT {_taken(columns)}) AS b",
        )

    def question(self, tx: Transaction, rows: Sequence[Values], **shared: Any) -> Question:
        """The statement that inserts the rows."""
        return Question(self._insert, {**shared, "batch": dump_json(rows)})


def _taken(columns: Mapping[str, str]) -> str:
    """The batch's values by place, as PostgreSQL reads them. Objects with names would cost both
    sides twice as much."""
    picks = ", ".join(
        f'CAST(j ->> {place} AS {type_}) AS "{name}"'
        for place, (name, type_) in enumerate(columns.items())
    )
    return f"{picks} FROM jsonb_array_elements(CAST(:batch AS jsonb)) AS j"


dump_json: Callable[[Any], str] = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
