"""Asking for a consent: explained, not now, explained again, explained more widely."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from core.agencies import Role
from core.consent.covers import overlap
from core.consent.kinds import ConsentState
from core.consent.ledger import (
    AskedBySchedule,
    AskedTooSoon,
    AskedWithoutReason,
    ConsentLine,
    ConsentStepClosed,
    LedgerStep,
    NothingExplained,
    NotWider,
    ask_again_from,
    ledger_step,
    require_one_line,
    require_recorder,
    require_row,
)
from core.consent.scopes import Scope, contains, is_empty, kind_of, same_matter
from core.ids import ConsentId, StaffId


def explain(
    draft: ConsentLine,
    *,
    shown: Iterable[str],
    ledger: Iterable[ConsentLine],
    by: StaffId,
    role: Role,
    at: datetime,
) -> LedgerStep:
    """C1: the text and the scope were shown in plain words.

    Args:
        draft: the line to be; its state is not read.
        shown: the scope as the person saw it, item by item.
        ledger: the lines so far, so that a new line is no way round C4.

    Raises:
        NotForThemToRecord, NothingExplained, AskedTooSoon, AskedWithoutReason.
        NotWider: a given line covers it, or is to be widened instead (C6).
        ConsentStepClosed: it is being explained already.
    """
    require_recorder("C1", role=role)
    if not draft.text_version or is_empty(draft.scope) or not any(s.strip() for s in shown):
        raise NothingExplained(allowed="show the text and its scope first")
    ledger = tuple(ledger)
    for line in ledger:
        asked_before = line.subject == draft.subject and same_matter(line.scope, draft.scope)
        if asked_before and line.state is ConsentState.DECLINED_FOR_NOW:
            _refuse_a_way_round(line, at=at)
    _require_not_asked(draft, row="C1", ledger=ledger)
    require_one_line(draft, ledger=ledger)
    line = replace(draft, state=ConsentState.EXPLAINING, explained_by=by, explained_at=at)
    return ledger_step(line, row="C1", was="", by=by, role=role, at=at)


def decline(line: ConsentLine, *, by: StaffId | str, role: Role | None, at: datetime) -> LedgerStep:
    """C3: not now. Nobody asks why, so there is no place for a reason.

    Args:
        by: staff id, or `person` with role None.

    Raises:
        ConsentStepClosed, NotForThemToRecord.
    """
    require_row("C3", line=line, role=role)
    declined = replace(line, state=ConsentState.DECLINED_FOR_NOW, declined_at=at)
    return ledger_step(declined, row="C3", was=line.state, by=by, role=role, at=at)


def explain_again(
    line: ConsentLine,
    *,
    why_now: str,
    scheduled: bool,
    by: StaffId,
    role: Role,
    at: datetime,
    ledger: Iterable[ConsentLine] = (),
) -> LedgerStep:
    """C4: a colleague comes back to it, for a reason of today.

    Args:
        ledger: the lines of this person; another may be asking the same by now.

    Raises:
        ConsentStepClosed, NotForThemToRecord, AskedBySchedule, AskedWithoutReason,
        AskedTooSoon.
    """
    if scheduled:
        raise AskedBySchedule(allowed="C4 by a colleague, in person")
    require_row("C4", line=line, role=role)
    _require_not_asked(line, row="C4", ledger=ledger)
    if not why_now.strip():
        raise AskedWithoutReason(allowed="C4 with a note why now")
    if at < ask_again_from(line):
        raise AskedTooSoon(next=ask_again_from(line).isoformat(), allowed="wait; keep in touch")
    again = replace(
        line,
        state=ConsentState.EXPLAINING,
        explained_by=by,
        explained_at=at,
        why_now=why_now.strip(),
    )
    return ledger_step(
        again, row="C4", was=line.state, by=by, role=role, at=at, reason="why_now noted"
    )


def explain_wider(
    line: ConsentLine,
    *,
    id: ConsentId,
    scope: Scope,
    text_version: str,
    shown: Iterable[str],
    ledger: Iterable[ConsentLine],
    by: StaffId,
    role: Role,
    at: datetime,
) -> LedgerStep:
    """The first half of C6: members, agencies or topics grew, so it is explained anew.

    The old line stands for what it covered until the new one is given: a person who says "not
    now" to more has not taken back what was agreed before.

    Raises:
        ConsentStepClosed, NotForThemToRecord, NotWider, NothingExplained, AskedTooSoon.
    """
    require_row("C6", line=line, role=role)
    if kind_of(scope) is not line.type or contains(line.scope, scope):
        raise NotWider(allowed="use the present consent; C5 to take back; C1 for another kind")
    draft = ConsentLine(
        id=id,
        municipality_id=line.municipality_id,
        subject=line.subject,
        scope=scope,
        state=ConsentState.EXPLAINING,
        text_version=text_version,
        replaces=line.id,
    )
    return explain(draft, shown=shown, ledger=ledger, by=by, role=role, at=at)


def _require_not_asked(draft: ConsentLine, *, row: str, ledger: Iterable[ConsentLine]) -> None:
    """Refuse to put the same question to a person twice, in part or as a whole."""
    for line in ledger:
        asked = line.subject == draft.subject and overlap(line.scope, draft.scope)
        if asked and line.state is ConsentState.EXPLAINING and line.id != draft.id:
            raise ConsentStepClosed(row=row, state=line.state.value, allowed="C2, C3 on that line")


def _refuse_a_way_round(declined: ConsentLine, *, at: datetime) -> None:
    again = ask_again_from(declined)
    if at < again:
        raise AskedTooSoon(next=again.isoformat(), allowed="wait; keep in touch")
    raise AskedWithoutReason(allowed="C4 on the same line, with a note why now")
