"""Whether a colleague may break the glass on a case: what the page of a shut door asks."""

from core.access import Action, Manner, NotActive, NotYours, require
from core.crisis_steps import called_seats
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork
from core.reading import on_call_seats


async def offer_glass(uow: UnitOfWork, *, case_id: CaseId, by: StaffId) -> bool:
    """True for those who may read it with a reason."""
    async with uow.read() as work:
        staff = await work.staff.get(by)
        seats = (
            *await work.staff.all_seats(case_id),
            *on_call_seats(staff, case_id=case_id),
            *await called_seats(work, staff, case_id),
        )
        try:
            passed = require(staff, Action.BREAK_GLASS, case_id=case_id, seats=seats)
        except (NotYours, NotActive):
            return False
        return passed.manner is Manner.WITH_REASON
