"""Stop a series before its end (ここまでにする)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from core.access import Action, require
from core.cadence.planning import Untaken
from core.closing import Farewell, silent
from core.endings import END_LASTS, end_told_by
from core.ids import SeriesId, StaffId
from core.ports import UnitOfWork, Work
from core.series import EndUntold, Series, SeriesState, Told, require_running
from core.series_steps import leave_out, letters_of, save


async def stop_series(
    uow: UnitOfWork,
    *,
    series_id: SeriesId,
    by: StaffId,
    at: datetime,
    farewell: Farewell | None = None,
    reason: str = "",
) -> Series:
    """Nothing of it goes any more; letters that are on their way to LINE still arrive.

    Args:
        farewell: how the person hears of the end, once letters were sent: told in person, or
            announced in letters of their own, of which one is written by now. `shorten_series`
            tells it within the series.
        reason: in staff's own words, short; sealed where it is stored.

    Raises:
        NotYours. SeriesOver. EndUntold: letters were sent, and nobody tells of the end (G-21).
    """
    async with uow.write() as work:
        series = await work.series.get(series_id)
        staff = await work.staff.get(by)
        seats = await work.staff.seats(series.case_id)
        role = require(staff, Action.STOP_LETTER, case_id=series.case_id, seats=seats).role.value
        require_running(series)
        standing = await letters_of(work, series)
        told = await _told(work, series, standing, at=at)
        unsaid = silent(farewell, letters_were_sent=True, end_made=told)
        if unsaid and any(one.sent for one in standing):
            raise EndUntold(
                allowed=f"shorten_series, {Farewell.TOLD_IN_PERSON}, {Farewell.ANNOUNCED_THEN_LAST}"
            )
        without = await leave_out(
            work,
            series,
            [one.step.key for one in standing],
            Untaken.SERIES_STOPPED,
            at=at,
            by=by,
            role=role,
        )
        stopped = replace(
            without,
            state=SeriesState.STOPPED,
            asks_since=None,
            ended_because=reason.strip() or "BY_STAFF",
        )
        kept = await save(
            work,
            stopped,
            was=series,
            at=at,
            action="series.stopped",
            by=by,
            role=role,
            reason="" if farewell is None else farewell.value,
        )
        await work.commit()
        return kept


async def _told(work: Work, series: Series, standing: Iterable[Told], *, at: datetime) -> bool:
    """Whether a letter apart from the series tells of the end, or told of it."""
    own = [one.letter for one in standing if one.letter is not None]
    written = await work.letters.written_to(series.person_id, since=at - END_LASTS)
    return end_told_by(written, but=own)
