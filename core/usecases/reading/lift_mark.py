"""Take a mark of special care off."""

from datetime import datetime, tzinfo

from core.days import local_day
from core.ids import CaseId, PersonId, StaffId
from core.ports import UnitOfWork
from core.reading_steps import mark_of, open_whole
from core.shielding import Care, CareMark
from core.shielding import lift_mark as lifted
from core.steps import note_fact, refresh_desks, watchers


async def lift_mark(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    person_id: PersonId,
    care: Care,
    reason: str,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> CareMark:
    """The mark that was taken off, by somebody named on it.

    Raises:
        NotFound: no such case. MarkNotThere: none that this colleague knows of.
        NotActive, NotYours, Shielded: the case is not open, as a whole, to this colleague.
        MarkUnexplained: no reason was given.
    """
    async with uow.write() as work:
        case = await work.cases.get(case_id)
        opened = await open_whole(work, case, by=by, at=at, today=local_day(at, tz=tz))
        mark = mark_of(opened, person_id=person_id, care=care)
        event = lifted(mark, case_id=case_id, reason=reason, by=by, role=opened.role, at=at)
        await work.care_marks.remove(mark)
        await work.audit.append(event)
        await note_fact(work, case_id, at=at)
        await work.cards.redraw((case_id,), at=at)
        await refresh_desks(work, watchers(case, await work.staff.all_seats(case_id)), at=at)
        await work.commit()
        return mark
