"""Take down for a person what they wish of letters: how often, when, of what, in which words."""

from datetime import date, datetime, tzinfo

from core.access import Action, NotYours, may, require
from core.ids import PersonId, StaffId
from core.people import Person
from core.ports import UnitOfWork, Work
from core.refitting import Refitted
from core.wish_steps import take_down
from core.wishes import Wishes


async def change_wishes(
    uow: UnitOfWork,
    *,
    person_id: PersonId,
    wishes: Wishes,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date] = frozenset(),
    by: StaffId,
) -> Refitted:
    """The wishes count when this returns, also for letters that are approved and planned.

    Letters that do not fit any more go later, or fall away with a reason; none goes sooner. Where
    the words may be wrong now (other topics, another style), what is approved is read again.

    Args:
        wishes: all of them: `dataclasses.replace(Wishes.of(person), ...)`.
        by: who takes them down for the person. What the person says on their own page goes
            through `pages.change_wishes`.

    Returns:
        How many letters go later, and how many fall away; nothing where nothing changed.

    Raises:
        NotFound. NotYours: `by` does not write to this person. WishUnfit: G-05.
    """
    async with uow.write() as work:
        person = await work.people.get(person_id)
        role = await _role(work, person, by)
        found = await take_down(
            work, person, wishes, by=by, role=role, at=at, tz=tz, closed_days=closed_days
        )
        if found is None:
            return Refitted()
        await work.commit()
        return found


async def _role(work: Work, person: Person, by: StaffId) -> str:
    """In which role it is taken down; on one of the person's cases, by somebody who writes there.

    Raises:
        NotYours.
    """
    staff = await work.staff.get(by)
    for case in await work.cases.of_person(person.id):
        seats = await work.staff.seats(case.id)
        if may(staff, Action.WRITE_LETTER, case_id=case.id, seats=seats):
            return require(staff, Action.WRITE_LETTER, case_id=case.id, seats=seats).role.value
    raise NotYours(action=Action.WRITE_LETTER.value)
