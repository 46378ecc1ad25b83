"""List the roles that a colleague holds on a case, at large or by a seat."""

from core.agencies import Role
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def list_roles(uow: UnitOfWork, *, staff_id: StaffId, case_id: CaseId) -> frozenset[Role]:
    """What the colleague may act as here; what each may do, the door says."""
    async with uow.read() as work:
        staff = await work.staff.get(staff_id)
        seats = await work.staff.seats(case_id)
        return staff.roles | {seat.role for seat in seats if seat.staff_id == staff_id}
