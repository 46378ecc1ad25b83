"""Steps of the consent ledger inside somebody's open transaction: the door, writing, telling."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from core.access import Action
from core.agencies import Role
from core.connection_steps import of_household
from core.consent.ending import expire
from core.consent.kinds import ConsentState
from core.consent.ledger import ConsentLine, LedgerStep
from core.course_steps import AtWork, come_to
from core.ids import CaseId, ConsentId, PersonId, StaffId
from core.ports import Work
from core.steps import Overtaken, note_fact, refresh_desks, watchers
from core.transitions import RECORDERS

CONSENT: Final = "consent"
ENDED: Final = frozenset({ConsentState.WITHDRAWN, ConsentState.EXPIRED, ConsentState.REPLACED})


async def before_the_ledger(work: Work, case_id: CaseId, *, by: StaffId) -> tuple[AtWork, Role]:
    """The door for somebody who records what a person of this case's household agreed to.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded.
    """
    hand = await come_to(work, case_id, by=by, action=Action.RECORD_CONSENT)
    return hand, hand.role_for(RECORDERS)


async def line_shown(
    work: Work, hand: AtWork, consent_id: ConsentId, *, version: int
) -> ConsentLine:
    """The line, as the colleague saw it.

    Raises:
        NotFound. NotOfThisHousehold: it is nobody's of this case's household.
        Overtaken: somebody was faster.
    """
    line = await work.consents.get(consent_id)
    await of_household(work, hand.case, line.subject)
    if line.version != version:
        raise Overtaken(what=CONSENT)
    return line


async def write_step(
    work: Work, step: LedgerStep, *, case_id: CaseId | None, evidence: tuple[str, ...] = ()
) -> tuple[ConsentLine, ...]:
    """The lines of a step as they are stored now, in the step's order, and their events.

    Args:
        case_id: the case through which it is recorded.
        evidence: what proves it besides, as `name=value`, for the audit.

    Raises:
        Overtaken: a line has another version by now.
    """
    pairs = list(zip(step.lines, step.events, strict=True))
    # What ends is written before what begins: of some kinds only one may be given at a time.
    for line, event in sorted(pairs, key=lambda pair: pair[0].state not in ENDED):
        if event.was == "":
            await work.consents.add(line)
        elif not await work.consents.change(_next(line), version=line.version):
            raise Overtaken(what=CONSENT)
    await work.audit.append(
        *(
            replace(event, case_id=case_id, evidence=(*event.evidence, *evidence))
            for event in step.events
        )
    )
    return tuple(line if event.was == "" else _next(line) for line, event in pairs)


async def ledger_of(work: Work, person_id: PersonId) -> tuple[ConsentLine, ...]:
    """The person's lines, oldest first, as the machine asks for them."""
    return tuple(reversed(await work.consents.of_person(person_id)))


def run_out(ledger: Iterable[ConsentLine], *, today: date, at: datetime) -> LedgerStep:
    """C7 for every given line whose day has come; a step without lines where there is none."""
    step = LedgerStep(lines=(), events=())
    for line in ledger:
        dated = line.expires_on is not None and today >= line.expires_on
        if line.state is ConsentState.GIVEN and dated:
            step += expire(line, today=today, follow_up_ended=False, at=at)
    return step


async def tell_consent(work: Work, hand: AtWork, subject: PersonId, *, at: datetime) -> None:
    """What a person agreed to is news: of the case, and of the person's own cases (G-27)."""
    await note_fact(work, hand.case.id, at=at)
    if subject != hand.case.person_id:
        for case in (await work.cases.of_person(subject))[:1]:
            await note_fact(work, case.id, at=at)
    await refresh_desks(work, watchers(hand.case, hand.seats), at=at)


def _next(line: ConsentLine) -> ConsentLine:
    return replace(line, version=line.version + 1)
