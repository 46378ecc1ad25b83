"""Call people by hand (急いで人を呼ぶ), where the words did not show it (DOMAIN §8.3)."""

from datetime import date, datetime, timedelta, tzinfo

from core.access import Action
from core.course_steps import come_to
from core.crisis.alerts import CrisisAlert
from core.crisis_steps import ring_out
from core.ids import AlertId, CaseId, StaffId
from core.municipal_profiles.duties import USUAL_HOURS, being_read
from core.municipal_profiles.profile import ReadingHours
from core.ports import UnitOfWork
from core.steps import note_fact


async def raise_alert(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    wait: timedelta,
    hours: ReadingHours = USUAL_HOURS,
    closed_days: frozenset[date] = frozenset(),
) -> CrisisAlert:
    """The same call as words bring about: two people ring, letters wait, it is passed on. The
    person is told nothing; that is for whoever takes it. A call that is open already stands.

    Raises:
        NotFound, NotActive, NotYours. Overtaken: another was opened at this very moment.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.LOG_CONTACT)
        running = await work.alerts.open_of(person_id=here.case.person_id)
        if running is not None:
            return running
        alert = CrisisAlert(
            id=AlertId(work.new_id()),
            municipality_id=work.municipality_id,
            case_id=case_id,
            person_id=here.case.person_id,
            raised_at=at,
            raised_by=by,
        )
        alert = await ring_out(
            work,
            alert,
            wait=wait,
            at=at,
            staffed=being_read(hours, at, tz=tz, closed_days=closed_days),
            actor=by,
            role=here.opened.value,
        )
        await note_fact(work, case_id, at=at)
        await work.commit()
        return alert
