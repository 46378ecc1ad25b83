"""The end of a consent: taken back (C5) or run out (C7)."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime

from core.agencies import Role
from core.consent.kinds import ConsentState, ConsentType
from core.consent.ledger import (
    ConsentLine,
    ConsentStepClosed,
    LedgerStep,
    NotRunOut,
    ledger_step,
    require_row,
)
from core.ids import PersonId, StaffId


def withdraw(
    line: ConsentLine, *, by: StaffId | str, role: Role | None, at: datetime
) -> LedgerStep:
    """C5: taken back, by any channel and in any words, at once.

    There is nothing to prove and nothing to justify. What has to stop with it says
    `core.consent.stops.what_must_stop`, in the same transaction.

    Args:
        by: staff id, `system` (a STOP), or `person`; role None for the person.

    Raises:
        ConsentStepClosed: the line is not given.
    """
    require_row("C5", line=line, role=role)
    gone = replace(line, state=ConsentState.WITHDRAWN, withdrawn_at=at)
    return ledger_step(gone, row="C5", was=line.state, by=by, role=role, at=at)


def withdraw_all(
    ledger: Iterable[ConsentLine],
    *,
    subject: PersonId,
    matter: Callable[[ConsentLine], bool],
    by: StaffId | str,
    role: Role | None,
    at: datetime,
) -> LedgerStep:
    """C5 for every given line that the person's words touch.

    "Don't tell the hospital" may touch several lines, and none of them may be left behind.

    Args:
        matter: which lines are meant; where the words leave it open, all of them.

    Raises:
        ConsentStepClosed: no such line is given.
    """
    step = LedgerStep(lines=(), events=())
    for line in ledger:
        if line.subject == subject and line.state is ConsentState.GIVEN and matter(line):
            step += withdraw(line, by=by, role=role, at=at)
    if not step.lines:
        raise ConsentStepClosed(row="C5", allowed="C3 where it is still being explained")
    return step


def expire(
    line: ConsentLine,
    *,
    today: date,
    follow_up_ended: bool,
    at: datetime,
    deceased: bool = False,
) -> LedgerStep:
    """C7: its date is reached, or the case and its follow-up have ended; or the person has
    died, and what was agreed went with them [D].

    What ends with the case is what we were allowed to do on it. Their own line to us is none of
    that: the last letter says that somebody still reads what they write (G-21), and it ends by
    their own hand, by its date, or with them [D].

    Raises:
        ConsentStepClosed, NotRunOut.
    """
    require_row("C7", line=line, role=Role.SYSTEM)
    dated = line.expires_on is not None and today >= line.expires_on
    with_the_case = follow_up_ended and ends_with_the_case(line)
    if not dated and not with_the_case and not deceased:
        raise NotRunOut(allowed="C5 if the person takes it back")
    gone = replace(line, state=ConsentState.EXPIRED)
    return ledger_step(gone, row="C7", was=line.state, by=Role.SYSTEM, role=Role.SYSTEM, at=at)


def ends_with_the_case(line: ConsentLine) -> bool:
    """Whether this line serves the case alone (C7), and not the person's own way to us (G-21)."""
    return line.type is not ConsentType.CHANNEL_LINE
