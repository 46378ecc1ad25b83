"""Calls for people that nobody has taken: passed on until somebody does (DOMAIN §8.3)."""

from datetime import date, tzinfo

from core.crisis.pager import Pager
from core.municipal_profiles.profile import ReadingHours
from core.ports import Clock, UnitOfWork
from core.usecases.crisis.pass_on_alerts import pass_on_alerts


class Calling:
    """One loop over the calls that ring; any number may look on one database."""

    def __init__(
        self,
        uow: UnitOfWork,
        *,
        pager: Pager,
        clock: Clock,
        tz: tzinfo,
        hours: ReadingHours,
        closed_days: frozenset[date],
    ) -> None:
        self._uow = uow
        self._pager = pager
        self._clock = clock
        self._tz = tz
        self._hours = hours
        self._closed_days = closed_days

    async def run(self) -> int:
        """How many calls went a step further."""
        return await pass_on_alerts(
            self._uow,
            wait=self._pager.wait,
            at=self._clock.now(),
            tz=self._tz,
            hours=self._hours,
            closed_days=self._closed_days,
        )
