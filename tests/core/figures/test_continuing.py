"""However cases move, the figures of one month follow from those of the month before."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings

from core.figures.counting import flows_of, stocks_of
from core.figures.month import (
    FigureLine,
    MonthFigures,
    Movement,
    Name,
    Topic,
    build_month,
    last_of,
    months_between,
)
from core.figures.moves import PLAN_LESS, PLANNED, CourseNow, Move
from core.figures.records import MonthRecords
from core.figures.standings import CaseHistory, Standing, TurnKind, histories
from core.programmes import Programme
from tests.core.figures.walks import AREAS, FIRST, TABLES, case_of, walked

LAST = date(2026, 9, 1)
DAY = timedelta(days=1)
at_leisure = settings(deadline=None)


def month_by_month(cases: tuple[CaseHistory, ...]) -> list[MonthFigures]:
    records = MonthRecords(cases=cases)
    flows = list(flows_of(records))
    return [
        build_month(month, flows=flows, stocks=stocks_of(records, on=last_of(month)))
        for month in months_between(FIRST, LAST)
    ]


Lines = tuple[FigureLine, ...]


def follows(before: Lines, now: Lines, programme: Programme | None) -> bool:
    """continuing = continuing before + newly planned + reopened - closed - interrupted."""

    def count(lines: Lines, key: Movement) -> int:
        name = Name(topic=Topic.MOVEMENT, key=key, programme=programme)
        return next((line.month for line in lines if line.name == name), 0)

    came = count(now, Movement.PLANNED) + count(now, Movement.REOPENED)
    gone = count(now, Movement.CLOSED) + count(now, Movement.INTERRUPTED)
    return count(now, Movement.CONTINUING) == count(before, Movement.CONTINUING) + came - gone


@pytest.mark.rule("R-086")
@at_leisure
@given(cases=walked())
def test_continuing_follows_from_the_month_before(cases: tuple[CaseHistory, ...]) -> None:
    nothing = MonthFigures(month=FIRST, areas=(), total=())
    for before, now in pairwise((nothing, *month_by_month(cases))):
        for programme in (None, *TABLES):
            assert follows(before.total, now.total, programme)
            for area in AREAS:
                assert follows(before.lines_of(area), now.lines_of(area), programme)


@at_leisure
@given(cases=walked())
def test_the_town_has_as_many_cases_as_its_areas_together(cases: tuple[CaseHistory, ...]) -> None:
    for figures in month_by_month(cases):
        for line in figures.total:
            parts = [
                one.month for area in figures.areas for one in area.lines if one.name == line.name
            ]
            assert line.month == sum(parts)


@pytest.mark.rule("R-092")
def test_a_case_without_a_plan_is_new_and_neither_continues_nor_closes() -> None:
    case = case_of(1)
    (alone,) = histories(
        [case], moves=[Move(case_id=case.id, on=FIRST + DAY, row=PLAN_LESS)], courses=[]
    )
    assert [turn.kind for turn in alone.turns] == [TurnKind.TAKEN_UP]
    assert not alone.continues(LAST)


@pytest.mark.rule("R-092")
def test_a_case_that_comes_to_have_a_plan_continues_from_that_day_on() -> None:
    case = case_of(1)
    later = FIRST + timedelta(days=40)
    moves = [
        Move(case_id=case.id, on=FIRST, row=PLAN_LESS),
        Move(case_id=case.id, on=later, row=PLANNED),
    ]
    (planned,) = histories([case], moves=moves, courses=[])
    assert not planned.continues(later - DAY)
    assert planned.continues(later)


def test_a_case_is_closed_when_the_last_of_its_courses_is() -> None:
    case = case_of(1)
    closed = FIRST + timedelta(days=100)
    moves = [
        Move(
            case_id=case.id,
            on=FIRST + timedelta(days=50),
            row="PT9",
            programme=Programme.PARTICIPATION,
            was="SETTLING",
            now="CLOSED",
        ),
        Move(
            case_id=case.id,
            on=closed,
            row="MK7",
            programme=Programme.MULTI_AGENCY,
            was="COORDINATING",
            now="CLOSED",
        ),
    ]
    courses = [
        CourseNow(case_id=case.id, programme=programme, state="CLOSED", closing="TIES_STABLE")
        for programme in (Programme.PARTICIPATION, Programme.MULTI_AGENCY)
    ]
    (history,) = histories([case], moves=moves, courses=courses)
    assert history.standing(closed - DAY) is Standing.UNDER_WAY
    assert history.standing(closed) is Standing.CLOSED
    assert history.turns[-1].reason == "TIES_STABLE"


def test_a_case_that_another_agency_leads_has_ended_for_that_reason() -> None:
    case = case_of(1)
    moves = [
        Move(
            case_id=case.id,
            on=FIRST + DAY,
            row="O4",
            programme=Programme.OUTREACH,
            was="LEAD_REVIEW",
            now="REFERRED_OUT",
        )
    ]
    courses = [CourseNow(case_id=case.id, programme=Programme.OUTREACH, state="REFERRED_OUT")]
    (history,) = histories([case], moves=moves, courses=courses)
    assert history.turns[-1].reason == "REFERRED_OUT"
    assert history.used_since == {}
