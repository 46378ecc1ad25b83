"""Record that a person takes a consent back, and stop at once what stood on it (C5)."""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from core.consent.ending import withdraw
from core.consent.ledger import ConsentLine, ConsentStepClosed, LedgerStep
from core.consenting import CONSENT, before_the_ledger, line_shown, tell_consent
from core.ids import CaseId, ConsentId, StaffId
from core.ports import UnitOfWork
from core.steps import Overtaken
from core.withdrawal import TRIES, end_lines


async def withdraw_consent(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    consents: Mapping[ConsentId, int],
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> tuple[ConsentLine, ...]:
    """The lines as taken back; nothing is asked to be proven or justified.

    In the same transaction letters, agenda items, plans that wait for a decision, referrals,
    sheets and places being arranged stop, or go on as what the law allows without consent, and
    the courses step back (O19, PT14, MK12, M10).

    Args:
        consents: the lines that the person's words touch, with the versions that were shown;
            where the words leave it open, all that are given.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded: the door. NotOfThisHousehold.
        Overtaken: somebody was faster with a line. Where it was only a record that has to stop, the
            whole is taken up again: a withdrawal does not wait for others.
        ConsentStepClosed: a line is not given, or none is named.
    """
    for _ in range(TRIES - 1):
        try:
            return await _withdraw(uow, case_id=case_id, consents=consents, by=by, at=at, tz=tz)
        except Overtaken as late:
            if late.facts.get("what") == CONSENT:
                raise
    return await _withdraw(uow, case_id=case_id, consents=consents, by=by, at=at, tz=tz)


async def _withdraw(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    consents: Mapping[ConsentId, int],
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> tuple[ConsentLine, ...]:
    async with uow.write() as work:
        hand, role = await before_the_ledger(work, case_id, by=by)
        step = LedgerStep(lines=(), events=())
        for consent_id, version in consents.items():
            line = await line_shown(work, hand, consent_id, version=version)
            step += withdraw(line, by=by, role=role, at=at)
        if not step.lines:
            raise ConsentStepClosed(row="C5", allowed="name the consents that are taken back")
        gone = await end_lines(work, step, case_id=case_id, at=at, tz=tz)
        for subject in dict.fromkeys(line.subject for line in gone):
            await tell_consent(work, hand, subject, at=at)
        await work.commit()
        return gone
