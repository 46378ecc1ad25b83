"""Give steps of a running series their words, or other words; both wait for approval anew."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from core.access import Action, NotYours, require
from core.ids import SeriesId, StaffId
from core.letters import LetterState
from core.lint import Proofreader
from core.ports import UnitOfWork
from core.series import (
    Series,
    StepGone,
    StepWords,
    Told,
    require_all_different,
    require_running,
)
from core.series_letters import put_letters, reword
from core.series_steps import ground_of, letters_of, require_writable, save
from core.steps import Overtaken


async def write_steps(
    uow: UnitOfWork,
    *,
    series_id: SeriesId,
    version: int,
    words: Mapping[str, StepWords],
    by: StaffId,
    at: datetime,
    proof: Proofreader,
    closed_days: frozenset[date] = frozenset(),
) -> Series:
    """The series with these words; no earlier approval covers a letter whose words changed.

    Args:
        words: by step; a step whose words stay the same is sent for approval again only when it
            is with its author as a draft.

    Raises:
        NotYours: only the author writes. SeriesOver: G-21. StepGone: S6. Overtaken.
        CaseResting. SameWordsInSeries. NothingWritten, SeriesWordsBlocked: S1.
    """
    async with uow.write() as work:
        series = await work.series.get(series_id)
        staff = await work.staff.get(by)
        seats = await work.staff.seats(series.case_id)
        role = require(staff, Action.WRITE_LETTER, case_id=series.case_id, seats=seats).role.value
        if series.author_id != by:
            raise NotYours(action=Action.WRITE_LETTER.value)
        require_running(series)
        if series.version != version:
            raise Overtaken(what="series")
        case = await work.cases.get(series.case_id)
        ground = await ground_of(work, case, closed_days=closed_days)
        require_writable(ground)
        standing = {one.step.key: one for one in await letters_of(work, series)}
        changed = {key: one for key, one in words.items() if _differs(standing.get(key), one)}
        gone = [key for key in changed if key not in standing or not standing[key].open]
        if gone:
            raise StepGone(step=gone[0])
        now = {key: one.step.words for key, one in standing.items() if one.step.words and one.open}
        require_all_different({key: one for key, one in (now | changed).items() if one})
        for key, one in changed.items():
            await reword(work, standing[key], one, by=by, role=role, at=at, proof=proof)
        worded = series.with_steps(
            replace(standing[key].step, words=one) for key, one in changed.items()
        )
        written = await put_letters(work, worded, ground, by=by, role=role, at=at, proof=proof)
        kept = await save(
            work, written, was=series, at=at, action="series.worded", by=by, role=role
        )
        await work.commit()
        return kept


def _differs(standing: Told | None, words: StepWords) -> bool:
    if standing is None:
        return True
    if standing.letter is not None and standing.letter.state is LetterState.DRAFT:
        return True
    was = standing.step.words
    return was is None or (was.body, was.alt_text) != (words.body, words.alt_text)
