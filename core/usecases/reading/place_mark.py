"""Put a mark of special care on somebody of a case's household."""

from datetime import datetime, tzinfo

from core.days import local_day
from core.errors import NotFound
from core.ids import CaseId, PersonId, StaffId
from core.ports import UnitOfWork
from core.reading_steps import open_whole
from core.shielding import Care, CareMark
from core.shielding import place_mark as placed
from core.steps import note_fact, refresh_desks, watchers


async def place_mark(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    person_id: PersonId,
    care: Care,
    cleared: frozenset[StaffId],
    closes_case: bool,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> CareMark:
    """A mark that only those named see; whoever places it is always among them [D].

    It is news about the person, so approved letters are read again. With a mark of the same care
    that is there already it becomes one: whether there was one, the colleague does not learn.

    Raises:
        NotFound: no such case, or nobody of that id in the household.
        NotActive, NotYours, Shielded: the case is not open, as a whole, to this colleague.
    """
    async with uow.write() as work:
        case = await work.cases.get(case_id)
        opened = await open_whole(work, case, by=by, at=at, today=local_day(at, tz=tz))
        if person_id not in {person.id for person in opened.members}:
            raise NotFound(what="person", id=person_id)
        there = [mark for mark in await work.care_marks.of_people([person_id]) if mark.care is care]
        mark = CareMark(
            person_id=person_id,
            care=care,
            cleared=cleared.union({by}, *(one.cleared for one in there)),
            closes_case=closes_case or any(one.closes_case for one in there),
        )
        mark, event = placed(mark, case_id=case_id, by=by, role=opened.role, at=at)
        everybody = watchers(case, await work.staff.all_seats(case_id))
        await work.care_marks.put(mark)
        await work.audit.append(event)
        await note_fact(work, case_id, at=at)
        await work.cards.redraw((case_id,), at=at)
        await refresh_desks(work, everybody, at=at)
        await work.commit()
        return mark
