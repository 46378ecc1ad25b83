"""List what a colleague may do, on one case or anywhere."""

from core.access import Action, may
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def list_rights(
    uow: UnitOfWork, *, staff_id: StaffId, case_id: CaseId | None = None
) -> frozenset[Action]:
    """The actions open to this colleague.

    Args:
        case_id: on this case; without it, at large or on at least one case.
    """
    async with uow.read() as work:
        staff = await work.staff.get(staff_id)
        seats = await work.staff.seats_of(staff_id)
        cases = {seat.case_id for seat in seats} if case_id is None else {case_id}
        return frozenset(
            action
            for action in Action
            if may(staff, action)
            or any(may(staff, action, case_id=case, seats=seats) for case in cases)
        )
