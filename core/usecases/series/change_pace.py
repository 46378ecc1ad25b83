"""Make a running series slower (間をあける)."""

from datetime import datetime

from core.access import Action, require
from core.ids import SeriesId, StaffId
from core.ports import UnitOfWork
from core.series import OnlySlower, Series, require_running
from core.series_steps import save, slow_down


async def change_pace(
    uow: UnitOfWork, *, series_id: SeriesId, take_every: int, by: StaffId, at: datetime
) -> Series:
    """Of what is still to come one letter in so many stays, the last two always.

    Raises:
        NotYours. SeriesOver. OnlySlower: G-03.
    """
    async with uow.write() as work:
        series = await work.series.get(series_id)
        staff = await work.staff.get(by)
        seats = await work.staff.seats(series.case_id)
        role = require(staff, Action.STOP_LETTER, case_id=series.case_id, seats=seats).role.value
        require_running(series)
        if take_every <= series.take_every:
            raise OnlySlower()
        slower = await slow_down(work, series, take_every=take_every, at=at, by=by, role=role)
        kept = await save(
            work,
            slower,
            was=series,
            at=at,
            action="series.slowed",
            by=by,
            role=role,
            evidence=(f"every={take_every}",),
        )
        await work.commit()
        return kept
