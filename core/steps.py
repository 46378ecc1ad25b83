"""Steps that several use cases take inside their own open transaction.

A step never opens or commits a transaction and never talks to anyone outside.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from core.agencies import Role, Seat, Staff
from core.approvals import approves_own
from core.audit import SYSTEM, AuditEvent
from core.cases import Case
from core.endings import END_LASTS, require_announced
from core.errors import AlreadyDecided, CaseworkError
from core.ids import CaseId, PersonId, StaffId
from core.letters import Letter, LetterKind, LetterState, Reason, require_move
from core.outbox import CardKind
from core.ports import Work

WATCHING: Final = frozenset({Role.OUTREACH_WORKER, Role.CASE_LEAD, Role.COORDINATOR})
WAITING_FOR_APPROVAL: Final = frozenset({LetterState.PENDING_APPROVAL, LetterState.HELD})


class NoApprover(CaseworkError):
    """Nobody but the author could approve a letter on this case."""

    rule = "G-06"


class Overtaken(CaseworkError):
    """Somebody was faster: the record changed since it was shown. Facts: `what`."""

    rule = "HOUSE-11"


class RoleNeeded(CaseworkError):
    """The step is for other roles than those held here. Facts: `allowed`, role codes."""

    rule = "DOMAIN-3.7"


def acting_role(staff: Staff, seats: Iterable[Seat], allowed: frozenset[Role]) -> Role:
    """In which role a colleague takes a step: of a seat on the case, else of one held at large.

    Of several, the first in the order of `Role`, so that the record says the same each time.

    Args:
        seats: of the case; those of others are ignored.
        allowed: the roles that the step's row names.

    Raises:
        RoleNeeded: facts `allowed`.
    """
    sitting = {seat.role for seat in seats if seat.staff_id == staff.id}
    for held in (sitting, staff.roles):
        for role in Role:
            if role is not Role.SYSTEM and role in held and role in allowed:
                return role
    raise RoleNeeded(allowed=", ".join(sorted(allowed - {Role.SYSTEM})))


def seated(seats: Iterable[Seat], roles: frozenset[Role]) -> tuple[StaffId, ...]:
    """Who holds one of these roles, each once, in a stable order."""
    return tuple(dict.fromkeys(seat.staff_id for seat in seats if seat.role in roles))


def watchers(case: Case, seats: Iterable[Seat]) -> tuple[StaffId, ...]:
    """Who is told what happens on a case: the lead first, then the others who work on it."""
    lead = () if case.lead_staff_id is None else (case.lead_staff_id,)
    return tuple(dict.fromkeys((*lead, *seated(seats, WATCHING))))


def approvers(letter: Letter, seats: Iterable[Seat]) -> tuple[StaffId, ...]:
    """Who may approve this letter: seated on the case, and not its author."""
    seated_there = seated(seats, frozenset({Role.MESSAGE_APPROVER}))
    return tuple(staff_id for staff_id in seated_there if staff_id != letter.author_id)


async def require_approver(work: Work, letter: Letter, seats: Iterable[Seat]) -> None:
    """Refuse a letter that would wait for nobody.

    Raises:
        NoApprover: nobody in service may approve it: no second person, and not the author either.
    """
    seats = tuple(seats)
    in_service = {staff.id: staff for staff in await work.staff.active()}
    if not in_service.keys().isdisjoint(approvers(letter, seats)):
        return
    author = in_service.get(letter.author_id)
    rules = (await work.towns.get()).letters
    own = author is not None and approves_own(author, rules=rules)
    if not own or letter.author_id not in seated(seats, frozenset({Role.MESSAGE_APPROVER})):
        raise NoApprover()


async def require_end_told(work: Work, letter: Letter, *, at: datetime) -> None:
    """Refuse a last letter by itself; a series sees to its own end (G-21).

    Raises:
        EndUnannounced.
    """
    if letter.kind is LetterKind.LAST and letter.series_id is None:
        since = at - END_LASTS
        require_announced(letter, await work.letters.written_to(letter.person_id, since=since))


def move(
    letter: Letter, to: LetterState, *, via: tuple[LetterState, ...] = (), **changes: Any
) -> Letter:
    """The letter one version on, at another stage.

    Args:
        via: stages that the same decision passes through on the way.

    Raises:
        NotFromHere: the table of stages has no such way (S1 to S7).
    """
    at = letter
    for stage in (*via, to):
        require_move(at, stage)
        at = replace(at, state=stage)
    return replace(at, version=letter.version + 1, **changes)


def moved(
    was: Letter,
    now: LetterState,
    *,
    at: datetime,
    actor: str = SYSTEM,
    role: str = Role.SYSTEM,
    action: str | None = None,
    reason: str = "",
    evidence: tuple[str, ...] = (),
) -> AuditEvent:
    """The audit event of a letter's change of stage."""
    return AuditEvent(
        action=action or f"letter.{now.value.lower()}",
        at=at,
        actor=actor,
        role=role,
        subject=was.id,
        case_id=was.case_id,
        was=was.state.value,
        now=now.value,
        reason=reason,
        evidence=evidence,
    )


async def decided(work: Work, letter: Letter) -> AlreadyDecided:
    """Who was faster, for the one who came second."""
    if letter.decided_by is None or letter.decided_at is None:
        return AlreadyDecided(state=letter.state.value)
    by = await work.staff.get(letter.decided_by)
    return AlreadyDecided(by=by.name, at=letter.decided_at.isoformat(), state=letter.state.value)


async def refresh_desks(work: Work, staff_ids: Iterable[StaffId], *, at: datetime) -> None:
    """Draw the Home pages of these colleagues anew, of those who have opened one."""
    await work.cards.redraw(tuple(staff_ids), at=at)


