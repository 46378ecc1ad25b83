"""Write a letter and put it before those who may approve it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from core.access import Action, require
from core.agencies import Seat
from core.approach import interests_named, require_leaflet_fits
from core.audit import AuditEvent
from core.cases import WRITABLE, Case, CaseResting
from core.ids import CaseId, LetterId, StaffId
from core.letters import (
    OWN_WORDS,
    Letter,
    LetterKind,
    LetterState,
    NothingToAnswer,
    Origin,
    fitting_window,
    require_written_kind,
)
from core.lint import Proofreader, require_fit, require_of_age, require_words
from core.people import Person
from core.ports import UnitOfWork, Work
from core.profiles import LetterRules
from core.proofreading import proofread
from core.steps import ask_for_approval, require_approver, require_own_words

ANSWERABLE: Final = timedelta(days=30)


async def write_letter(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    by: StaffId,
    body: str,
    opens_at: datetime,
    at: datetime,
    tz: tzinfo,
    proof: Proofreader,
    closed_days: frozenset[date] = frozenset(),
    closes_at: datetime | None = None,
    kind: LetterKind = LetterKind.CHECK_IN,
    alt_text: str = "",
    command_key: str | None = None,
    origin: Origin = OWN_WORDS,
) -> Letter:
    """Write a letter; it is checked and waits for approval when this returns.

    Args:
        opens_at: not before; aware. closes_at: dropped after; by default, as the day's hours end.
        proof: reads the words.
        command_key: the front's key; the same key twice is one letter.
        origin: from what the words were written, for the record (G-04).

    Raises:
        NotYours. MinorsNotWrittenTo: G-24. LeafletUnfit: R-026. CaseResting: R-022.
        KindNotWritten: R-023. NothingToAnswer: G-03. NoApprover, OnlyApprovedWords: G-06.
        NothingWritten, WordingBlocked: S1. WindowUnfit: G-05; fact `next`, ISO 8601.
    """
    async with uow.write() as work:
        if command_key and (known := await work.letters.by_command(command_key)):
            return known
        case, seats = await work.cases.get(case_id), await work.staff.seats(case_id)
        author = await work.staff.get(by)
        role = require(author, Action.WRITE_LETTER, case_id=case_id, seats=seats).role
        await require_own_words(work, author, body)
        rules = (await work.towns.get()).letters
        person = await work.people.get(case.person_id)
        _require_writable(case, person, kind=kind, body=body, rules=rules)
        await _require_something_to_answer(work, case_id, kind=kind, at=at)
        hours = rules.hours(wakes=person.wakes, sleeps=person.sleeps, closed_days=closed_days)
        opens, closes = fitting_window(opens_at, closes_at, at=at, tz=tz, hours=hours)
        letter = Letter(
            id=LetterId(work.new_id()),
            municipality_id=work.municipality_id,
            case_id=case.id,
            person_id=case.person_id,
            kind=kind,
            body=body.strip(),
            alt_text=alt_text.strip(),
            author_id=by,
            opens_at=opens,
            closes_at=closes,
            state=LetterState.PENDING_APPROVAL,
            created_at=at,
            command_key=command_key,
            **origin._asdict(),
        )
        require_fit(await proofread(work, letter, at=at, proof=proof))
        return await _enter(work, letter, seats, by=by, role=role.value, at=at)


def _require_writable(
    case: Case, person: Person, *, kind: LetterKind, body: str, rules: LetterRules
) -> None:
    if case.state not in WRITABLE:
        raise CaseResting(state=case.state.value)
    require_written_kind(kind)
    require_words(body)
    require_of_age(person, rules=rules)
    if kind is LetterKind.LEAFLET:
        named = interests_named(body, interests=person.interests)
        require_leaflet_fits(named, interests=person.interests)


async def _require_something_to_answer(
    work: Work, case_id: CaseId, *, kind: LetterKind, at: datetime
) -> None:
    """An answer keeps no distance to other letters, so there has to be something to answer."""
    if kind is not LetterKind.REPLY:
        return
    latest = await work.replies.of_case(case_id, limit=1)
    if not latest or at - latest[0].received_at >= ANSWERABLE:
        raise NothingToAnswer()


async def _enter(
    work: Work, letter: Letter, seats: Iterable[Seat], *, by: StaffId, role: str, at: datetime
) -> Letter:
    """The letter as it now waits; the other one when the same command was faster elsewhere.

    Raises:
        NoApprover: G-06.
    """
    await require_approver(work, letter, seats)
    if not await work.letters.add(letter):
        faster = await work.letters.by_command(letter.command_key or "")
        assert faster is not None
        return faster
    stages = (LetterState.DRAFT, LetterState.LINTED, LetterState.PENDING_APPROVAL)
    # That it fits an interest is on the record; which one stays with the person.
    fits = ("fit=interest",) if letter.kind is LetterKind.LEAFLET else ()
    from_ = (f"template={letter.template}",) if letter.template else ()
    await work.audit.append(
        *(
            AuditEvent(
                action=f"letter.{now.value.lower()}",
                at=at,
                actor=by,
                role=role,
                subject=letter.id,
                case_id=letter.case_id,
                was=was.value if was else "",
                now=now.value,
                evidence=(*fits, *from_) if now is LetterState.DRAFT else (),
            )
            for was, now in zip((None, *stages), stages, strict=False)
        )
    )
    await ask_for_approval(work, letter, at=at)
    await work.commit()
    return letter
