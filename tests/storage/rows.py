"""One row of every table, made from the tables themselves, and the ways past their walls."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    Table,
    Time,
    UniqueConstraint,
    column,
)
from sqlalchemy import table as lightweight
from sqlalchemy.sql.expression import TableClause

from storage.tables import METADATA
from storage.types import Sealed, UtcDateTime
from tests.people import MONDAY

TABLES: Final = METADATA.sorted_tables
LATER: Final = MONDAY + timedelta(hours=1)
SECOND: Final = "second"
Values = Mapping[str, Any]

# What a row needs beside what can be told from its columns.
NEEDS: Final[Mapping[str, Values]] = {
    "absences": {"deputy_id": SECOND},
    "consents": {
        "state": "GIVEN",
        "given_at": MONDAY,
        "type": "SERVICE_USE",
        "programme": "outreach",
        "content": b"sealed",
    },
    "contacts": {"command_key": "command"},
    "leaflet_links": {"token_hash": "token", "expires_at": LATER},
    "letters": {"closes_at": LATER, "command_key": "command"},
    "line_links": {"state": "LINKED", "person_id": "people"},
    "link_codes": {"expires_at": LATER},
    "media": {"next_at": LATER},
    "page_links": {"expires_at": LATER},
    "series": {"command_key": "command", "state": "RUNNING"},
    "replies": {"message_id": "message"},
    "staff": {"slack_team_id": "T", "slack_user_id": "U"},
    "standing_texts": {"approved_by": SECOND, "kind": None, "style": None},
}


def clause(table: Table) -> TableClause:
    """The table with its sealed columns as what the database sees: bytes."""
    return lightweight(
        table.name,
        *[column(one.name, LargeBinary() if _sealed(one) else one.type) for one in table.columns],
    )


def row_of(table: Table) -> dict[str, Any]:
    """A row that every wall lets in; ids are the names of their tables."""
    told = {one.name: _value(table, one) for one in table.columns}
    return told | dict(NEEDS.get(table.name, {}))


def checks() -> dict[str, tuple[Table, str]]:
    """Every CHECK: its table and what it says."""
    return {
        str(one.name): (table, str(one.sqltext))
        for table in TABLES
        for one in table.constraints
        if isinstance(one, CheckConstraint)
    }


def uniques() -> dict[str, tuple[Table, tuple[str, ...]]]:
    """Every UNIQUE, as a constraint or as an index: its table and its columns."""
    found: dict[str, tuple[Table, tuple[str, ...]]] = {}
    for table in TABLES:
        walls: list[UniqueConstraint | Index] = [
            one for one in table.constraints if isinstance(one, UniqueConstraint)
        ]
        walls += [one for one in table.indexes if one.unique]
        found |= {str(one.name): (table, tuple(c.name for c in one.columns)) for one in walls}
    return found


def references() -> dict[str, tuple[Table, str]]:
    """Every foreign key: its table and the column that names the other row."""
    return {
        str(one.name): (table, list(one.columns)[-1].name)
        for table in TABLES
        for one in table.foreign_key_constraints
    }


def twin(table: Table, wall: tuple[str, ...], *, given: Values) -> dict[str, Any]:
    """A second row that differs in every key but this one."""
    row = row_of(table) | dict(given)
    keys = {one.name for one in table.primary_key.columns}
    other = {name for there, columns in uniques().values() if there is table for name in columns}
    foreign = {name for there, name in references().values() if there is table}
    for name in (keys | other) - set(wall) - foreign - {"municipality_id"}:
        row[name] = _another(row[name])
    # A key that names another row can only be one that is there.
    for name in keys & foreign & {"letter_id"} - set(wall):
        row[name] = SECOND
    return row


def _value(table: Table, one: Column[Any]) -> Any:
    if one.nullable:
        return None
    for key in one.foreign_keys:
        if one.name != "municipality_id":
            return key.column.table.name
    if one.name == "municipality_id" or (table.name == "municipalities" and one.name == "id"):
        return "municipalities"
    return _first_word(table, one) or _of_type(table, one)


def _first_word(table: Table, one: Column[Any]) -> str | None:
    said = f"{one.name} IN ('"
    for name, (there, text) in checks().items():
        if there is table and name == f"ck_{table.name}_{one.name}" and said in text:
            return text.split(said, 1)[1].split("'", 1)[0]
    return None


def _of_type(table: Table, one: Column[Any]) -> Any:
    if _sealed(one) or isinstance(one.type, LargeBinary):
        return b"sealed"
    values: list[tuple[type, Any]] = [
        (UtcDateTime, MONDAY),
        (Date, MONDAY.date()),
        (Time, time(9)),
        (Boolean, False),
        (Integer, 1),
        (JSON, []),
    ]
    return next((v for kind, v in values if isinstance(one.type, kind)), table.name)


def _another(value: Any) -> Any:
    match value:
        case str():
            return f"{value} again"
        case bytes():
            return value + b" again"
        case datetime() | date():
            return value + timedelta(days=1)
        case int():
            return value + 1
    return value


def _sealed(one: Column[Any]) -> bool:
    return isinstance(one.type, Sealed)
