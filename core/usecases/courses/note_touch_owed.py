"""Show whoever leads a case, or works on one that nobody leads, that it is time to get in touch
(R-029, R-065)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from core.cases import Case
from core.ids import StaffId
from core.ports import UnitOfWork, Work
from core.steps import refresh_desks, watchers
from core.touch_owed import touch_owed

AT_A_TIME: Final = 500


async def note_touch_owed(uow: UnitOfWork, *, at: datetime, today: date) -> int:
    """Draw the desks anew of those on whose case something is due today.

    Returns:
        How many colleagues that were.
    """
    async with uow.read() as work:
        owed = [
            reminder.case
            for some in _some(await work.cases.all())
            for reminder in await touch_owed(work, some, today=today)
        ]
        told = {one for case in owed for one in await _who(work, case)}
    if not told:
        return 0
    async with uow.write() as work:
        await refresh_desks(work, sorted(told), at=at)
        await work.commit()
    return len(told)


async def _who(work: Work, case: Case) -> tuple[StaffId, ...]:
    if case.lead_staff_id is not None:
        return (case.lead_staff_id,)
    return watchers(case, await work.staff.seats(case.id))


def _some(cases: Sequence[Case]) -> Iterator[Sequence[Case]]:
    for first in range(0, len(cases), AT_A_TIME):
        yield cases[first : first + AT_A_TIME]
