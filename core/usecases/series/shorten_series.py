"""End a series soon: the next letter tells of the end, the one after it is the last (G-21)."""

from dataclasses import replace
from datetime import datetime

from core.access import Action, require
from core.cadence.planning import Part, Untaken
from core.ids import SeriesId, StaffId
from core.letters import LetterState
from core.ports import UnitOfWork
from core.series import EndUntold, Series, require_running
from core.series_letters import give_back, name_kinds
from core.series_steps import leave_out, letters_of, save


async def shorten_series(
    uow: UnitOfWork,
    *,
    series_id: SeriesId,
    by: StaffId,
    at: datetime,
) -> Series:
    """Of what is still to come two letters stay; their author words them as the end.

    Raises:
        NotYours. SeriesOver. EndUntold: fewer than two letters are left to tell it with.
    """
    async with uow.write() as work:
        series = await work.series.get(series_id)
        staff = await work.staff.get(by)
        seats = await work.staff.seats(series.case_id)
        role = require(staff, Action.STOP_LETTER, case_id=series.case_id, seats=seats).role.value
        require_running(series)
        to_come = [one for one in await letters_of(work, series) if one.open]
        if len(to_come) < 2:
            raise EndUntold(allowed="stop_series")
        ends, rest = to_come[:2], to_come[2:]
        keys = [one.step.key for one in rest]
        shorter = await leave_out(
            work, series, keys, Untaken.SERIES_STOPPED, at=at, by=by, role=role
        )
        parts = (Part.PRE_LAST, Part.LAST)
        changed = []
        for one, part in zip(ends, parts, strict=True):
            if one.step.part is part:
                continue
            # Words that were written for an ordinary day do not say that it is the end.
            if one.letter is not None and one.letter.state is not LetterState.DRAFT:
                await give_back(
                    work, one.letter, author_id=series.author_id, note="", at=at, by=by, role=role
                )
            changed.append(replace(one.step, part=part))
        ending = shorter.with_steps(changed)
        await name_kinds(work, ending, at=at)
        kept = await save(
            work,
            ending,
            was=series,
            at=at,
            action="series.shortened",
            by=by,
            role=role,
        )
        await work.commit()
        return kept
