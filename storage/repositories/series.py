"""Series of letters."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Boolean, ColumnElement, literal_column

from core.ids import CaseId, PersonId, SeriesId
from core.series import Series
from storage import tables
from storage.shelves import Shelf
from storage.tables.series import RUNS
from storage.transaction import Transaction, table_of

A_MOMENT: Final = timedelta(seconds=1)
_SERIES: Final = table_of(tables.SeriesRow)
# As the partial indexes have it, word for word.
_RUNS: Final[ColumnElement[bool]] = literal_column(RUNS, Boolean)


class SqlSeriesBook:
    """core.ports.SeriesBook."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
        self._shelf: Shelf[Series] = Shelf(
            transaction,
            tables.SeriesRow,
            columns=lambda series: {
                "id": series.id,
                "case_id": series.case_id,
                "person_id": series.person_id,
                "author_id": series.author_id,
                "state": series.state.value,
                "created_at": series.created_at,
                "next_at": series.next_at,
                "version": series.version,
                "command_key": series.command_key,
            },
            what="series",
        )

    async def get(self, series_id: SeriesId) -> Series:
        """Raises: NotFound."""
        return await self._shelf.get(series_id)

    async def running_of_person(self, person_id: PersonId) -> Series | None:
        """The one that runs."""
        return await self._shelf.first(self._shelf.c.person_id == person_id, _RUNS)

    async def of_case(self, case_id: CaseId) -> tuple[Series, ...]:
        """Newest first."""
        c = self._shelf.c
        return await self._shelf.all(c.case_id == case_id, by=(c.created_at.desc(), c.id.desc()))

    async def due(self, *, at: datetime, limit: int) -> tuple[Series, ...]:
        """Running ones that are to be looked at, the longest due first."""
        c = self._shelf.c
        return await self._shelf.all(_RUNS, c.next_at <= at, by=c.next_at, limit=limit)

    async def look_again(self, person_id: PersonId, *, at: datetime) -> None:
        """This person's running series is due a moment later.

        After this moment, so that whoever walks from due row to due row comes by. The sealed
        record keeps its own `next_at`; who looks works it out anew.
        """
        c, soon = _SERIES.c, at + A_MOMENT
        await self._tx.run(
            _SERIES.update()
            .where(self._tx.mine(_SERIES), c.person_id == person_id, _RUNS, c.next_at > soon)
            .values(next_at=soon)
        )

    async def add(self, series: Series) -> bool:
        """Whether it is new; False when its command key was there already."""
        return await self._shelf.add_once(series)

    async def change(self, series: Series, *, version: int) -> bool:
        """Whether it still had that version."""
        return await self._shelf.change(series, version=version)
