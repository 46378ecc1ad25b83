"""Staff and their seats on cases."""

from typing import Any, Final

from sqlalchemy import Row, literal, select, text

from core.agencies import Role, Seat, Staff
from core.cases import CaseState
from core.errors import NotFound
from core.ids import AgencyId, CaseId, MunicipalityId, StaffId
from storage import tables
from storage.more import StaffMore, given_by, more_of
from storage.tables.courses import CLOSING
from storage.transaction import Transaction, table_of

_STAFF: Final = table_of(tables.StaffRow)
_SEATS: Final = table_of(tables.SeatRow)
_CASES: Final = table_of(tables.CaseRow)

# A seat counts for nothing while a mark on somebody of the household closes the case to whoever
# holds it: to all doors it is as if the case were not theirs.
_COUNTS: Final = f"""NOT EXISTS (
SELECT 1 FROM care_marks m
JOIN people marked ON marked.municipality_id = m.municipality_id AND marked.id = m.person_id
JOIN cases k ON k.municipality_id = m.municipality_id AND k.id = seats.case_id
JOIN people p ON p.municipality_id = k.municipality_id AND p.id = k.person_id
WHERE m.municipality_id = seats.municipality_id AND m.{CLOSING}
AND (p.id = marked.id OR p.household_id = marked.household_id)
AND m.cleared NOT LIKE '%,' || seats.staff_id || ',%')"""


class SqlStaffRoll:
    """core.ports.StaffRoll."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def get(self, staff_id: StaffId) -> Staff:
        """Raises: NotFound."""
        found = await self._find(_STAFF.c.id == staff_id)
        if found is None:
            raise NotFound(what="staff", id=staff_id)
        return found

    async def by_code(self, code: str) -> Staff | None:
        """By the code in the town's own files."""
        return await self._find(_STAFF.c.code == code)

    async def by_slack(self, *, team_id: str, user_id: str) -> Staff | None:
        """By the account in Slack."""
        return await self._find(
            _STAFF.c.slack_team_id == team_id, _STAFF.c.slack_user_id == user_id
        )

    async def active(self) -> tuple[Staff, ...]:
        """Everyone in service, by code."""
        return tuple(one for one in await self.all() if one.active)

    async def all(self) -> tuple[Staff, ...]:
        """Also those no longer in service, by code."""
        rows = await self._tx.rows(
            select(_STAFF).where(self._tx.mine(_STAFF)).order_by(_STAFF.c.code)
        )
        return tuple(staff_of(row) for row in rows)

    async def put(self, staff: Staff) -> None:
        """Insert or replace."""
        await self._tx.put(_STAFF, staff_values(staff))

    async def release(self, staff_id: StaffId) -> bool:
        """Not in service from now on; whether they were until now."""
        released = await self._tx.run(
            _STAFF.update()
            .where(self._tx.mine(_STAFF), _STAFF.c.id == staff_id, _STAFF.c.active.is_(True))
            .values(active=False)
        )
        return released == 1

    async def seats(self, case_id: CaseId) -> tuple[Seat, ...]:
        """Those on a case that count, in a stable order."""
        return await self._seats(_SEATS.c.case_id == case_id, text(_COUNTS))

    async def seats_of(self, staff_id: StaffId) -> tuple[Seat, ...]:
        """Those of one member of staff that count, in a stable order."""
        return await self._seats(_SEATS.c.staff_id == staff_id, text(_COUNTS))

    async def all_seats(self, case_id: CaseId) -> tuple[Seat, ...]:
        """Also those that a mark makes count for nothing."""
        return await self._seats(_SEATS.c.case_id == case_id)

    async def at_work(
        self, *, roles: frozenset[Role], states: frozenset[CaseState]
    ) -> tuple[Seat, ...]:
        """Seats in these roles on cases in these states; whoever leads a case as CASE_LEAD."""
        here = (self._tx.mine(_CASES), _CASES.c.state.in_(sorted(states)))
        seated = (
            select(_SEATS.c.case_id, _SEATS.c.staff_id, _SEATS.c.role)
            .join(
                _CASES,
                (_CASES.c.municipality_id == _SEATS.c.municipality_id)
                & (_CASES.c.id == _SEATS.c.case_id),
            )
            .where(*here, _SEATS.c.role.in_(sorted(roles)))
        )
        lead = literal(Role.CASE_LEAD.value).label("role")
        led = select(_CASES.c.id.label("case_id"), _CASES.c.lead_staff_id.label("staff_id"), lead)
        rows = await self._tx.rows(
            seated.union(led.where(*here, _CASES.c.lead_staff_id.is_not(None))).order_by(
                "case_id", "staff_id", "role"
            )
        )
        return tuple(seat_of(row) for row in rows)

    async def put_seat(self, seat: Seat) -> None:
        """Give the seat; given twice it is one."""
        await self._tx.add_once(_SEATS, seat_values(seat, self._tx.municipality_id))

    async def remove_seat(self, seat: Seat) -> None:
        """Take the seat back, if it was held."""
        await self._tx.run(
            _SEATS.delete().where(
                self._tx.mine(_SEATS),
                _SEATS.c.case_id == seat.case_id,
                _SEATS.c.staff_id == seat.staff_id,
                _SEATS.c.role == seat.role.value,
            )
        )

    async def _find(self, *where: Any) -> Staff | None:
        row = await self._tx.one(select(_STAFF).where(self._tx.mine(_STAFF), *where))
        return None if row is None else staff_of(row)

    async def _seats(self, *where: Any) -> tuple[Seat, ...]:
        rows = await self._tx.rows(
            select(_SEATS)
            .where(self._tx.mine(_SEATS), *where)
            .order_by(_SEATS.c.case_id, _SEATS.c.staff_id, _SEATS.c.role)
        )
        return tuple(seat_of(row) for row in rows)


def staff_values(staff: Staff) -> dict[str, Any]:
    """The row of a member of staff."""
    return {
        "municipality_id": staff.municipality_id,
        "id": staff.id,
        "code": staff.code,
        "name": staff.name,
        "roles": tuple(sorted(role.value for role in staff.roles)),
        "agency_id": staff.agency_id,
        "slack_team_id": staff.slack_team_id,
        "slack_user_id": staff.slack_user_id,
        "locale": staff.locale,
        "active": staff.active,
        "more": more_of(staff, StaffMore),
    }


def staff_of(row: Row[Any]) -> Staff:
    """The member of staff of a row."""
    return Staff(
        id=StaffId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        code=row.code,
        name=row.name,
        roles=frozenset(Role(role) for role in row.roles),
        agency_id=None if row.agency_id is None else AgencyId(row.agency_id),
        slack_team_id=row.slack_team_id,
        slack_user_id=row.slack_user_id,
        locale=row.locale,
        active=row.active,
        **given_by(row.more),
    )


def seat_values(seat: Seat, municipality_id: str) -> dict[str, Any]:
    """The row of a seat."""
    return {
        "municipality_id": municipality_id,
        "case_id": seat.case_id,
        "staff_id": seat.staff_id,
        "role": seat.role.value,
    }


def seat_of(row: Row[Any]) -> Seat:
    """The seat of a row."""
    return Seat(case_id=CaseId(row.case_id), staff_id=StaffId(row.staff_id), role=Role(row.role))
