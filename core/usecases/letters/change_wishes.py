"""Take down what a person wishes of letters: how often, when, of what, in which words."""

from datetime import date, datetime, tzinfo
from typing import Final

from core.access import Action, NotYours, may, require
from core.audit import PERSON, AuditEvent
from core.ids import PersonId, StaffId
from core.letters import Reason
from core.people import Person
from core.ports import UnitOfWork, Work
from core.refitting import Refitted, refit_letters
from core.steps import note_fact
from core.wishes import Room, Wishes, changed, other_words, require_keepable

_OF_TIMES: Final = frozenset({"days_off", "any_day", "hours"})


async def change_wishes(
    uow: UnitOfWork,
    *,
    person_id: PersonId,
    wishes: Wishes,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date] = frozenset(),
    by: StaffId | None = None,
) -> Refitted:
    """The wishes count when this returns, also for letters that are approved and planned.

    Letters that do not fit any more go later, or fall away with a reason; none goes sooner. Where
    the words may be wrong now (other topics, another style), what is approved is read again.

    Args:
        wishes: all of them: `dataclasses.replace(Wishes.of(person), ...)`.
        by: who takes them down for the person; None where the person says so on their own page.

    Returns:
        How many letters go later, and how many fall away; nothing where nothing changed.

    Raises:
        NotFound. NotYours: `by` does not write to this person. WishUnfit: G-05.
    """
    async with uow.write() as work:
        person = await work.people.get(person_id)
        role = await _role(work, person, by)
        rules = (await work.towns.get()).letters
        require_keepable(wishes, rules=rules)
        was = Wishes.of(person)
        which = changed(was, wishes)
        if not which:
            return Refitted()
        told = wishes.told_by(person, at=at)
        await work.people.put(told)
        await _record(work, person, which, by=by, role=role, at=at)
        cases = await work.cases.of_person(person.id)
        if other_words(was, wishes) and cases:
            await note_fact(work, cases[0].id, at=at, reason=Reason.WISHED_WORDS)
        found = Refitted()
        if _OF_TIMES.intersection(which) or "often" in which:
            room = Room.of(told, rules=rules, closed_days=closed_days, tz=tz)
            why = Reason.WISHED_TIMES if _OF_TIMES.intersection(which) else Reason.WISHED_LESS
            found = await refit_letters(work, person.id, room=room, reason=why, at=at)
        await work.commit()
        return found


async def _role(work: Work, person: Person, by: StaffId | None) -> str:
    """In which role it is taken down; on one of the person's cases, by somebody who writes there.

    Raises:
        NotYours.
    """
    if by is None:
        return PERSON
    staff = await work.staff.get(by)
    for case in await work.cases.of_person(person.id):
        seats = await work.staff.seats(case.id)
        if may(staff, Action.WRITE_LETTER, case_id=case.id, seats=seats):
            return require(staff, Action.WRITE_LETTER, case_id=case.id, seats=seats).role.value
    raise NotYours(action=Action.WRITE_LETTER.value)


async def _record(
    work: Work,
    person: Person,
    which: tuple[str, ...],
    *,
    by: StaffId | None,
    role: str,
    at: datetime,
) -> None:
    """That wishes changed and which; what they are stands with the person, sealed."""
    cases = await work.cases.of_person(person.id)
    await work.audit.append(
        AuditEvent(
            action="person.wishes_changed",
            at=at,
            actor=by or PERSON,
            role=role,
            subject=person.id,
            case_id=cases[0].id if cases else None,
            evidence=tuple(f"wish={name}" for name in which),
        )
    )
    await work.cards.redraw(tuple(case.id for case in cases), at=at)
