"""Calls for people, and who is on shift."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Boolean, ColumnElement, Row, literal_column, select

from core.crisis.alerts import CrisisAlert
from core.crisis.shifts import Shift
from core.errors import NotFound
from core.ids import AlertId, CaseId, LinkId, MunicipalityId, PersonId, ShiftId, StaffId
from storage import tables
from storage.shelves import Shelf
from storage.tables.crisis import RINGING, TO_REVIEW, UNSETTLED
from storage.transaction import Transaction, table_of

_SHIFTS: Final = table_of(tables.DutyShiftRow)
_RINGING: Final[ColumnElement[bool]] = literal_column(RINGING, Boolean)
_UNSETTLED: Final[ColumnElement[bool]] = literal_column(UNSETTLED, Boolean)
_TO_REVIEW: Final[ColumnElement[bool]] = literal_column(TO_REVIEW, Boolean)


class SqlAlerts:
    """core.ports.Alerts."""

    def __init__(self, transaction: Transaction) -> None:
        self._shelf: Shelf[CrisisAlert] = Shelf(
            transaction, tables.CrisisAlertRow, columns=_alert_columns, what="crisis alert"
        )

    async def get(self, alert_id: AlertId) -> CrisisAlert:
        """Raises: NotFound."""
        return await self._shelf.get(alert_id)

    async def open_of(
        self, *, person_id: PersonId | None = None, link_id: LinkId | None = None
    ) -> CrisisAlert | None:
        """By the person, else by the account."""
        c = self._shelf.c
        if person_id is not None:
            return await self._shelf.first(c.person_id == person_id, _UNSETTLED)
        if link_id is not None:
            return await self._shelf.first(c.link_id == link_id, _UNSETTLED)
        return None

    async def told_since(self, person_id: PersonId, *, since: datetime) -> bool:
        """Whether the text went out to this person since then."""
        c = self._shelf.c
        return await self._shelf.first(c.person_id == person_id, c.told_at > since) is not None

    async def of_case(self, case_id: CaseId, *, limit: int = 50) -> tuple[CrisisAlert, ...]:
        """Newest first."""
        c = self._shelf.c
        return await self._shelf.all(
            c.case_id == case_id, by=(c.raised_at.desc(), c.id.desc()), limit=limit
        )

    async def unsettled(self) -> tuple[CrisisAlert, ...]:
        """The longest first."""
        return await self._shelf.all(_UNSETTLED, by=self._shelf.c.raised_at)

    async def to_review(self) -> tuple[CrisisAlert, ...]:
        """Earliest due first."""
        return await self._shelf.all(_TO_REVIEW, by=self._shelf.c.review_due_on)

    async def due(self, *, at: datetime, limit: int) -> tuple[CrisisAlert, ...]:
        """The longest first."""
        c = self._shelf.c
        return await self._shelf.all(_RINGING, c.next_at <= at, by=c.next_at, limit=limit)

    async def add(self, alert: CrisisAlert) -> bool:
        """Whether it is new."""
        return await self._shelf.add_once(alert)

    async def change(self, alert: CrisisAlert, *, version: int) -> bool:
        """Whether it still had that version."""
        return await self._shelf.change(alert, version=version)


class SqlShifts:
    """core.ports.Shifts."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def get(self, shift_id: ShiftId) -> Shift:
        """Raises: NotFound."""
        row = await self._tx.one(
            select(_SHIFTS).where(self._tx.mine(_SHIFTS), _SHIFTS.c.id == shift_id)
        )
        if row is None:
            raise NotFound(what="shift", id=shift_id)
        return shift_of(row)

    async def between(self, since: datetime, until: datetime) -> tuple[Shift, ...]:
        """By their beginning, then by place."""
        c = _SHIFTS.c
        rows = await self._tx.rows(
            select(_SHIFTS)
            .where(self._tx.mine(_SHIFTS), c.ends_at > since, c.starts_at < until)
            .order_by(c.starts_at, c.place, c.id)
        )
        return tuple(shift_of(row) for row in rows)

    async def add(self, shift: Shift) -> bool:
        """Whether it is new."""
        return await self._tx.add_once(_SHIFTS, shift_values(shift))

    async def remove(self, shift_id: ShiftId) -> bool:
        """Whether it was there."""
        removed = await self._tx.run(
            _SHIFTS.delete().where(self._tx.mine(_SHIFTS), _SHIFTS.c.id == shift_id)
        )
        return removed == 1


def shift_values(shift: Shift) -> dict[str, Any]:
    """The row of a shift."""
    return {
        "municipality_id": shift.municipality_id,
        "id": shift.id,
        "staff_id": shift.staff_id,
        "starts_at": shift.starts_at,
        "ends_at": shift.ends_at,
        "place": shift.place,
    }


def shift_of(row: Row[Any]) -> Shift:
    """The shift of a row."""
    return Shift(
        id=ShiftId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        staff_id=StaffId(row.staff_id),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
    )


def _alert_columns(alert: CrisisAlert) -> dict[str, Any]:
    return {
        "id": alert.id,
        "case_id": alert.case_id,
        "person_id": alert.person_id,
        "link_id": alert.link_id,
        "state": alert.state.value,
        "raised_at": alert.raised_at,
        "next_at": alert.next_at,
        "told_at": alert.told_at,
        "review_due_on": alert.review_due_on,
        "version": alert.version,
    }
