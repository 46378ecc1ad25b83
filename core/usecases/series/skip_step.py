"""Leave one letter of a series out (この回はおくらない)."""

from datetime import datetime

from core.access import Action, require
from core.cadence.planning import Part, Untaken
from core.ids import SeriesId, StaffId
from core.ports import UnitOfWork
from core.series import EndUntold, Series, StepGone, require_running
from core.series_steps import leave_out, letters_of, save


async def skip_step(
    uow: UnitOfWork, *, series_id: SeriesId, key: str, by: StaffId, at: datetime
) -> Series:
    """The series without that letter; nothing comes in its place.

    Raises:
        NotYours. SeriesOver. EndUntold: the letters that tell of the end, G-21. StepGone: S6.
    """
    async with uow.write() as work:
        series = await work.series.get(series_id)
        staff = await work.staff.get(by)
        seats = await work.staff.seats(series.case_id)
        role = require(staff, Action.STOP_LETTER, case_id=series.case_id, seats=seats).role.value
        require_running(series)
        if series.step(key).part is not Part.ONE_OF_MANY:
            raise EndUntold(allowed="stop_series")
        if not any(one.open for one in await letters_of(work, series) if one.step.key == key):
            raise StepGone(step=key)
        without = await leave_out(work, series, [key], Untaken.BY_STAFF, at=at, by=by, role=role)
        if without == series:
            raise StepGone(step=key)
        kept = await save(
            work,
            without,
            was=series,
            at=at,
            action="series.step_left_out",
            by=by,
            role=role,
            evidence=(f"step={key}",),
        )
        await work.commit()
        return kept
