"""Read a case past the usual door: with a reason, for an hour, and the privacy officer is told."""

from datetime import datetime

from core.access import NotYours
from core.crisis_steps import called_seats
from core.ids import CaseId, StaffId
from core.outbox import CardKind
from core.ports import UnitOfWork
from core.reading import OpenGlass
from core.reading import break_glass as broken
from core.reading_steps import hidden, holding
from core.steps import refresh_desks


async def break_glass(
    uow: UnitOfWork, *, case_id: CaseId, by: StaffId, reason: str, at: datetime
) -> OpenGlass:
    """Open the whole case to this colleague until the glass closes again.

    Raises:
        NotFound: no such case, or one that a mark closes to somebody who may not do this.
        NotActive, NotYours: not one of those who may, or neither with a seat nor on duty,
            nor called to it (DOMAIN §8.3).
        ReasonNeeded: nothing was written as reason.
    """
    async with uow.write() as work:
        case = await work.cases.get(case_id)
        staff = await work.staff.get(by)
        # Also a seat that a mark has emptied: that is what the glass is for.
        seats = (
            *await work.staff.all_seats(case_id),
            *await called_seats(work, staff, case_id),
        )
        try:
            opened = broken(staff, case_id=case_id, reason=reason, at=at, seats=seats)
        except NotYours:
            if case_id in await work.care_marks.closed_to(by):
                raise hidden(case) from None
            raise
        glass = OpenGlass(
            id=work.new_id(),
            case_id=case.id,
            staff_id=by,
            role=opened.passed.role,
            opened_at=at,
            until=opened.until,
            reason=reason.strip(),
        )
        await work.glass.add(glass)
        await work.audit.append(opened.event)
        told = await holding(work, opened.alert.to)
        await work.cards.touch(CardKind.GLASS, glass.id, told, at=at, case_id=case.id)
        await refresh_desks(work, told, at=at)
        await work.commit()
        return glass
