"""When something has to be looked at next; practice mode walks its clock from row to row."""

from datetime import date, datetime, tzinfo

from core.municipal_profiles.duties import USUAL_HOURS
from core.municipal_profiles.profile import ReadingHours
from core.ports import UnitOfWork
from core.send_day import asked_from


async def next_due(
    uow: UnitOfWork,
    *,
    after: datetime,
    tz: tzinfo,
    hours: ReadingHours = USUAL_HOURS,
    closed_days: frozenset[date] = frozenset(),
) -> datetime | None:
    """The earliest moment after `after` at which any row becomes due; None when none will.

    A letter of a later day is due for the question whether it still fits when the town begins
    to read, which no row knows by itself.
    """
    async with uow.read() as work:
        due = await work.pulse.next_due(after=after)
        opens = await work.letters.opens_unasked(after=after)
    if opens is not None:
        asked = asked_from(opens, tz=tz, hours=hours, closed_days=closed_days)
        if asked > after and (due is None or asked < due):
            return asked
    return due
