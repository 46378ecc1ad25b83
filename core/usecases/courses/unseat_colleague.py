"""Take a role on a case back (案件の担当から外す)."""

from datetime import datetime

from core.access import Action
from core.agencies import Role, Seat
from core.course_steps import come_to, event_of
from core.errors import NotFound
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork
from core.steps import refresh_desks, watchers


async def unseat_colleague(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    staff_id: StaffId,
    role: Role,
    by: StaffId,
    at: datetime,
) -> None:
    """From now on the colleague does not work on the case in this role; the record stays.

    Letters that waited for their approval are theirs no more: the second look sees to those.

    Raises:
        NotFound: no such seat. NotActive, NotYours.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE)
        seat = Seat(case_id=case_id, staff_id=staff_id, role=role)
        if seat not in await work.staff.seats(case_id):
            raise NotFound(what="seat", id=staff_id)
        await work.staff.remove_seat(seat)
        await work.audit.append(
            event_of(
                "case.unseated",
                here.case,
                by=by,
                role=here.opened,
                at=at,
                was=role.value,
                evidence=(f"staff={staff_id}",),
            )
        )
        await refresh_desks(work, (*watchers(here.case, here.seats), staff_id), at=at)
        await work.commit()
