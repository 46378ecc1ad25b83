"""docs/architecture/tables.md, made from the tables themselves.

Write it again after a change: `python -m tests.house.table_page`
"""

from typing import Final

from sqlalchemy import Column, Table

from storage.tables import METADATA, Row
from storage.types import Sealed
from tests.house.sources import CHECKOUT

PAGE: Final = CHECKOUT / "docs" / "architecture" / "tables.md"
HEAD: Final = """# Tables

Made from `storage/tables/` by `python -m tests.house.table_page`; a test compares the two. Every
row belongs to a municipality. **Sealed** columns hold ciphertext under the municipality's key
([decision 0004](../decisions/0004-sealed-columns-and-keys.md)); times are UTC.
"""


def page() -> str:
    """The whole page as it should be."""
    told = {row.__tablename__: (row.__doc__ or "").strip().split("\n")[0] for row in _rows(Row)}
    parts = [_section(table, told.get(table.name, "")) for table in METADATA.sorted_tables]
    return "\n".join([HEAD, *parts])


def _rows(row: type[Row]) -> list[type[Row]]:
    below = [kind for child in row.__subclasses__() for kind in _rows(child)]
    return [*row.__subclasses__(), *below]


def _section(table: Table, what: str) -> str:
    lines = [f"## `{table.name}`", "", what, "", "| column | holds | |", "|---|---|---|"]
    lines += [_line(column) for column in table.columns]
    return "\n".join([*lines, ""])


def _line(column: Column[object]) -> str:
    holds = type(column.type).__name__
    remarks = ["key"] if column.primary_key else []
    if column.nullable:
        remarks.append("may be empty")
    if isinstance(column.type, Sealed):
        remarks.append("**sealed**")
    return f"| `{column.name}` | {holds} | {', '.join(remarks)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
