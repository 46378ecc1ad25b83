"""Take a role on a case back (案件の担当から外す)."""

from datetime import datetime

from core.access import Action
from core.agencies import Role, Seat
from core.cases import Case
from core.course_steps import come_to, event_of
from core.errors import CaseworkError, NotFound
from core.ids import CaseId, StaffId
from core.letters import LetterKind, LetterState, Reason
from core.ports import UnitOfWork, Work
from core.steps import NoApprover, ask_for_approval, hold, refresh_desks, require_approver, watchers


class LastApprover(CaseworkError):
    """Letters on this case would be left with nobody to approve them (G-06)."""

    rule = "G-06"


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

    Letters that an approver had approved are held and put before the others at once (S5). An
    approver leaves only while each author's letters still find another one.

    Raises:
        NotFound: no such seat. NotActive, NotYours. LastApprover: G-06.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE)
        seat = Seat(case_id=case_id, staff_id=staff_id, role=role)
        if seat not in await work.staff.seats(case_id):
            raise NotFound(what="seat", id=staff_id)
        await work.staff.remove_seat(seat)
        if role is Role.MESSAGE_APPROVER:
            await _pass_letters_on(work, here.case, staff_id, at=at)
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


async def _pass_letters_on(work: Work, case: Case, leaving: StaffId, *, at: datetime) -> None:
    """Put the letters of the case before those who may approve them now.

    Raises:
        LastApprover: there is nobody for one of them.
    """
    seats = await work.staff.seats(case.id)
    for letter in await work.letters.unsent_of_person(case.person_id):
        if letter.case_id != case.id or letter.kind is LetterKind.ACKNOWLEDGEMENT:
            continue
        try:
            await require_approver(work, letter, seats)
        except NoApprover as nobody:
            raise LastApprover() from nobody
        if letter.state is LetterState.SCHEDULED:
            if letter.approved_by == leaving:
                await hold(work, letter, Reason.APPROVER_LEFT, at=at)
        elif letter.state is not LetterState.DRAFT:
            await ask_for_approval(work, letter, at=at)
