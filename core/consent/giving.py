"""Giving a consent: in front of a colleague (C2), or by adding the account with a code (C8)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from core.agencies import Role
from core.audit import PERSON
from core.consent.evidence import Evidence, LinkEvidence, MessageEvidence, require_complete
from core.consent.giver import Giver, require_giver
from core.consent.kinds import ConsentState
from core.consent.ledger import (
    ConsentLine,
    LedgerStep,
    NotChosenByPerson,
    NothingExplained,
    ledger_step,
    require_one_line,
    require_row,
)
from core.consent.scopes import LineScope
from core.ids import StaffId


def give(
    line: ConsentLine,
    *,
    giver: Giver,
    evidence: Evidence,
    chosen_by_person: bool,
    by: StaffId,
    role: Role,
    at: datetime,
    ledger: Iterable[ConsentLine] = (),
) -> LedgerStep:
    """C2, and C6 where the line replaces a narrower one.

    Args:
        chosen_by_person: the person ticked, signed or said it; nothing was ticked beforehand.
        ledger: the lines so far; the narrower one that this replaces is found there.

    Raises:
        ConsentStepClosed, NotForThemToRecord, GiverUnfit, EvidenceIncomplete,
        NotChosenByPerson. NotWider: another line was given for this meanwhile.
    """
    require_row("C2", line=line, role=role)
    require_giver(giver, subject=line.subject)
    require_complete(evidence)
    if not chosen_by_person:
        raise NotChosenByPerson(allowed="let the person choose; C3 not now")
    given = replace(line, state=ConsentState.GIVEN, giver=giver, evidence=evidence, given_at=at)
    step = ledger_step(given, row="C2", was=line.state, by=by, role=role, at=at)
    ledger = tuple(ledger)
    require_one_line(line, ledger=ledger)
    for narrower in ledger:
        if narrower.id == line.replaces and narrower.state is ConsentState.GIVEN:
            old = replace(narrower, state=ConsentState.REPLACED, replaced_by=line.id)
            step += ledger_step(old, row="C6", was=narrower.state, by=by, role=role, at=at)
    return step


def give_by_link(
    draft: ConsentLine,
    *,
    evidence: LinkEvidence | MessageEvidence,
    at: datetime,
    ledger: Iterable[ConsentLine] = (),
) -> LedgerStep:
    """C8: the account added and the one-time code sent, together, by the person; or, by an account
    that had been linked so, taken up again on their own page, in the words that stand there.

    Args:
        ledger: the lines so far. A permission for an earlier account is replaced (C6): one is
            enough, and taking it back later takes back all of it.

    Raises:
        EvidenceIncomplete: one of its two parts is lacking.
        NothingExplained: the line is for another kind than CHANNEL_LINE.
    """
    if not isinstance(draft.scope, LineScope):
        raise NothingExplained(allowed="C1, C2 with a colleague")
    require_complete(evidence)
    giver = Giver(person_id=draft.subject)
    line = replace(draft, state=ConsentState.GIVEN, giver=giver, evidence=evidence, given_at=at)
    step = ledger_step(line, row="C8", was="", by=PERSON, role=None, at=at)
    for former in ledger:
        same = former.subject == draft.subject and isinstance(former.scope, LineScope)
        if same and former.state is ConsentState.GIVEN:
            old = replace(former, state=ConsentState.REPLACED, replaced_by=line.id)
            step += ledger_step(old, row="C6", was=former.state, by=PERSON, role=None, at=at)
    return step
