"""List the reads past the usual door on which nobody has looked back yet."""

from core.ids import StaffId
from core.ports import UnitOfWork
from core.reading_steps import GlassSeen, glass_to_review


async def list_glass(uow: UnitOfWork, *, by: StaffId) -> tuple[GlassSeen, ...]:
    """Oldest first, for the privacy officer; to everybody else there are none."""
    async with uow.read() as work:
        return await glass_to_review(work, await work.staff.get(by))
