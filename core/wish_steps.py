"""Wishes about letters, taken down inside somebody's open transaction."""

from datetime import date, datetime, tzinfo
from typing import Final

from core.audit import AuditEvent
from core.letters import Reason
from core.people import Person
from core.ports import Work
from core.refitting import Refitted, refit_letters
from core.steps import note_fact, refresh_desks, watchers
from core.wishes import Room, Wishes, changed, other_words, require_keepable

_OF_TIMES: Final = frozenset({"days_off", "any_day", "hours"})


async def take_down(
    work: Work,
    person: Person,
    wishes: Wishes,
    *,
    by: str,
    role: str,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date],
    trace: tuple[str, ...] = (),
) -> Refitted | None:
    """They count from now on, also for letters that are approved and planned.

    Letters that do not fit any more go later, or fall away with a reason; none goes sooner. Where
    the words may be wrong now (other topics, another style), what is approved is read again.

    Args:
        wishes: all of them: `dataclasses.replace(Wishes.of(person), ...)`.
        by, role: who takes them down, for the record.
        trace: what shows where it came from, as `name=value`.

    Returns: how many letters go later and how many fall away; None where nothing changed.

    Raises: WishUnfit: G-05.
    """
    rules = (await work.towns.get()).letters
    require_keepable(wishes, rules=rules)
    was = Wishes.of(person)
    which = changed(was, wishes)
    if not which:
        return None
    told = wishes.told_by(person, at=at)
    await work.people.put(told)
    cases = await work.cases.of_person(person.id)
    await work.audit.append(
        AuditEvent(
            action="person.wishes_changed",
            at=at,
            actor=by,
            role=role,
            subject=person.id,
            case_id=cases[0].id if cases else None,
            evidence=(*trace, *(f"wish={name}" for name in which)),
        )
    )
    await work.cards.redraw(tuple(case.id for case in cases), at=at)
    for case in cases:
        seats = await work.staff.seats(case.id)
        await refresh_desks(work, watchers(case, seats), at=at)
    if other_words(was, wishes) and cases:
        await note_fact(work, cases[0].id, at=at, reason=Reason.WISHED_WORDS)
    of_times = bool(_OF_TIMES.intersection(which))
    if not of_times and "often" not in which:
        return Refitted()
    room = Room.of(told, rules=rules, closed_days=closed_days, tz=tz)
    why = Reason.WISHED_TIMES if of_times else Reason.WISHED_LESS
    found = await refit_letters(work, person.id, room=room, reason=why, at=at)
    await work.series.look_again(person.id, at=at)
    return found
