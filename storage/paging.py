"""Pages of a long list: the newest rows of a case, or those older than one that was seen."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, TextClause, literal, select, tuple_

from storage.transaction import Transaction


async def newest(
    tx: Transaction,
    table: Table,
    *where: ColumnElement[bool] | TextClause,
    by: ColumnElement[Any],
    before: str | None = None,
    limit: int | None = None,
) -> Sequence[Row[Any]]:
    """Rows by `by` and id, newest first.

    Args:
        before: id of a row; only rows older than it. One that is not there has none.
        limit: None for all of them.
    """
    asked = select(table).where(tx.mine(table), *where)
    if before is not None:
        anchor = select(by).where(tx.mine(table), table.c.id == before).scalar_subquery()
        asked = asked.where(tuple_(by, table.c.id) < tuple_(anchor, literal(before)))
    asked = asked.order_by(by.desc(), table.c.id.desc())
    return await tx.rows(asked if limit is None else asked.limit(limit))
