"""End an emergency (緊急の対応を終える): O18, with a day by which it is looked back on."""

from collections.abc import Collection
from datetime import date, datetime, tzinfo

from core import emergency
from core.access import Action
from core.closing import reopening_due
from core.course_steps import come_to, keep_case, tell_case
from core.days import local_day
from core.emergency import Emergency, NoEmergency
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def end_emergency(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    closed_days: Collection[date] = (),
) -> Emergency:
    """The danger is over; a supervisor looks back within one working day (DOMAIN §8.3).

    Raises:
        NotFound, NotActive, NotYours, Overtaken.
        NoEmergency. EmergencyUnanswered: police or medical help is still open.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.LOG_CONTACT)
        running = await work.emergencies.running(case_id)
        if running is None:
            raise NoEmergency(allowed="O18 raises a new one")
        calm = emergency.end_emergency(
            here.case,
            emergency=running,
            review_due_on=reopening_due(local_day(at, tz=tz), closed_days=frozenset(closed_days)),
            by=by,
            role=here.opened,
            at=at,
        )
        if not await work.emergencies.change(case_id, calm.emergency):
            raise NoEmergency(allowed="O18 raises a new one")
        kept = await keep_case(work, calm.case, was=here.case)
        await work.audit.append(*calm.events)
        await tell_case(work, kept, here.seats, at=at)
        await work.cards.redraw([case_id], at=at)
        await work.commit()
        return calm.emergency
