"""Look at the series that are due: anchors, missing words, ends, and who goes on writing.

A late look, two at once or none for a while give the same rows in the end: each reads how things
stand and changes a series under its version.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from core.audit import SYSTEM
from core.cadence.planning import Part, Untaken
from core.cases import CaseState
from core.days import day_months_later
from core.letters import LetterState, Reason
from core.people import LinkState
from core.ports import UnitOfWork, Work
from core.series import (
    REGULAR_WITHIN,
    Series,
    SeriesState,
    SeriesStep,
    digest,
    end_untold,
    meets_regularly,
    over,
    steps_of,
)
from core.series_letters import give_back, name_kinds, put_letters
from core.series_plan import Ground
from core.series_steps import anchor_day, ground_of, leave_out, letters_of, next_look, plan_of, save
from core.steps import Overtaken

_GONE: Final = {
    CaseState.INTERRUPTED: Reason.CASE_RESTS,
    CaseState.REFERRED_OUT: Reason.CASE_RESTS,
    CaseState.NO_ACTION: Reason.CASE_RESTS,
}
_LINK_GONE: Final = {
    LinkState.BLOCKED: Reason.BLOCKED,
    LinkState.UNLINKED_BY_PERSON: Reason.STOPPED_BY_PERSON,
    LinkState.UNLINKED: Reason.NOT_LINKED,
}
_END_NOTE: Final = (
    "ひと区切りを知らせるおたよりが出なかったので、このおたよりで先に知らせてください。"
)


async def unfold_series(
    uow: UnitOfWork,
    *,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date] = frozenset(),
    limit: int = 50,
) -> int:
    """How many series were looked at and had something to be done."""
    async with uow.read() as work:
        due = [series.id for series in await work.series.due(at=at, limit=limit)]
    done = 0
    for series_id in due:
        async with uow.write() as work:
            series = await work.series.get(series_id)
            if series.state is not SeriesState.RUNNING:
                continue
            try:
                done += await _look(work, series, at=at, tz=tz, closed_days=closed_days)
            except Overtaken:
                continue
            await work.commit()
    return done


async def _look(
    work: Work, series: Series, *, at: datetime, tz: tzinfo, closed_days: frozenset[date]
) -> bool:
    case = await work.cases.get(series.case_id)
    ground = await ground_of(work, case, closed_days=closed_days)
    gone = _gone(ground)
    if gone is not None:
        await _stop(work, series, gone, at=at)
        return True
    looked = await _anchored(work, series, ground, at=at, tz=tz)
    looked = await _without_words(work, looked, at=at)
    looked, action = await _ends(work, looked, at=at, tz=tz)
    await name_kinds(work, looked, at=at)
    looked, asked = await _regular(work, looked, at=at)
    standing = await letters_of(work, looked)
    if looked.anchored_on is not None and over(standing):
        looked, action = replace(looked, state=SeriesState.ENDED, asks_since=None), "series.ended"
    if looked == series and digest(standing, at=at) == series.shown:
        # Nothing to tell: only when to look again.
        later = replace(series, version=series.version + 1, next_at=next_look(standing, at=at))
        if not await work.series.change(later, version=series.version):
            raise Overtaken(what="series")
        return False
    action = action or asked or ("series.unfolded" if looked.steps != series.steps else "")
    also = (f"also={asked}",) if asked and asked != action else ()
    await save(work, looked, was=series, at=at, action=action, evidence=also)
    return True


def _gone(ground: Ground) -> Reason | None:
    if ground.person.deceased_on is not None:
        return Reason.DECEASED
    if ground.case.state in _GONE:
        return _GONE[ground.case.state]
    return None if ground.link is None else _LINK_GONE.get(ground.link.state)


async def _stop(work: Work, series: Series, reason: Reason, *, at: datetime) -> None:
    keys = [step.key for step in series.steps]
    without = await leave_out(work, series, keys, Untaken.SERIES_STOPPED, at=at, reason=reason)
    stopped = replace(
        without, state=SeriesState.STOPPED, asks_since=None, ended_because=reason.value
    )
    await save(work, stopped, was=series, at=at, action="series.stopped", reason=reason.value)


async def _anchored(
    work: Work, series: Series, ground: Ground, *, at: datetime, tz: tzinfo
) -> Series:
    """The days and letters of a series whose anchor has become known."""
    if series.anchored_on is not None:
        return series
    day = await anchor_day(work, ground, series.anchor, since=series.created_at, tz=tz)
    if day is None:
        return series
    words = {step.key: step.words for step in series.steps if step.words is not None}
    plan = await plan_of(
        work, ground, series.pack, anchored_on=day, at=at, tz=tz, take_every=series.take_every
    )
    planned = replace(series, anchored_on=day, steps=steps_of(plan, words))
    return await put_letters(work, planned, ground, by=series.author_id, role="system", at=at)


async def _without_words(work: Work, series: Series, *, at: datetime) -> Series:
    """A step that nobody has written by the end of its window is left out, and that is told."""
    late = [
        replace(step, untaken=Untaken.NO_WORDS)
        for step in series.steps
        if step.waits_for_words and step.closes_at is not None and step.closes_at <= at
    ]
    return series.with_steps(late) if late else series


async def _ends(work: Work, series: Series, *, at: datetime, tz: tzinfo) -> tuple[Series, str]:
    """Where the letter that tells of the end fell away, the last one tells it, and one more is
    the last (G-21)."""
    standing = await letters_of(work, series)
    if not end_untold(standing):
        return series, ""
    last = next(one for one in standing if one.step.part is Part.LAST)
    letter = last.letter
    if letter is not None and letter.state is not LetterState.DRAFT:
        note, whose = _END_NOTE, series.author_id
        if not await give_back(
            work, letter, author_id=whose, note=note, at=at, by=SYSTEM, role=SYSTEM
        ):
            return series, ""
    tells = replace(last.step, part=Part.PRE_LAST)
    return replace(
        series.with_steps([tells]), steps=(*series.with_steps([tells]).steps, _one_more(tells))
    ), "series.end_moved"


def _one_more(tells: SeriesStep) -> SeriesStep:
    """A month after the letter that tells of the end, at the same hour."""
    assert tells.opens_at is not None and tells.closes_at is not None and tells.day is not None
    later = day_months_later(tells.day, 1) - tells.day
    return SeriesStep(
        key=f"{tells.key}+",
        part=Part.LAST,
        day=tells.day + later,
        opens_at=tells.opens_at + later,
        closes_at=tells.closes_at + later + timedelta(days=4),
    )


async def _regular(work: Work, series: Series, *, at: datetime) -> tuple[Series, str]:
    """Meetings that have become regular are asked about, until they are not any more (G-27)."""
    contacts = await work.contacts.since(series.case_id, since=at - REGULAR_WITHIN)
    regular = meets_regularly(contacts, at=at, since=series.answered_at)
    if regular and series.asks_since is None:
        return replace(series, asks_since=at), "series.asks"
    if not regular and series.asks_since is not None:
        return replace(series, asks_since=None), "series.asks_no_more"
    return series, ""
