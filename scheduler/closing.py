"""Months that are over: closed once in a local day, and again where late entries changed them."""

from datetime import date, tzinfo

from core.days import local_day
from core.figures.revisions import MonthAlreadyClosed
from core.ports import Clock, UnitOfWork
from core.usecases.figures.close_month import close_month
from core.usecases.figures.months_to_close import months_to_close


class Closing:
    """The figures of a month are there on the first day after it.

    A process that begins looks at once, and a round that failed is taken up again. Of two
    machines that close a month at the same time, one keeps the edition.
    """

    def __init__(self, uow: UnitOfWork, *, clock: Clock, tz: tzinfo) -> None:
        self._uow = uow
        self._clock = clock
        self._tz = tz
        self._looked_on: date | None = None

    async def run(self) -> int:
        """How many editions were kept."""
        now = self._clock.now()
        today = local_day(now, tz=self._tz)
        if today == self._looked_on:
            return 0
        kept = 0
        for month in await months_to_close(self._uow, now=now, tz=self._tz):
            try:
                await close_month(self._uow, now=now, tz=self._tz, month=month)
            except MonthAlreadyClosed:
                continue
            kept += 1
        self._looked_on = today
        return kept
