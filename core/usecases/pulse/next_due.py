"""When something has to be looked at next; practice mode walks its clock from row to row."""

from datetime import date, datetime, tzinfo

from core.municipal_profiles.duties import USUAL_HOURS
from core.municipal_profiles.profile import ReadingHours
from core.ports import UnitOfWork, Work
from core.send_day import TOLD_AHEAD, asked_from


async def next_due(
    uow: UnitOfWork,
    *,
    after: datetime,
    tz: tzinfo,
    hours: ReadingHours = USUAL_HOURS,
    closed_days: frozenset[date] = frozenset(),
) -> datetime | None:
    """The earliest moment after `after` at which any row becomes due; None when none will.

    Two moments stand in no row: a letter of a later day is asked about when the town begins to
    read, and an approval ends some days after it was given.
    """
    async with uow.read() as work:
        found = [await work.pulse.next_due(after=after), *await _approvals_end(work)]
        opens = await work.letters.opens_unasked(after=after)
    if opens is not None:
        found.append(asked_from(opens, tz=tz, hours=hours, closed_days=closed_days))
    return min((moment for moment in found if moment is not None and moment > after), default=None)


async def _approvals_end(work: Work) -> list[datetime]:
    """When the next approval is told to end, and when the next one does."""
    lasts = (await work.towns.get()).letters.approval_lasts
    untold = await work.letters.oldest_approval(lasts=lasts, told=False)
    told = await work.letters.oldest_approval(lasts=lasts, told=True)
    ends = ((untold, lasts - TOLD_AHEAD), (told, lasts))
    return [given + after for given, after in ends if given is not None]