async def ask_for_approval(work: Work, letter: Letter, *, at: datetime) -> None:
    """Put the letter before everyone who may approve it, and show its author where it is.

    A letter of a series is asked about on the one card of its series. One of a notice to many is
    not shown to its author, who works for the town and not on the case.
    """
    seats = await work.staff.seats(letter.case_id)
    ask = approvers(letter, seats)
    if letter.series_id is not None:
        concerned, case_id = (*ask, letter.author_id), letter.case_id
        await work.cards.redraw((letter.series_id,), at=at)
        await work.cards.touch(CardKind.SERIES, letter.series_id, concerned, at=at, case_id=case_id)
    else:
        await work.cards.touch(CardKind.APPROVAL, letter.id, ask, at=at, case_id=letter.case_id)
        if letter.notice_id is not None:
            await work.cards.redraw((letter.notice_id,), at=at)
        else:
            await work.cards.touch(
                CardKind.AUTHOR, letter.id, (letter.author_id,), at=at, case_id=letter.case_id
            )
    await refresh_desks(work, (*ask, letter.author_id), at=at)


async def note_fact(
    work: Work, case_id: CaseId, *, at: datetime, reason: Reason = Reason.NEW_FACT
) -> None:
    """Something new is known: approved letters have to be read again before they go (S5, G-27).

    It is news about the person, so it counts on each of the person's cases: whoever approves on
    another one reads again, too. A letter that is just on its way to LINE is left to the
    delivery that holds it.

    Args:
        reason: what the letters say of it.
    """
    case = await work.cases.get(case_id)
    await work.series.look_again(case.person_id, at=at)
    for one in await work.cases.of_person(case.person_id):
        await work.cases.add_fact(one.id)
    for letter in await work.letters.unsent_of_person(case.person_id):
        # What a colleague has just answered is leaving: words may cross it (G-27 is about what
        # was planned before). An answer that waits for its hour is read again.
        leaving = letter.answers and letter.opens_at <= at
        if letter.kind is LetterKind.ACKNOWLEDGEMENT or leaving:
            continue
        if letter.state is LetterState.SCHEDULED:
            await hold(work, letter, reason, at=at)
        elif letter.state in WAITING_FOR_APPROVAL:
            await work.cards.redraw(letter.cards, at=at)


async def note_fact_at_home(work: Work, case_id: CaseId, *, at: datetime) -> None:
    """Something happened to one of a household: what is written to the others is read again, too.

    A father who goes into hospital changes what can be said to his son (AC-H51 row 7, G-22). That
    there is news is all that is told; what it is stays in the case where it was written.
    """
    await note_fact(work, case_id, at=at)
    person = await work.people.get((await work.cases.get(case_id)).person_id)
    if person.household_id is None:
        return
    for member in await work.people.members(person.household_id):
        theirs = await work.cases.of_person(member.id)
        if member.id != person.id and theirs:
            await note_fact(work, theirs[0].id, at=at)


async def hold(work: Work, letter: Letter, reason: Reason, *, at: datetime) -> None:
    """Take an approved letter back until somebody has read it again."""
    if not await work.outbox.withdraw(letter.id):
        return
    held = await take_back(work, letter, LetterState.HELD, reason=reason)
    if held is not None:
        await work.audit.append(moved(letter, LetterState.HELD, at=at, reason=reason.value))
        await work.cards.redraw(letter.cards, at=at)
        await ask_for_approval(work, held, at=at)


async def take_back(work: Work, letter: Letter, to: LetterState, **changes: Any) -> Letter | None:
    """A scheduled letter at another stage, once its delivery is in our hands.

    That colleagues are asked about it, or say that it fits, at this very moment does not keep it:
    then it is read once more. None when it is scheduled no longer.
    """
    while letter.state is LetterState.SCHEDULED:
        back = move(letter, to, **changes)
        if await work.letters.change(back, version=letter.version):
            return back
        letter = await work.letters.get(letter.id)
    return None


async def cancel_unsent(
    work: Work,
    person_id: PersonId,
    reason: Reason,
    *,
    at: datetime,
    opening_before: datetime | None = None,
) -> int:
    """Cancel what has not left for this person, and how many letters that were (S6).

    Args:
        opening_before: only letters whose window opens before then (a rest skips them; it
            never catches up).
    """
    cancelled = 0
    await work.series.look_again(person_id, at=at)
    for letter in await work.letters.unsent_of_person(person_id):
        if letter.kind is LetterKind.ACKNOWLEDGEMENT and not letter.answers:
            continue
        if opening_before is not None and letter.opens_at >= opening_before:
            continue
        cancelled += await cancel(work, letter, reason, at=at)
    return cancelled


async def cancel(
    work: Work,
    letter: Letter,
    reason: Reason,
    *,
    at: datetime,
    actor: StaffId | None = None,
    role: str = Role.SYSTEM,
) -> bool:
    """Cancel one unsent letter; False when it is on its way already, or was changed."""
    end: dict[str, Any] = {"reason": reason, "decided_by": actor, "decided_at": at}
    if letter.state is LetterState.SCHEDULED:
        if not await work.outbox.withdraw(letter.id):
            return False
        gone = await take_back(work, letter, LetterState.CANCELLED, **end)
    else:
        gone = move(letter, LetterState.CANCELLED, **end)
        gone = gone if await work.letters.change(gone, version=letter.version) else None
    if gone is None:
        return False
    await work.audit.append(
        moved(
            letter,
            LetterState.CANCELLED,
            at=at,
            actor=actor or SYSTEM,
            role=role,
            reason=reason.value,
        )
    )
    await work.cards.redraw(letter.cards, at=at)
    if letter.series_id is not None:
        await work.series.look_again(letter.person_id, at=at)
    await refresh_desks(work, [letter.author_id], at=at)
    return True
