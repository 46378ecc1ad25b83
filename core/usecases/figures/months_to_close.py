"""Which months are to be closed now: over and not told yet, or changed by late entries."""

from datetime import date, datetime, tzinfo
from typing import Final

from core.days import local_day
from core.figure_steps import month_of
from core.figures.month import first_of, last_finished, months_before, months_between
from core.ports import UnitOfWork

# Entries later than that are found by `yorisoi report monthly`, which says what has changed [D].
LOOKED_BACK: Final = 12


async def months_to_close(uow: UnitOfWork, *, now: datetime, tz: tzinfo) -> tuple[date, ...]:
    """First days of these months, oldest first; nothing is changed.

    Looked at are the last month that is over, and from the first month that was ever told on
    those of a year back, so that a month in which no machine ran is not left out. A town has
    nothing to tell of the time before its first case.
    """
    last = last_finished(local_day(now, tz=tz))
    async with uow.read() as work:
        cases = () if await work.towns.find() is None else await work.cases.all()
        if not cases:
            return ()
        told = await work.figures.closed_months()
        first = min(first_of(case.opened_on) for case in cases)
        begins = max(first, min((*told, last)), months_before(last, LOOKED_BACK))
        found = []
        for month in months_between(begins, last):
            known = await work.figures.revisions(month)
            if not known or known[0].figures != await month_of(work, month, tz=tz):
                found.append(month)
        return tuple(found)
