"""Show whoever leads a case that it is time to get in touch (R-029, R-065)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from core.cases import Case
from core.ports import UnitOfWork
from core.steps import refresh_desks
from core.touch_owed import touch_owed

AT_A_TIME: Final = 500


async def note_touch_owed(uow: UnitOfWork, *, at: datetime, today: date) -> int:
    """Draw the desks anew of those who lead a case on which something is due today.

    Returns:
        How many colleagues that were.
    """
    async with uow.read() as work:
        led = [case for case in await work.cases.all() if case.lead_staff_id is not None]
        owed = [
            reminder
            for some in _some(led)
            for reminder in await touch_owed(work, some, today=today)
        ]
    leads = {one.case.lead_staff_id for one in owed} - {None}
    if not leads:
        return 0
    async with uow.write() as work:
        await refresh_desks(work, sorted(one for one in leads if one is not None), at=at)
        await work.commit()
    return len(leads)


def _some(cases: Sequence[Case]) -> Iterator[Sequence[Case]]:
    for first in range(0, len(cases), AT_A_TIME):
        yield cases[first : first + AT_A_TIME]
