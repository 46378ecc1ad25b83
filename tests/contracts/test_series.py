"""What the store promises about series of letters."""

from dataclasses import replace
from datetime import date, timedelta

from core.cadence.packs import CC_TEXT, Anchor
from core.cadence.planning import Part, Untaken
from core.ids import SeriesId
from core.ports import UnitOfWork
from core.series import Series, SeriesState, SeriesStep, StepWords
from tests.people import A12, MIDORI, MONDAY, SUZUKI, A

DAY = timedelta(days=1)
SERIES = Series(
    id=SeriesId("series-1"),
    municipality_id=MIDORI,
    case_id=A12.id,
    person_id=A.id,
    author_id=SUZUKI.id,
    pack=CC_TEXT,
    anchor=Anchor.LINKING,
    anchored_on=date(2026, 11, 30),
    created_at=MONDAY,
    next_at=MONDAY + DAY,
    steps=(
        SeriesStep(
            key="d1",
            day=date(2026, 12, 1),
            opens_at=MONDAY + DAY,
            closes_at=MONDAY + 2 * DAY,
            words=StepWords(body="鈴木です。", alt_text="おたより"),
        ),
        SeriesStep(key="m1", day=date(2026, 12, 30), untaken=Untaken.RESTING),
        SeriesStep(key="b2027", birthday=True, part=Part.LAST),
    ),
    command_key="once",
)


async def test_a_series_comes_back_whole(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        assert await work.series.add(SERIES)
        assert await work.series.get(SERIES.id) == SERIES
        assert await work.series.of_case(A12.id) == (SERIES,)
        assert await work.series.running_of_person(A.id) == SERIES


async def test_one_runs_at_a_time_and_one_command_is_one_series(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        assert await work.series.add(SERIES)
        assert not await work.series.add(replace(SERIES, id=SeriesId("series-2")))
        other = replace(SERIES, id=SeriesId("series-3"), command_key=None)
        assert not await work.series.add(other)
        stopped = replace(SERIES, state=SeriesState.STOPPED, version=2)
        assert await work.series.change(stopped, version=1)
        assert not await work.series.change(stopped, version=1)
        assert await work.series.add(other)
        assert await work.series.running_of_person(A.id) == other


async def test_those_that_run_come_due_in_their_order_and_may_be_called(
    midori: UnitOfWork,
) -> None:
    async with midori.write() as work:
        await work.series.add(SERIES)
        assert await work.series.due(at=MONDAY, limit=10) == ()
        await work.series.look_again(A.id, at=MONDAY)
        assert await work.series.due(at=MONDAY, limit=10) == ()
        assert await work.series.due(at=MONDAY + timedelta(seconds=1), limit=10) == (SERIES,)
        stopped = replace(SERIES, state=SeriesState.STOPPED, version=2)
        await work.series.change(stopped, version=1)
        assert await work.series.due(at=MONDAY + 9 * DAY, limit=10) == ()
