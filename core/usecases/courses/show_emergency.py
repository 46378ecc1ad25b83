"""Show that an emergency runs: which case, and since when; no word of it (O18)."""

from core.access import NotActive, NotYours
from core.emergency import EmergencySeen, NoEmergency
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def show_emergency(uow: UnitOfWork, *, case_id: CaseId, viewer: StaffId) -> EmergencySeen:
    """The latest emergency of a case, for those who work on it and those on duty.

    Raises:
        NotFound: no such case. NoEmergency.
        NotActive. NotYours: neither with a seat nor on duty, or a mark closes the case (R-015).
    """
    async with uow.read() as work:
        case = await work.cases.get(case_id)
        staff = await work.staff.get(viewer)
        if not staff.active:
            raise NotActive
        seated = any(seat.staff_id == viewer for seat in await work.staff.seats(case_id))
        closed = case_id in await work.care_marks.closed_to(viewer)
        if closed or not (seated or staff.on_call):
            raise NotYours(action="show_emergency", allowed="seat,on_call")
        past = await work.emergencies.of_case(case_id)
        if not past:
            raise NoEmergency(allowed="O18 raises a new one")
        return EmergencySeen(
            case_id=case.id,
            alias=case.alias,
            raised_at=past[0].raised_at,
            ended_at=past[0].ended_at,
        )
