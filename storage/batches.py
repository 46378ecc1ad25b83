"""Many rows in one statement: a list of values as a table that a query can join.

PostgreSQL takes one array per column; SQLite takes one JSON text for all.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import TextClause, text

from storage.types import to_microseconds


def _sqlite_value(value: Any) -> Any:
    return to_microseconds(value) if isinstance(value, datetime) else value


class BatchStatement:
    """A statement over a batch of rows.

    The SQL text says `{batch}` where the table stands; its name is `b`, its columns are as
    given. Only fixed texts are put into SQL here, never a value.
    """

    def __init__(self, sql: str, *, columns: dict[str, str]) -> None:
        """`columns` maps names to PostgreSQL types, in the order of the values of a row."""
        self._names: Final = tuple(columns)
        picks = ", ".join(
            f"json_extract(value, '$[{place}]') AS {name}" for place, name in enumerate(columns)
        )
        arrays = ", ".join(f"CAST(:b_{name} AS {type_}[])" for name, type_ in columns.items())
        self._sqlite: Final = text(
            sql.format(batch=f"(SELECT {picks} FROM json_each(:batch)) AS b")
        )
        self._postgres: Final = text(
            sql.format(batch=f"unnest({arrays}) AS b({', '.join(columns)})")
        )

    def over(
        self, rows: Sequence[Sequence[Any]], *, postgres: bool
    ) -> tuple[TextClause, dict[str, Any]]:
        """The statement and its parameters for these rows (at least one)."""
        if postgres:
            columns = zip(*rows, strict=True)
            return self._postgres, {
                f"b_{name}": list(values) for name, values in zip(self._names, columns, strict=True)
            }
        return self._sqlite, {
            "batch": _dump([[_sqlite_value(value) for value in row] for row in rows])
        }


_dump: Callable[[Any], str] = json.JSONEncoder(separators=(",", ":")).encode
