"""Make a running series slower (間をあける)."""

from dataclasses import replace
from datetime import datetime

from core.access import Action, require
from core.cadence.planning import Part, Untaken
from core.ids import SeriesId, StaffId
from core.ports import UnitOfWork
from core.series import OnlySlower, Series, require_running
from core.series_steps import leave_out, letters_of, save


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
        to_come = [
            one.step.key
            for one in await letters_of(work, series)
            if one.open and one.step.part is Part.ONE_OF_MANY
        ]
        # Counted from the end: the first to stay is as far from the last ones as those between.
        share = -(-take_every // series.take_every)
        keys = [key for place, key in enumerate(reversed(to_come), start=1) if place % share]
        slower = await leave_out(work, series, keys, Untaken.LESS_OFTEN, at=at, by=by, role=role)
        kept = await save(
            work,
            replace(slower, take_every=take_every),
            was=series,
            at=at,
            action="series.slowed",
            by=by,
            role=role,
            evidence=(f"every={take_every}",),
        )
        await work.commit()
        return kept
