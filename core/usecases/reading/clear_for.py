"""Put other names on a mark of special care."""

from datetime import datetime, tzinfo

from core.days import local_day
from core.ids import CaseId, PersonId, StaffId
from core.ports import UnitOfWork
from core.reading_steps import mark_of, open_whole
from core.shielding import Care, CareMark
from core.shielding import clear_for as named
from core.steps import refresh_desks, watchers


async def clear_for(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    person_id: PersonId,
    care: Care,
    cleared: frozenset[StaffId],
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> CareMark:
    """The mark with these names, and no others, on it.

    Raises:
        NotFound: no such case. MarkNotThere: none that this colleague knows of.
        NotActive, NotYours, Shielded: the case is not open, as a whole, to this colleague.
        NobodyCleared: no name would be left.
    """
    async with uow.write() as work:
        case = await work.cases.get(case_id)
        opened = await open_whole(work, case, by=by, at=at, today=local_day(at, tz=tz))
        mark = mark_of(opened, person_id=person_id, care=care)
        changed, event = named(mark, cleared, case_id=case_id, by=by, role=opened.role, at=at)
        await work.care_marks.put(changed)
        await work.audit.append(event)
        await work.cards.redraw((case_id,), at=at)
        await refresh_desks(work, watchers(case, await work.staff.all_seats(case_id)), at=at)
        await work.commit()
        return changed
