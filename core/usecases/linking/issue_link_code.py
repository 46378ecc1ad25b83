"""Make a one-time code that binds a LINE account to a person; it is printed on paper."""

from datetime import datetime, timedelta
from typing import Final

from core.access import Action, require
from core.audit import AuditEvent
from core.ids import CaseId, StaffId
from core.people import LinkCode
from core.ports import UnitOfWork

CODE_LASTS: Final = timedelta(days=30)


async def issue_link_code(
    uow: UnitOfWork, *, case_id: CaseId, by: StaffId, at: datetime
) -> LinkCode:
    """A new code for the person of this case, good for 30 days and for one use.

    The code itself is returned once and never stored; an earlier unused code ends.

    Raises:
        NotYours: no right on this case.
    """
    async with uow.write() as work:
        case = await work.cases.get(case_id)
        staff = await work.staff.get(by)
        seats = await work.staff.seats(case_id)
        role = require(staff, Action.ISSUE_LINK_CODE, case_id=case_id, seats=seats).role
        code = LinkCode(
            person_id=case.person_id, code=work.new_code(), issued_at=at, expires_at=at + CODE_LASTS
        )
        await work.links.put_code(code)
        await work.audit.append(
            AuditEvent(
                action="link_code.issued",
                at=at,
                actor=by,
                role=role.value,
                subject=case.person_id,
                case_id=case_id,
            )
        )
        await work.commit()
        return code
