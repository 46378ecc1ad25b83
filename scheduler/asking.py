"""Letters that somebody has to look at once more before they go."""

from datetime import date, tzinfo

from core.municipal_profiles.profile import ReadingHours
from core.ports import Clock, UnitOfWork
from core.usecases.letters.ask_again import ask_again
from core.usecases.letters.watch_approvals import watch_approvals


class Asking:
    """Those of the day, and those whose approval ends; any number may ask on one database."""

    def __init__(
        self,
        uow: UnitOfWork,
        *,
        clock: Clock,
        tz: tzinfo,
        hours: ReadingHours,
        closed_days: frozenset[date],
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._tz = tz
        self._hours = hours
        self._closed_days = closed_days

    async def still_fits(self) -> int:
        """How many letters of the day were asked about."""
        return await ask_again(
            self._uow,
            at=self._clock.now(),
            tz=self._tz,
            hours=self._hours,
            closed_days=self._closed_days,
        )

    async def approvals_end(self) -> int:
        """With how many letters something was done, since their approval ends."""
        return await watch_approvals(self._uow, at=self._clock.now())
