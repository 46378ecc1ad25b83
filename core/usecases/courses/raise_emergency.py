"""Raise an emergency (緊急の対応を始める): O18 (R-025)."""

from datetime import datetime

from core import emergency
from core.access import Action
from core.course_steps import come_to, keep_case, tell_case
from core.emergency import Called, Danger, Emergency
from core.ids import CaseId, StaffId
from core.outbox import CardKind
from core.ports import UnitOfWork, Work
from core.steps import Overtaken, watchers


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

    A card tells it to those who work on the case and to those on duty, by the case's sign alone.
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
        told = [*watchers(kept, here.seats), *await _on_duty(work, case_id)]
        await work.cards.touch(CardKind.EMERGENCY, case_id, told, at=at, case_id=case_id)
        await work.commit()
        return alarmed.emergency


async def _on_duty(work: Work, case_id: CaseId) -> list[StaffId]:
    """The town's roster of duty, but for whom a mark closes the case (R-015)."""
    return [
        staff.id
        for staff in await work.staff.active()
        if staff.on_call and case_id not in await work.care_marks.closed_to(staff.id)
    ]
