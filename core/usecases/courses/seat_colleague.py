"""Give a colleague a role on a case (案件の担当に加える)."""

from datetime import datetime
from typing import Final

from core.access import Action
from core.agencies import Role, Seat
from core.course_steps import come_to, event_of
from core.errors import CaseworkError
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork
from core.steps import refresh_desks, watchers

# The lead is named by `choose_lead` and `hand_over_case`; these three work for no one case.
NOT_SEATED: Final = frozenset({Role.CASE_LEAD, Role.SYSTEM, Role.AUDITOR, Role.PRIVACY_OFFICER})


class SeatUnfit(CaseworkError):
    """A seat is for a colleague in service, in a role that works on cases.

    Facts: `missing` (role, staff), `allowed`.
    """

    rule = "DOMAIN-3.7"


async def seat_colleague(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    staff_id: StaffId,
    role: Role,
    by: StaffId,
    at: datetime,
) -> Seat:
    """From now on the colleague works on the case in this role, and sees it as that role does.

    Raises:
        NotFound, NotActive, NotYours. SeatUnfit.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE)
        colleague = await work.staff.get(staff_id)
        missing = [] if colleague.active else ["staff"]
        if role in NOT_SEATED:
            missing.append("role")
        if missing:
            allowed = ", ".join(sorted(frozenset(Role) - NOT_SEATED))
            raise SeatUnfit(missing=", ".join(missing), allowed=allowed)
        seat = Seat(case_id=case_id, staff_id=staff_id, role=role)
        await work.staff.put_seat(seat)
        await work.audit.append(
            event_of(
                "case.seated",
                here.case,
                by=by,
                role=here.opened,
                at=at,
                now=role.value,
                evidence=(f"staff={staff_id}",),
            )
        )
        await refresh_desks(work, (*watchers(here.case, here.seats), staff_id), at=at)
        await work.commit()
        return seat
