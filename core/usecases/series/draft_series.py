"""Write a whole series of letters in one go; each waits for its own approval (つづけて書く)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, tzinfo

from core.access import Action, require
from core.agencies import Seat
from core.cadence.packs import Anchor, LetterPack
from core.cases import Case
from core.ids import CaseId, SeriesId, StaffId
from core.lint import Proofreader
from core.ports import UnitOfWork, Work
from core.series import (
    NoLettersInPlan,
    Series,
    SeriesRuns,
    SeriesStep,
    StepWords,
    require_all_different,
    steps_of,
)
from core.series_letters import put_letters, require_words_fit
from core.series_plan import Ground
from core.series_steps import anchor_day, ground_of, plan_of, require_writable, save
from core.steps import require_approver


async def draft_series(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    by: StaffId,
    pack: LetterPack,
    anchor: Anchor,
    words: Mapping[str, StepWords],
    at: datetime,
    tz: tzinfo,
    proof: Proofreader,
    closed_days: frozenset[date] = frozenset(),
    anchored_on: date | None = None,
    take_every: int = 1,
    command_key: str | None = None,
) -> Series:
    """The series as it now runs; every step with words is a letter that waits for approval.

    Steps without words are asked for later; an anchor to come gives the days when it is known.

    Args:
        words: by step, as the plan names them; `proof` reads them.
        anchored_on: the day to count from, where it is not the record's own.
        take_every: one letter of so many; the person's own wish caps it.

    Raises:
        NotYours. CaseResting: R-022. MinorsNotWrittenTo: G-24. SeriesRuns, NoLettersInPlan: G-03.
        SameWordsInSeries. NothingWritten, SeriesWordsBlocked: S1. NoApprover: G-06.
    """
    async with uow.write() as work:
        if command_key and (known := await _known(work, case_id, command_key)):
            return known
        case, author = await work.cases.get(case_id), await work.staff.get(by)
        seats = await work.staff.seats(case_id)
        role = require(author, Action.WRITE_LETTER, case_id=case_id, seats=seats).role.value
        ground = await _free_ground(work, case, closed_days=closed_days)
        given = {key: one for key, one in words.items() if one.body.strip()}
        require_all_different(given)
        day = anchored_on or await anchor_day(work, ground, anchor, since=at, tz=tz)
        begun = replace(
            _begin(work, case, by=by, pack=pack, anchor=anchor, at=at),
            anchored_on=day,
            take_every=max(1, take_every),
            command_key=command_key,
        )
        series = await _with_plan(work, begun, ground, given, at=at, tz=tz)
        if series.anchored_on is None:
            await require_words_fit(work, series, given, at=at, proof=proof)
        if not await work.series.add(series):
            raise SeriesRuns()
        written = await put_letters(work, series, ground, by=by, role=role, at=at, proof=proof)
        await _require_approver(work, written, seats)
        count = sum(step.letter_id is not None for step in written.steps)
        told = (f"pack={pack.key}", f"letters={count}")
        action = "series.drafted"
        kept = await save(
            work, written, was=series, at=at, action=action, by=by, role=role, evidence=told
        )
        await work.commit()
        return kept


def _begin(
    work: Work, case: Case, *, by: StaffId, pack: LetterPack, anchor: Anchor, at: datetime
) -> Series:
    return Series(
        id=SeriesId(work.new_id()),
        municipality_id=work.municipality_id,
        case_id=case.id,
        person_id=case.person_id,
        author_id=by,
        pack=pack,
        anchor=anchor,
        anchored_on=None,
        created_at=at,
        next_at=at,
        steps=(),
    )


async def _free_ground(work: Work, case: Case, *, closed_days: frozenset[date]) -> Ground:
    """Where a series may begin: the case may be written to, and none runs for the person."""
    ground = await ground_of(work, case, closed_days=closed_days)
    require_writable(ground)
    if await work.series.running_of_person(case.person_id) is not None:
        raise SeriesRuns()
    return ground


async def _require_approver(work: Work, series: Series, seats: Iterable[Seat]) -> None:
    """One author, one case: who may approve one letter of it may approve all."""
    first = next((step.letter_id for step in series.steps if step.letter_id is not None), None)
    if first is not None:
        await require_approver(work, await work.letters.get(first), seats)


async def _known(work: Work, case_id: CaseId, command_key: str) -> Series | None:
    there = await work.series.of_case(case_id)
    return next((one for one in there if one.command_key == command_key), None)


async def _with_plan(
    work: Work,
    series: Series,
    ground: Ground,
    words: Mapping[str, StepWords],
    *,
    at: datetime,
    tz: tzinfo,
) -> Series:
    if series.anchored_on is None:
        waiting = tuple(SeriesStep(key=key, words=one) for key, one in words.items())
        return replace(series, steps=waiting)
    plan = await plan_of(
        work,
        ground,
        series.pack,
        anchored_on=series.anchored_on,
        at=at,
        tz=tz,
        take_every=series.take_every,
    )
    if not any(one.taken for one in plan):
        raise NoLettersInPlan(allowed="other pack, other day")
    return replace(series, steps=steps_of(plan, words))
