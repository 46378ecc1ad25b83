"""Contracts that end: looked at once in a local day."""

from datetime import date, tzinfo

from core.days import local_day
from core.ports import Clock, UnitOfWork
from core.usecases.staff.end_contracts import end_contracts


class Ending:
    """Whoever works under a contract is let in up to its last local day.

    A process that begins looks at once, and a round that failed is taken up again. Two machines
    that look at the same time let each colleague go once.
    """

    def __init__(self, uow: UnitOfWork, *, clock: Clock, tz: tzinfo) -> None:
        self._uow = uow
        self._clock = clock
        self._tz = tz
        self._looked_on: date | None = None

    async def run(self) -> int:
        """How many colleagues are not in service any more."""
        at = self._clock.now()
        today = local_day(at, tz=self._tz)
        if today == self._looked_on:
            return 0
        gone = await end_contracts(self._uow, at=at, today=today)
        self._looked_on = today
        return gone
