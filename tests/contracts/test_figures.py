"""What was told of a month comes back as it was told, edition by edition."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.audit import AuditEvent
from core.figures.month import AreaMonth, FigureLine, MonthFigures, Topic, first_of
from core.figures.revisions import MonthRevision
from core.ids import AreaId
from core.ports import UnitOfWork
from core.programmes import Programme
from tests.people import A12, MONDAY, SATO, TOKYO

few = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
lines: Any = st.builds(
    FigureLine,
    topic=st.sampled_from(Topic),
    key=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12),
    programme=st.none() | st.sampled_from(Programme),
    month=st.integers(0, 10**6),
    year=st.integers(0, 10**6),
)
listed: Any = st.lists(lines, max_size=4).map(tuple)
months: Any = st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(first_of)


moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@st.composite
def revisions(draw: st.DrawFn) -> MonthRevision:
    month = draw(months)
    areas = st.builds(AreaMonth, area_id=st.none() | st.just(AreaId("east")), lines=listed)
    return MonthRevision(
        month=month,
        revision=draw(st.integers(1, 9)),
        closed_at=draw(
            st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
        ),
        figures=MonthFigures(
            month=month, areas=tuple(draw(st.lists(areas, max_size=2))), total=draw(listed)
        ),
    )


@few
@given(told=revisions())
async def test_a_closed_month_comes_back_and_is_never_told_anew(
    midori: UnitOfWork, told: MonthRevision
) -> None:
    async with midori.write() as work:
        assert await work.figures.keep(told)
        assert not await work.figures.keep(told)
        assert await work.figures.revisions(told.month) == (told,)
        assert (told.month in await work.figures.closed_months()) is (told.revision == 1)


async def test_the_trail_is_read_by_what_happened_and_when(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        for action in ("case.moved", "case.opened"):
            await work.audit.append(
                AuditEvent(
                    action=action,
                    at=MONDAY,
                    actor=SATO.id,
                    role="outreach_worker",
                    subject=A12.id,
                    case_id=A12.id,
                )
            )
        await work.commit()
    async with midori.read() as work:
        (entry,) = await work.figures.trail(["case.moved"])
        assert entry.event.action == "case.moved"
        assert await work.figures.trail(["case.moved"], until=MONDAY) == ()
        assert len(await work.figures.trail(["case.moved"], since=MONDAY)) == 1


@pytest.mark.rule("R-086")
async def test_nothing_is_counted_where_nothing_is(midori: UnitOfWork) -> None:
    async with midori.read() as work:
        day = date(2026, 11, 30)
        assert await work.figures.sheets(day, day) == ()
        assert await work.figures.plans(day, day) == ()
        assert await work.figures.touches(MONDAY, MONDAY, tz=TOKYO) == ()
        assert await work.figures.courses() == ()
