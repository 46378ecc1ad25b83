"""Whom to get in touch with: looked at once in a local day."""

from datetime import date, tzinfo

from core.days import local_day
from core.ports import Clock, UnitOfWork
from core.usecases.courses.note_touch_owed import note_touch_owed


class Touching:
    """Desks of those who lead a case are drawn anew on the day on which something is due.

    What is due is read from the record each time a desk is drawn, so that a second look does no
    harm; a process that begins looks at once.
    """

    def __init__(self, uow: UnitOfWork, *, clock: Clock, tz: tzinfo) -> None:
        self._uow = uow
        self._clock = clock
        self._tz = tz
        self._looked_on: date | None = None

    async def run(self) -> int:
        """How many colleagues were told."""
        at = self._clock.now()
        today = local_day(at, tz=self._tz)
        if today == self._looked_on:
            return 0
        told = await note_touch_owed(self._uow, at=at, today=today)
        self._looked_on = today
        return told
