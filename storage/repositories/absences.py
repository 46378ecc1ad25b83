"""When colleagues are away."""

from datetime import date

from core.absences import Absence
from core.ids import AbsenceId
from storage import tables
from storage.shelves import Shelf
from storage.transaction import Transaction


class SqlAbsences:
    """core.ports.Absences."""

    def __init__(self, transaction: Transaction) -> None:
        self._shelf: Shelf[Absence] = Shelf(
            transaction,
            tables.AbsenceRow,
            columns=lambda absence: {
                "id": absence.id,
                "staff_id": absence.staff_id,
                "deputy_id": absence.deputy_id,
                "first_day": absence.first,
                "last_day": absence.last,
                "version": absence.version,
            },
            what="absence",
        )

    async def get(self, absence_id: AbsenceId) -> Absence:
        """Raises: NotFound."""
        return await self._shelf.get(absence_id)

    async def of_day(self, on: date) -> tuple[Absence, ...]:
        """Those who are away on this local day."""
        return tuple(one for one in await self.from_day(on) if one.holds(on))

    async def from_day(self, on: date) -> tuple[Absence, ...]:
        """Those that last until this local day or longer; the earliest first."""
        c = self._shelf.c
        return await self._shelf.all(c.last_day >= on, by=(c.first_day, c.id))

    async def add(self, absence: Absence) -> None:
        """A new absence."""
        await self._shelf.add(absence)

    async def change(self, absence: Absence, *, version: int) -> bool:
        """Whether it still had that version."""
        return await self._shelf.change(absence, version=version)
