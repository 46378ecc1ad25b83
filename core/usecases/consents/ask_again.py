"""Come back to a consent that was not for then (C4)."""

from datetime import datetime

from core.consent.asking import explain_again
from core.consent.ledger import ConsentLine
from core.consenting import before_the_ledger, line_shown, tell_consent, write_step
from core.ids import CaseId, ConsentId, StaffId
from core.ports import UnitOfWork


async def ask_again(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    consent_id: ConsentId,
    version: int,
    why_now: str,
    by: StaffId,
    at: datetime,
) -> ConsentLine:
    """The line, being explained once more by a colleague in person; no schedule calls this.

    Args:
        why_now: what makes it a good moment; staff text.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded: the door. NotOfThisHousehold.
        Overtaken: somebody was faster. ConsentStepClosed, AskedWithoutReason.
        AskedTooSoon: 30 days have not gone by; facts `next`.
    """
    async with uow.write() as work:
        hand, role = await before_the_ledger(work, case_id, by=by)
        line = await line_shown(work, hand, consent_id, version=version)
        step = explain_again(
            line,
            why_now=why_now,
            scheduled=False,
            by=by,
            role=role,
            at=at,
            ledger=await work.consents.of_person(line.subject),
        )
        (again,) = await write_step(work, step, case_id=case_id)
        await tell_consent(work, hand, line.subject, at=at)
        await work.commit()
        return again
