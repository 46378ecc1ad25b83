"""Look how much a colleague carries, when a case is given to them (R-084)."""

from core.ids import StaffId
from core.loads import load_now
from core.ports import UnitOfWork


async def weigh_load(uow: UnitOfWork, *, staff_id: StaffId, most: int) -> int | None:
    """How many open cases the colleague carries, where that is more than `most`; else None.

    It stands in nobody's way: whoever gave the case is told, and decides.
    """
    async with uow.read() as work:
        load = await load_now(work, most=most)
        return load.by_staff[staff_id] if staff_id in load.over else None
