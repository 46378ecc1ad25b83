"""The author changes a returned letter and asks again."""

from dataclasses import replace
from datetime import date, datetime, tzinfo

from core.access import Action, NotYours, require
from core.agencies import Role
from core.audit import AuditEvent
from core.cases import WRITABLE, CaseResting
from core.days import local_day
from core.excuses import evidence
from core.ids import LetterId, StaffId
from core.leaflet_steps import rewritten_fits
from core.letter_window import fitting_window
from core.letters import Letter, LetterKind, LetterState, NotFromHere, Origin
from core.lint import Proofreader, require_of_age, require_words
from core.people import Person
from core.ports import UnitOfWork, Work
from core.profiles import LetterRules
from core.proofreading import read_to_hand_in
from core.send_day import asks_on_its_day
from core.steps import (
    ask_for_approval,
    decided,
    move,
    moved,
    require_approver,
    require_end_told,
)
from core.word_steps import require_own_words


async def rewrite_letter(
    uow: UnitOfWork,
    *,
    letter_id: LetterId,
    version: int,
    by: StaffId,
    body: str,
    opens_at: datetime,
    at: datetime,
    tz: tzinfo,
    proof: Proofreader,
    closed_days: frozenset[date] = frozenset(),
    alt_text: str = "",
    origin: Origin | None = None,
    excuse: str = "",
) -> Letter:
    """The new words wait for approval when this returns; no earlier approval covers them.

    Args:
        origin: from what the new words were written; without it, what is on record stays.
        excuse: why words stand that block, where the town allows it; staff words (§8.8).

    Raises:
        NotYours: only the author rewrites.
        NotFromHere: the letter is not with its author now. AlreadyDecided: it has changed.
        NothingWritten, WordingBlocked, WindowUnfit, CaseResting, NoApprover, OnlyApprovedWords,
        and what stands against its leaflet: as at first.
    """
    async with uow.write() as work:
        letter = await work.letters.get(letter_id)
        author = await work.staff.get(by)
        seats = await work.staff.seats(letter.case_id)
        role = require(author, Action.WRITE_LETTER, case_id=letter.case_id, seats=seats).role
        if letter.author_id != by:
            raise NotYours(action=Action.WRITE_LETTER.value)
        if letter.version != version:
            raise await decided(work, letter)
        if letter.state is not LetterState.DRAFT:
            raise NotFromHere(state=letter.state.value, to=LetterState.PENDING_APPROVAL.value)
        await require_approver(work, letter, seats)
        await require_own_words(work, author, body)
        on = local_day(max(opens_at, at), tz=tz)
        rules, person = await _require_writable(work, letter, body=body, on=on)
        hours = rules.hours_of(person, closed_days=closed_days)
        opens, closes = fitting_window(opens_at, None, at=at, tz=tz, hours=hours)
        words = (body.strip(), alt_text.strip() or _kept(letter))
        again = _again(letter, words, (opens, closes), origin, at=at)
        again = replace(again, asks_again=asks_on_its_day(again, at=at, rules=rules))
        await require_end_told(work, again, at=at)
        again = await read_to_hand_in(work, again, excuse, at=at, proof=proof)
        if not await work.letters.change(again, version=version):
            raise await decided(work, await work.letters.get(letter_id))
        await work.audit.append(_rewritten(letter, again, by=by, role=role, at=at))
        await ask_for_approval(work, again, at=at)
        await work.commit()
        return again


def _again(
    letter: Letter,
    words: tuple[str, str],
    window: tuple[datetime, datetime],
    origin: Origin | None,
    *,
    at: datetime,
) -> Letter:
    """The letter with its new words, body and alt text; what it said before stays beside them."""
    return move(
        letter,
        LetterState.PENDING_APPROVAL,
        via=(LetterState.LINTED,),
        body=words[0],
        alt_text=words[1],
        opens_at=window[0],
        closes_at=window[1],
        note="",
        **(origin._asdict() if origin else {}),
        former_body=letter.body,
        former_alt_text=letter.alt_text,
        rewritten_at=at,
    )


def _rewritten(
    letter: Letter, again: Letter, *, by: StaffId, role: Role, at: datetime
) -> AuditEvent:
    return moved(
        letter,
        again.state,
        at=at,
        actor=by,
        role=role.value,
        action="letter.rewritten",
        evidence=evidence(again.excused),
    )


def _kept(letter: Letter) -> str:
    """A letter with a leaflet keeps its neutral line: the words go in a bubble, over its link."""
    return letter.alt_text if letter.kind is LetterKind.LEAFLET else ""


async def _require_writable(
    work: Work, letter: Letter, *, body: str, on: date
) -> tuple[LetterRules, Person]:
    """The town's rules and the person, once this may be written to them at all."""
    case = await work.cases.get(letter.case_id)
    if case.state not in WRITABLE:
        raise CaseResting(state=case.state.value)
    require_words(body)
    rules = (await work.towns.get()).letters
    person = await work.people.get(letter.person_id)
    require_of_age(person, rules=rules)
    if letter.kind is LetterKind.LEAFLET:
        await rewritten_fits(work, letter, case=case, person=person, body=body, on=on)
    return rules, person
