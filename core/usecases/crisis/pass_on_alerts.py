"""Pass on every call that nobody has taken in time (DOMAIN §8.3)."""

from datetime import date, datetime, timedelta, tzinfo

from core.crisis_steps import pass_on
from core.municipal_profiles.duties import being_read
from core.municipal_profiles.profile import ReadingHours
from core.ports import UnitOfWork


async def pass_on_alerts(
    uow: UnitOfWork,
    *,
    wait: timedelta,
    at: datetime,
    tz: tzinfo,
    hours: ReadingHours,
    closed_days: frozenset[date] = frozenset(),
    limit: int = 50,
) -> int:
    """Call the next of those on shift, then officers; when all were called, everybody anew.

    What is due stands in the rows: a look that comes late, twice or after a crash gives the same.

    Returns:
        How many calls went a step further.
    """
    async with uow.read() as work:
        if not await work.alerts.due(at=at, limit=1):
            return 0
    staffed = being_read(hours, at, tz=tz, closed_days=closed_days)
    async with uow.write() as work:
        due = await work.alerts.due(at=at, limit=limit)
        moved = [await pass_on(work, one, wait=wait, at=at, staffed=staffed) for one in due]
        await work.commit()
        return sum(one is not None for one in moved)
