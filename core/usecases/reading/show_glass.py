"""Show a read past the usual door: who, which case, when; no word of the case."""

from core.access import Action, Manner, NotYours, require
from core.ids import StaffId
from core.ports import UnitOfWork
from core.reading_steps import GlassSeen, glass_seen


async def show_glass(uow: UnitOfWork, *, glass_id: str, viewer: StaffId) -> GlassSeen:
    """The read as the privacy officer's card tells it.

    Raises:
        NotFound: no such read. NotActive, NotYours: not one who reviews.
    """
    async with uow.read() as work:
        glass = await work.glass.get(glass_id)
        staff = await work.staff.get(viewer)
        passed = require(staff, Action.BREAK_GLASS, case_id=glass.case_id)
        if passed.manner is not Manner.REVIEW:
            raise NotYours(action=Action.BREAK_GLASS.value, allowed="privacy_officer")
        return await glass_seen(work, glass)
