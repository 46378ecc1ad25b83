"""Show a colleague's entry on the roll."""

from core.agencies import Staff
from core.ids import StaffId
from core.ports import UnitOfWork


async def show_staff(uow: UnitOfWork, *, staff_id: StaffId) -> Staff:
    """The colleague, also when no longer in service.

    Raises:
        NotFound: there is no such entry.
    """
    async with uow.read() as work:
        return await work.staff.get(staff_id)
