"""Let nobody in whose contract is over (R-080)."""

from datetime import date, datetime

from core.agencies import Role, Staff
from core.audit import SYSTEM, AuditEvent
from core.contracts import contracts_over, last_day_of
from core.ids import StaffId
from core.ports import UnitOfWork, Work
from core.steps import refresh_desks, seated


async def end_contracts(uow: UnitOfWork, *, at: datetime, today: date) -> int:
    """From the day after the last one of their contract on, its people are not in service.

    Their seats stay as they were given; whoever leads or coordinates those cases finds on their
    desk that somebody is missing. A town file with the new contract brings them back.

    Args:
        today: the town's local day.

    Returns:
        How many colleagues that were.
    """
    async with uow.write() as work:
        over = contracts_over(await work.towns.agencies(), await work.towns.providers(), on=today)
        gone = 0
        for staff in await work.staff.active() if over else ():
            last = last_day_of(staff, over)
            if last is not None and await work.staff.release(staff.id):
                await _tell(work, staff, last, at=at)
                gone += 1
        if gone:
            await work.commit()
        return gone


async def _tell(work: Work, staff: Staff, last: date, *, at: datetime) -> None:
    await work.audit.append(
        AuditEvent(
            action="staff.contract_ended",
            at=at,
            actor=SYSTEM,
            role=Role.SYSTEM,
            subject=staff.id,
            evidence=(f"agency={staff.agency_id}", f"until={last.isoformat()}"),
        )
    )
    told: list[StaffId] = []
    for case_id in dict.fromkeys(seat.case_id for seat in await work.staff.seats_of(staff.id)):
        case = await work.cases.get(case_id)
        if case.lead_staff_id is not None:
            told.append(case.lead_staff_id)
        told += seated(
            await work.staff.seats(case_id), frozenset({Role.CASE_LEAD, Role.COORDINATOR})
        )
    await refresh_desks(work, dict.fromkeys(told), at=at)
