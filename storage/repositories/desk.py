"""What lies on one colleague's desk."""

from typing import Final

from sqlalchemy import exists, func, or_, select, text

from core.agencies import Role
from core.ids import StaffId
from core.letters import Letter, LetterKind, LetterState
from core.ports import DeskCase
from core.steps import WAITING_FOR_APPROVAL
from storage import tables
from storage.repositories.cases import case_of
from storage.repositories.letter_rows import letter_of
from storage.tables.letters import SENT_BACK
from storage.transaction import Transaction, table_of

_LETTERS: Final = table_of(tables.LetterRow)
_CASES: Final = table_of(tables.CaseRow)
_SEATS: Final = table_of(tables.SeatRow)
_CONTACTS: Final = table_of(tables.ContactRow)


class SqlDesk:
    """core.ports.Desk."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def to_approve(self, staff_id: StaffId, *, limit: int) -> tuple[Letter, ...]:
        """PENDING_APPROVAL or HELD, seated there as approver, not the author; soonest window
        first."""
        rows = await self._tx.rows(
            select(_LETTERS)
            .join(
                _SEATS,
                (_SEATS.c.municipality_id == _LETTERS.c.municipality_id)
                & (_SEATS.c.case_id == _LETTERS.c.case_id),
            )
            .where(
                self._tx.mine(_LETTERS),
                _SEATS.c.staff_id == staff_id,
                _SEATS.c.role == Role.MESSAGE_APPROVER.value,
                _LETTERS.c.state.in_(sorted(WAITING_FOR_APPROVAL)),
                _LETTERS.c.author_id != staff_id,
                # What waits of a notice is approved as one, in the municipality.
                or_(
                    _LETTERS.c.kind != LetterKind.NOTICE.value,
                    _LETTERS.c.state == LetterState.HELD.value,
                ),
            )
            .order_by(_LETTERS.c.opens_at, _LETTERS.c.id)
            .limit(limit)
        )
        return tuple(letter_of(row) for row in rows)

    async def sent_back(self, staff_id: StaffId, *, limit: int) -> tuple[Letter, ...]:
        """Own letters in DRAFT, latest decision first."""
        rows = await self._tx.rows(
            select(_LETTERS)
            .where(
                self._tx.mine(_LETTERS),
                _LETTERS.c.author_id == staff_id,
                text(SENT_BACK),
            )
            .order_by(_LETTERS.c.decided_at.desc().nulls_last(), _LETTERS.c.id.desc())
            .limit(limit)
        )
        return tuple(letter_of(row) for row in rows)

    async def cases_of(self, staff_id: StaffId, *, limit: int) -> tuple[DeskCase, ...]:
        """Cases that the colleague leads or has a seat on, by alias."""
        last = (
            select(func.max(_CONTACTS.c.at))
            .where(
                _CONTACTS.c.municipality_id == _CASES.c.municipality_id,
                _CONTACTS.c.case_id == _CASES.c.id,
            )
            .scalar_subquery()
        )
        seated = exists().where(
            _SEATS.c.municipality_id == _CASES.c.municipality_id,
            _SEATS.c.case_id == _CASES.c.id,
            _SEATS.c.staff_id == staff_id,
        )
        rows = await self._tx.rows(
            select(_CASES, last.label("last_contact_at"))
            .where(self._tx.mine(_CASES), or_(_CASES.c.lead_staff_id == staff_id, seated))
            .order_by(_CASES.c.alias)
            .limit(limit)
        )
        return tuple(
            DeskCase(case=case_of(row), last_contact_at=row.last_contact_at) for row in rows
        )
