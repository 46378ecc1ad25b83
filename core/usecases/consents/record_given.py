"""Record that a person agreed (C2), and what that replaces (C6)."""

from dataclasses import replace
from datetime import date, datetime, tzinfo

from core.consent.evidence import Evidence, OralEvidence
from core.consent.giver import Giver
from core.consent.giving import give
from core.consent.ledger import ConsentLine
from core.consenting import (
    before_the_ledger,
    line_shown,
    tell_consent,
)
from core.ids import CaseId, ConsentId, StaffId
from core.ports import UnitOfWork
from core.withdrawal import end_lines, ledger_today


async def record_given(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    consent_id: ConsentId,
    version: int,
    giver: Giver,
    evidence: Evidence,
    chosen_by_person: bool,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    expires_on: date | None = None,
) -> ConsentLine:
    """The line as given. A narrower one that it was to replace ends in the same transaction.

    Args:
        version: of the line, as it was shown.
        chosen_by_person: the person ticked, signed or said it; nothing was ticked beforehand.
        expires_on: the first local day on which it no longer holds, if it says one.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded: the door; NotFound also for a witness who is
            not on the roll. NotOfThisHousehold. Overtaken: somebody was faster.
        ConsentStepClosed, GiverUnfit, EvidenceIncomplete, NotChosenByPerson.
    """
    async with uow.write() as work:
        hand, role = await before_the_ledger(work, case_id, by=by)
        line = await line_shown(work, hand, consent_id, version=version)
        if isinstance(evidence, OralEvidence):
            for heard in (evidence.heard_by, evidence.second_witness):
                if heard is not None:
                    await work.staff.get(heard)
        ledger = await ledger_today(work, line.subject, case_id=case_id, at=at, tz=tz)
        step = give(
            replace(line, expires_on=expires_on),
            giver=giver,
            evidence=evidence,
            chosen_by_person=chosen_by_person,
            by=by,
            role=role,
            at=at,
            ledger=ledger,
        )
        given, *_ = await end_lines(work, step, case_id=case_id, at=at, tz=tz)
        await tell_consent(work, hand, line.subject, at=at)
        await work.commit()
        return given
