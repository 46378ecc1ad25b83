"""Show how many cases each colleague and each office carries (R-084)."""

from core.access import Action, may, require
from core.caseload import Caseload, shown_to
from core.ids import StaffId
from core.loads import load_now
from core.ports import UnitOfWork


async def show_caseload(
    uow: UnitOfWork, *, by: StaffId, most: int | None = None
) -> Caseload | None:
    """As far as the reader sees figures at all (§3.7); None for those who see none.

    A count names no case, so a mark of special care hides none of them.

    Args:
        most: the town's own measure; None marks nobody.

    Raises:
        NotFound: no such colleague.
    """
    async with uow.read() as work:
        reader = await work.staff.get(by)
        if not may(reader, Action.EXPORT_STATISTICS):
            return None
        manner = require(reader, Action.EXPORT_STATISTICS).manner
        return shown_to(await load_now(work, most=most), staff=reader, manner=manner)
