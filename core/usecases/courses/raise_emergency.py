"""Raise an emergency (緊急の対応を始める): O18 (R-025)."""

from datetime import datetime

from core import emergency
from core.access import Action
from core.course_steps import come_to, keep_case, tell_case
from core.emergency import Called, Danger, Emergency
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork
from core.steps import Overtaken


async def raise_emergency(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    danger: Danger | None,
    by: StaffId,
    at: datetime,
    calls: tuple[Called, ...] = (),
) -> Emergency:
    """Danger to life or body: those who can help are told first, and nothing waits for approval.

    What does wait is every letter to the person: each is read again before it goes.

    Raises:
        NotFound, NotActive, NotYours. DangerUnnamed.
        Overtaken: one runs already, or the case moved at this very moment.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.LOG_CONTACT)
        alarmed = emergency.raise_emergency(
            here.case, danger=danger, by=by, role=here.opened, at=at, calls=calls
        )
        if not await work.emergencies.add(case_id, alarmed.emergency):
            raise Overtaken(what="emergency")
        kept = await keep_case(work, alarmed.case, was=here.case)
        await work.audit.append(*alarmed.events)
        await tell_case(work, kept, here.seats, at=at)
        await work.commit()
        return alarmed.emergency
