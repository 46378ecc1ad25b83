"""Look back on a read past the usual door."""

from datetime import datetime

from core.ids import StaffId
from core.ports import UnitOfWork
from core.reading import GlassReviewed, OpenGlass
from core.reading import review_glass as reviewed
from core.steps import refresh_desks


async def review_glass(
    uow: UnitOfWork, *, glass_id: str, by: StaffId, finding: str, at: datetime
) -> OpenGlass:
    """Write down what the privacy officer found.

    Raises:
        NotFound: no such read.
        NotActive, NotYours: not the privacy officer.
        FindingNeeded: nothing was written. GlassReviewed: somebody has done it already.
    """
    async with uow.write() as work:
        glass = await work.glass.get(glass_id)
        staff = await work.staff.get(by)
        looked_at, event = reviewed(glass, staff=staff, finding=finding, at=at)
        if not await work.glass.change(looked_at, version=glass.version):
            raise GlassReviewed(allowed="read_the_trail")
        await work.audit.append(event)
        await work.cards.redraw((glass.id,), at=at)
        await refresh_desks(work, (by,), at=at)
        await work.commit()
        return looked_at
