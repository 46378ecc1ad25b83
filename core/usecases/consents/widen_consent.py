"""Explain a consent anew because members, agencies or topics grew (C6)."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from core.consent.asking import explain_wider
from core.consent.ledger import ConsentLine
from core.consent.scopes import Scope
from core.consenting import (
    before_the_ledger,
    line_shown,
    tell_consent,
    write_step,
)
from core.ids import CaseId, ConsentId, StaffId
from core.ports import UnitOfWork
from core.withdrawal import ledger_today


async def widen_consent(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    consent_id: ConsentId,
    version: int,
    scope: Scope,
    text_version: str,
    shown: Iterable[str],
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> ConsentLine:
    """A new line, being explained; the present one stands for what it covers until it is given.

    Args:
        version: of the present line, as it was shown.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded: the door. NotOfThisHousehold.
        Overtaken: somebody was faster.
        ConsentStepClosed, NotWider, NothingExplained, AskedTooSoon, AskedWithoutReason.
    """
    async with uow.write() as work:
        hand, role = await before_the_ledger(work, case_id, by=by)
        line = await line_shown(work, hand, consent_id, version=version)
        ledger = await ledger_today(work, line.subject, case_id=case_id, at=at, tz=tz)
        step = explain_wider(
            line,
            id=ConsentId(work.new_id()),
            scope=scope,
            text_version=text_version.strip(),
            shown=shown,
            ledger=ledger,
            by=by,
            role=role,
            at=at,
        )
        (wider,) = await write_step(work, step, case_id=case_id)
        await tell_consent(work, hand, line.subject, at=at)
        await work.commit()
        return wider
