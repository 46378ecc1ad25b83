"""A shelf: one table of sealed documents, and the few things that are done with it.

A repository holds a shelf and says in the field's words what is on it; the shelf knows rows.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import ColumnElement, Table, select

from core.errors import NotFound
from storage import tables
from storage.transaction import Transaction, table_of

R = TypeVar("R")
Columns = Callable[[R], Mapping[str, Any]]


class Shelf(Generic[R]):
    """The records of one table.

    Attributes:
        c: the table's columns, for questions.
    """

    def __init__(
        self,
        transaction: Transaction,
        row: type[tables.Row],
        *,
        columns: Columns[R],
        what: str,
    ) -> None:
        """`columns` gives the clear columns of a record, `id` among them; `what` names it in a
        refusal."""
        self._tx = transaction
        self._table: Final[Table] = table_of(row)
        self._columns = columns
        self._what = what
        self.c = self._table.c

    async def get(self, id_: str) -> R:
        """Raises: NotFound."""
        found = await self.first(self.c.id == id_)
        if found is None:
            raise NotFound(what=self._what, id=id_)
        return found

    async def first(self, *where: ColumnElement[bool], by: Any = None) -> R | None:
        """The first record of these, in the order `by`."""
        found = await self.all(*where, by=by, limit=1)
        return found[0] if found else None

    async def all(
        self, *where: ColumnElement[bool], by: Any = None, limit: int | None = None
    ) -> tuple[R, ...]:
        """The records of these, in the order `by` (ids, if nothing is said)."""
        order = (self.c.id,) if by is None else by if isinstance(by, tuple) else (by, self.c.id)
        asked = select(self.c.content).where(self._tx.mine(self._table), *where).order_by(*order)
        rows = await self._tx.rows(asked if limit is None else asked.limit(limit))
        return tuple(row.content for row in rows)

    async def add(self, record: R) -> None:
        """A new record."""
        await self._tx.add(self._table, self._row(record))

    async def add_once(self, record: R) -> bool:
        """A new record unless a unique key of it is there already; whether it is new."""
        return await self._tx.add_once(self._table, self._row(record))

    async def put(self, record: R) -> None:
        """A new record, or in the place of the one with the same id."""
        await self._tx.put(self._table, self._row(record))

    async def change(self, record: R, *, version: int) -> bool:
        """Replace the record if it still has `version`; whether it had."""
        return await self._tx.change(self._table, self._row(record), version=version)

    async def remove(self, *where: ColumnElement[bool]) -> int:
        """Take records away; how many."""
        return await self._tx.run(self._table.delete().where(self._tx.mine(self._table), *where))

    def _row(self, record: R) -> dict[str, Any]:
        return {
            "municipality_id": self._tx.municipality_id,
            **self._columns(record),
            "content": record,
        }
