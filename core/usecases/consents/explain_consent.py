"""Show a person the text and the scope of a consent, in plain words (C1)."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from core.connection_steps import of_household
from core.consent.asking import explain
from core.consent.kinds import ConsentState
from core.consent.ledger import ConsentLine
from core.consent.scopes import Scope
from core.consenting import before_the_ledger, tell_consent, write_step
from core.ids import CaseId, ConsentId, PersonId, StaffId
from core.ports import UnitOfWork
from core.withdrawal import ledger_today


async def explain_consent(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    subject: PersonId,
    scope: Scope,
    text_version: str,
    shown: Iterable[str],
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> ConsentLine:
    """A new line of the ledger, being explained; nothing is agreed by it.

    Args:
        case_id: the case through which it is recorded.
        subject: whose consent it will be: the person, or another member of the household.
        shown: the scope as the person saw it, item by item.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded: the door. NotOfThisHousehold.
        NothingExplained, AskedTooSoon, AskedWithoutReason, NotWider, ConsentStepClosed.
    """
    async with uow.write() as work:
        hand, role = await before_the_ledger(work, case_id, by=by)
        await of_household(work, hand.case, subject)
        draft = ConsentLine(
            id=ConsentId(work.new_id()),
            municipality_id=work.municipality_id,
            subject=subject,
            scope=scope,
            state=ConsentState.EXPLAINING,
            text_version=text_version.strip(),
        )
        ledger = await ledger_today(work, subject, case_id=case_id, at=at, tz=tz)
        step = explain(draft, shown=shown, ledger=ledger, by=by, role=role, at=at)
        (line,) = await write_step(work, step, case_id=case_id)
        await tell_consent(work, hand, subject, at=at)
        await work.commit()
        return line
