"""One open transaction, as the repositories use it."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Row, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.steps import Overtaken
from storage import tables
from storage.keys import TownKeys
from storage.types import from_microseconds, to_microseconds
from storage.written import Question, Rows, ask


class WrongVersion(ValueError):
    """A changed record has to be exactly one version on from the one it replaces."""


def table_of(row: type[tables.Row]) -> Table:
    """The Core table behind a row class."""
    table: Table = row.__table__  # type: ignore[attr-defined]
    return table


# A batch of letters has one and the same moment a thousand times.
_iso = lru_cache(maxsize=64)(datetime.isoformat)


@contextmanager
def _told_plainly(table: Table) -> Iterator[None]:
    """Say Overtaken where a unique key was taken.

    A use case asks first whether something is there already. On PostgreSQL two colleagues may
    both ask before either writes; then the database's own wall stops the second, and what that
    one is to hear is what the second of two always hears. The statement has undone the whole
    transaction by then, so that nothing can be done but to refuse. All other walls stand for
    faults of ours and are told as such.
    """
    try:
        yield
    except IntegrityError as error:
        if not _unique(error.orig):
            raise
        raise Overtaken(what=table.name) from error


def _unique(error: BaseException | None) -> bool:
    """Whether a unique key said no: SQLSTATE 23505, or the name that SQLite has for it."""
    said = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
    return said in ("23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY")


@dataclass(frozen=True, kw_only=True, slots=True)
class Transaction:
    """A connection inside a transaction, and whose rows it may touch."""

    connection: AsyncConnection
    municipality_id: str
    keys: TownKeys
    new_id: Callable[[], str]
    postgres: bool
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def mine(self, table: Table) -> ColumnElement[bool]:
        """The rows of this municipality."""
        return table.c.municipality_id == self.municipality_id

    async def one(self, statement: Executable) -> Row[Any] | None:
        """The first row, or None."""
        return (await self.connection.execute(statement)).first()

    async def rows(self, statement: Executable) -> Sequence[Row[Any]]:
        """All rows."""
        return (await self.connection.execute(statement)).all()

    async def run(self, statement: Executable, values: Any = None) -> int:
        """Execute; how many rows changed."""
        result = await self.connection.execute(
            statement, values, execution_options={"preserve_rowcount": True}
        )
        return result.rowcount

    async def ask(self, *questions: Question) -> list[Rows]:
        """Execute written statements in one round; the rows of each."""
        if not self.postgres:
            # The connection's thread takes one round after the other by itself.
            return await ask(self.connection, questions)
        async with self.turn:
            return await ask(self.connection, questions)

    def moment(self, at: datetime) -> datetime | int:
        """A moment as written SQL takes it here."""
        return at if self.postgres else to_microseconds(at)

    def in_json(self, at: datetime) -> str | int:
        """A moment as the JSON of written SQL takes it here."""
        return _iso(at) if self.postgres else to_microseconds(at)

    def moment_of(self, raw: Any) -> datetime | None:
        """A moment as written SQL gives it here; aware UTC."""
        if raw is None:
            return None
        return raw.astimezone(UTC) if self.postgres else from_microseconds(raw)

    def insert(self, table: Table) -> Any:
        """An insert that can say what happens on a conflict (both databases say it alike)."""
        return postgresql.insert(table) if self.postgres else sqlite.insert(table)

    async def add(self, table: Table, values: Mapping[str, Any]) -> None:
        """Insert a new row.

        Raises:
            Overtaken: a unique key of it was taken at this very moment; see `_told_plainly`.
        """
        with _told_plainly(table):
            await self.run(table.insert().values(values))

    async def put(self, table: Table, values: Mapping[str, Any]) -> None:
        """Insert the row, or change the one with the same primary key."""
        keys = [column.name for column in table.primary_key.columns]
        insert = self.insert(table).values(values)
        rest = {name: insert.excluded[name] for name in values if name not in keys}
        await self.run(insert.on_conflict_do_update(index_elements=keys, set_=rest))

    async def add_once(self, table: Table, values: Mapping[str, Any]) -> bool:
        """Insert the row unless a unique key of it is there already; whether it is new."""
        insert = self.insert(table).values(values).on_conflict_do_nothing()
        return await self.run(insert) == 1

    async def change(self, table: Table, values: Mapping[str, Any], *, version: int) -> bool:
        """Replace the row if it still has `version`; whether it had.

        Raises:
            WrongVersion: the new values are not one version on.
            Overtaken: another row took a unique key of it at this very moment.
        """
        if values["version"] != version + 1:
            raise WrongVersion(f"{table.name}: {values['version']} after {version}")
        with _told_plainly(table):
            changed = await self.run(
                table.update()
                .where(self.mine(table), table.c.id == values["id"], table.c.version == version)
                .values({k: v for k, v in values.items() if k not in ("municipality_id", "id")})
            )
        return changed == 1
