"""Hand a case over to a colleague (担当を引き継ぐ): R-083."""

from datetime import datetime
from typing import Final

from core.access import Action
from core.agencies import Role, Seat
from core.cases import Case
from core.course_steps import come_to, keep_case, tell_case
from core.handover import HandOver, hand_over
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork

_WHO: Final = frozenset({Role.CASE_LEAD, Role.OUTREACH_WORKER, Role.COORDINATOR})


async def hand_over_case(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    handover: HandOver,
    by: StaffId,
    at: datetime,
) -> Case:
    """The case, with all its history, is led by the successor from now on.

    The successor sits on the case as outreach worker, too; whoever led it keeps their seat until
    somebody takes it away, so that both can be there for a while.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken. HandOverCold: R-083.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        successor = await work.staff.get(handover.successor)
        led, event = hand_over(here.case, handover=handover, by=by, role=here.role_for(_WHO), at=at)
        kept = await keep_case(work, led, was=here.case)
        seat = Seat(case_id=case_id, staff_id=successor.id, role=Role.OUTREACH_WORKER)
        if seat not in here.seats:
            await work.staff.put_seat(seat)
        await work.audit.append(event)
        await tell_case(work, kept, (*here.seats, seat), at=at)
        await work.commit()
        return kept
