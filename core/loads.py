"""Who carries how many open cases, counted from the record (R-084)."""

from core.caseload import CARRYING, OPEN, Caseload, caseload
from core.ports import Work


async def load_now(work: Work, *, most: int | None) -> Caseload:
    """The load of everybody in service, at this moment.

    Args:
        most: above so many open cases a colleague counts as carrying much; None for no measure.
    """
    staff = {one.id: one for one in await work.staff.active()}
    seats = await work.staff.at_work(roles=CARRYING, states=OPEN)
    return caseload(
        (seat for seat in seats if seat.staff_id in staff),
        agency_of={one.id: one.agency_id for one in staff.values() if one.agency_id is not None},
        most=most,
    )
