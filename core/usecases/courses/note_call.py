"""Note a call for help in an emergency (連絡したことを記す): R-025."""

from datetime import datetime

from core import emergency
from core.access import Action
from core.course_steps import come_to, event_of, tell_case
from core.emergency import Called, Emergency, NoEmergency, Rescuer
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


async def note_call(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    rescuer: Rescuer,
    by: StaffId,
    at: datetime,
    not_needed_because: str = "",
) -> Emergency:
    """Police, medical help or who is on call: told now, or why it is not needed.

    Raises:
        NotFound, NotActive, NotYours. NoEmergency: none runs.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.LOG_CONTACT)
        running = await work.emergencies.running(case_id)
        if running is None:
            raise NoEmergency(allowed="O18 raises a new one")
        reason = not_needed_because.strip()
        call = Called(rescuer=rescuer, by=by, at=at, not_needed_because=reason)
        noted = emergency.note_call(running, call=call)
        if not await work.emergencies.change(case_id, noted):
            raise NoEmergency(allowed="O18 raises a new one")
        await work.audit.append(
            event_of(
                "case.help_called",
                here.case,
                by=by,
                role=here.opened,
                at=at,
                now=rescuer.value,
                evidence=("needed=no",) if reason else ("needed=yes",),
            )
        )
        await tell_case(work, here.case, here.seats, at=at)
        await work.commit()
        return noted
