"""Record that a person said: not now (C3)."""

from datetime import datetime

from core.consent.asking import decline
from core.consent.ledger import ConsentLine
from core.consenting import before_the_ledger, line_shown, tell_consent, write_step
from core.ids import CaseId, ConsentId, StaffId
from core.ports import UnitOfWork


async def decline_for_now(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    consent_id: ConsentId,
    version: int,
    by: StaffId,
    at: datetime,
) -> ConsentLine:
    """The line, left in peace for 30 days. Nobody asks why, so there is no place for a reason.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded: the door. NotOfThisHousehold.
        Overtaken: somebody was faster. ConsentStepClosed.
    """
    async with uow.write() as work:
        hand, role = await before_the_ledger(work, case_id, by=by)
        line = await line_shown(work, hand, consent_id, version=version)
        step = decline(line, by=by, role=role, at=at)
        (declined,) = await write_step(work, step, case_id=case_id)
        await tell_consent(work, hand, line.subject, at=at)
        await work.commit()
        return declined
