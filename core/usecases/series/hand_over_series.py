"""Somebody else writes the rest of a series (G-27)."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from core.access import Action, require
from core.ids import SeriesId, StaffId
from core.letters import LetterState
from core.ports import UnitOfWork
from core.series import Series, SeriesAsks, require_running
from core.series_letters import give_back
from core.series_steps import letters_of, save
from core.steps import require_approver

NOTE: Final = "引き継いだおたよりです。読み直してから、承認を頼んでください。"


async def hand_over_series(
    uow: UnitOfWork, *, series_id: SeriesId, to: StaffId, by: StaffId, at: datetime
) -> Series:
    """What is still to come lies with the new author as drafts; each is read and asked for anew.

    Raises:
        NotYours: `by` does not work on the case, or `to` may not write there. SeriesOver.
        SeriesAsks: `to` is the author already. NoApprover: nobody else could approve it.
    """
    async with uow.write() as work:
        series = await work.series.get(series_id)
        staff, new = await work.staff.get(by), await work.staff.get(to)
        seats = await work.staff.seats(series.case_id)
        role = require(staff, Action.STOP_LETTER, case_id=series.case_id, seats=seats).role.value
        require(new, Action.WRITE_LETTER, case_id=series.case_id, seats=seats)
        require_running(series)
        if to == series.author_id:
            raise SeriesAsks(allowed="stop_series, hand_over_series")
        handed = False
        for one in await letters_of(work, series):
            if one.letter is None or not one.open:
                continue
            if not handed:
                await require_approver(work, replace(one.letter, author_id=to), seats)
                handed = True
            if one.letter.state is LetterState.DRAFT:
                again = replace(one.letter, author_id=to, note=NOTE, version=one.letter.version + 1)
                await work.letters.change(again, version=one.letter.version)
            else:
                await give_back(work, one.letter, author_id=to, note=NOTE, at=at, by=by, role=role)
        kept = await save(
            work,
            replace(series, author_id=to, asks_since=None, answered_at=at),
            was=series,
            at=at,
            action="series.handed_over",
            by=by,
            role=role,
            evidence=(f"to={to}",),
        )
        await work.commit()
        return kept
