"""Write a letter and put it before those who may approve it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, tzinfo

from core.access import Action, require
from core.agencies import Seat, Staff
from core.answer_steps import something_to_answer
from core.audit import AuditEvent
from core.cases import WRITABLE, Case, CaseResting
from core.days import local_day
from core.excuses import evidence
from core.ids import CaseId, LeafletId, LetterId, StaffId
from core.leaflet_steps import ForLetter, carry, leaflet_for, require_named_interest
from core.letter_window import fitting_window
from core.letters import (
    OWN_WORDS,
    Letter,
    LetterKind,
    LetterState,
    Origin,
    require_written_kind,
)
from core.lint import Proofreader, require_of_age, require_words
from core.people import Person
from core.ports import UnitOfWork, Work
from core.profiles import LetterRules
from core.proofreading import read_to_hand_in
from core.send_day import asks_on_its_day
from core.shared_phones import require_fit_for_phone
from core.steps import ask_for_approval, require_approver, require_end_told
from core.word_steps import require_own_words


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
    leaflet_id: LeafletId | None = None,
    leaflet_reason: str = "",
    origin: Origin = OWN_WORDS,
    excuse: str = "",
) -> Letter:
    """Write a letter; it is checked and waits for approval when this returns.

    Args:
        opens_at: not before; aware. closes_at: dropped after; by default, as the day's hours end.
        command_key: the front's key; the same key twice is one letter.
        leaflet_id: the leaflet that it carries, by a link; the letter is a LEAFLET then.
        leaflet_reason: why it fits where no recorded interest matches (R-026).
        origin: from what the words were written, for the record (G-04).
        excuse: why words stand that block, where the town allows it; staff words (§8.8).

    Raises:
        NotYours. MinorsNotWrittenTo: G-24. CaseResting: R-022. KindNotWritten: R-023.
        NothingToAnswer: G-03. EndUnannounced: G-21. NoApprover, OnlyApprovedWords: G-06.
        NothingWritten, WordingBlocked: S1. WindowUnfit: G-05; fact `next`, ISO 8601.
        LeafletUnfit, LeafletGiven, LeafletElsewhere: R-026. LeafletNotReleased, LeafletNotYet,
        LeafletOver, NoNeedUnsaid, DeadlinePressed: G-20. LeafletOnSharedPhone: G-12. ModeForbids.
    """
    kind = kind if leaflet_id is None else LetterKind.LEAFLET
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
        if (
            kind is LetterKind.REPLY
        ):  # It keeps no distance, so there has to be something to answer.
            await something_to_answer(work, case_id, at=at)
        hours = rules.hours_of(person, closed_days=closed_days)
        window = fitting_window(opens_at, closes_at, at=at, tz=tz, hours=hours)
        on, chosen = local_day(window[0], tz=tz), (leaflet_id, leaflet_reason)
        carried = await _leaflet(work, chosen, case, person, kind, body, on=on)
        words = (body.strip(), alt_text.strip() or (_neutral(author) if leaflet_id else ""))
        letter = _letter(work, case, kind, words, window, origin, by=by, at=at, key=command_key)
        letter = await _handed_in(work, letter, excuse, at=at, rules=rules, proof=proof)
        return await _enter(work, letter, seats, carried, role=role.value, at=at)


def _letter(
    work: Work,
    case: Case,
    kind: LetterKind,
    words: tuple[str, str],
    window: tuple[datetime, datetime],
    origin: Origin,
    *,
    by: StaffId,
    at: datetime,
    key: str | None,
) -> Letter:
    """The letter; `words` are body and alt text."""
    return Letter(
        id=LetterId(work.new_id()),
        municipality_id=work.municipality_id,
        case_id=case.id,
        person_id=case.person_id,
        kind=kind,
        body=words[0],
        alt_text=words[1],
        author_id=by,
        opens_at=window[0],
        closes_at=window[1],
        state=LetterState.PENDING_APPROVAL,
        created_at=at,
        command_key=key,
        **origin._asdict(),
    )


async def _handed_in(
    work: Work,
    letter: Letter,
    excuse: str,
    *,
    at: datetime,
    rules: LetterRules,
    proof: Proofreader,
) -> Letter:
    letter = replace(letter, asks_again=asks_on_its_day(letter, at=at, rules=rules))
    await require_end_told(work, letter, at=at)
    return await read_to_hand_in(work, letter, excuse, at=at, proof=proof)


def _require_writable(
    case: Case, person: Person, *, kind: LetterKind, body: str, rules: LetterRules
) -> None:
    if case.state not in WRITABLE:
        raise CaseResting(state=case.state.value)
    require_written_kind(kind)
    require_words(body)
    require_of_age(person, rules=rules)
    require_fit_for_phone(person, carries_leaflet=kind is LetterKind.LEAFLET)


async def _leaflet(
    work: Work,
    chosen: tuple[LeafletId | None, str],
    case: Case,
    person: Person,
    kind: LetterKind,
    body: str,
    *,
    on: date,
) -> ForLetter | None:
    """What the letter carries; a letter about a leaflet of elsewhere names an interest."""
    leaflet_id, reason = chosen
    if leaflet_id is not None:
        return await leaflet_for(
            work, leaflet_id, case=case, person=person, body=body, reason=reason, on=on
        )
    if kind is LetterKind.LEAFLET:
        require_named_interest(person, body=body)
    return None


def _neutral(author: Staff) -> str:
    """What a lock screen shows of a letter with a leaflet (DOMAIN §8.6, G-11)."""
    return f"{author.name}からのおたより"


async def _enter(
    work: Work,
    letter: Letter,
    seats: Iterable[Seat],
    carried: ForLetter | None,
    *,
    role: str,
    at: datetime,
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
    if carried is not None:
        await carry(work, letter, carried)
    stages = (LetterState.DRAFT, LetterState.LINTED, LetterState.PENDING_APPROVAL)
    fits = _fits(letter, carried)
    from_ = (f"template={letter.template}",) if letter.template else ()
    noted = {LetterState.DRAFT: (*fits, *from_), LetterState.LINTED: evidence(letter.excused)}
    await work.audit.append(
        *(
            AuditEvent(
                action=f"letter.{now.value.lower()}",
                at=at,
                actor=letter.author_id,
                role=role,
                subject=letter.id,
                case_id=letter.case_id,
                was=was.value if was else "",
                now=now.value,
                evidence=noted.get(now, ()),
            )
            for was, now in zip((None, *stages), stages, strict=False)
        )
    )
    await ask_for_approval(work, letter, at=at)
    await work.commit()
    return letter


def _fits(letter: Letter, carried: ForLetter | None) -> tuple[str, ...]:
    """That a leaflet fits is on the record; which interest, or what reason, stays elsewhere."""
    if carried is None:
        return ("fit=interest",) if letter.kind is LetterKind.LEAFLET else ()
    leaflet, fit, _ = carried
    return (f"leaflet={leaflet.id}", "fit=interest" if fit.tags else "fit=reason")
