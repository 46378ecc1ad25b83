"""Consents that end by themselves: looked at once in a local day."""

from datetime import date, tzinfo

from core.days import local_day
from core.ports import Clock, UnitOfWork
from core.usecases.consents.expire_consents import expire_consents


class Releasing:
    """One loop over all that may have come to its end.

    What ends does so on a local day, so that one look a day is enough; a process that begins
    looks at once, and a round that failed is taken up again.
    """

    def __init__(self, uow: UnitOfWork, *, clock: Clock, tz: tzinfo) -> None:
        self._uow = uow
        self._clock = clock
        self._tz = tz
        self._looked_on: date | None = None

    async def run(self) -> int:
        """End what is due today; how many consents that were."""
        at = self._clock.now()
        today = local_day(at, tz=self._tz)
        if today == self._looked_on:
            return 0
        ended = await expire_consents(self._uow, at=at, tz=self._tz)
        lines = ended.lines
        while ended.after is not None:
            ended = await expire_consents(self._uow, at=at, tz=self._tz, after=ended.after)
            lines += ended.lines
        self._looked_on = today
        return lines
