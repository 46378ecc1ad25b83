"""Cases that walk their courses at random, as the trail would tell it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from core.cases import Case, CaseState
from core.courses.multi_agency import MULTI_AGENCY_TABLE
from core.courses.outreach import OUTREACH_TABLE
from core.courses.participation import PARTICIPATION_TABLE
from core.figures.moves import PLAN_LESS, PLANNED, CourseNow, Move
from core.figures.standings import CaseHistory, histories
from core.ids import AreaId, CaseId, MunicipalityId, PersonId
from core.programmes import Programme
from core.transitions import steps_from

FIRST: Final = date(2024, 4, 1)
AREAS: Final = (AreaId("east"), AreaId("west"), None)
TABLES: Final[dict[Programme, Any]] = {
    Programme.OUTREACH: OUTREACH_TABLE,
    Programme.PARTICIPATION: PARTICIPATION_TABLE,
    Programme.MULTI_AGENCY: MULTI_AGENCY_TABLE,
}
BEGINS: Final = {
    Programme.OUTREACH: "O1",
    Programme.PARTICIPATION: "PT1",
    Programme.MULTI_AGENCY: "MK1",
}
days = st.integers(min_value=0, max_value=360)


def case_of(number: int, *, opened_on: date = FIRST, area: AreaId | None = None) -> Case:
    """A case, wherever it stands."""
    return Case(
        id=CaseId(f"case-{number}"),
        municipality_id=MunicipalityId("midori"),
        case_no=str(number),
        alias=f"A-{number}",
        person_id=PersonId(f"person-{number}"),
        state=CaseState.RECEIVED,
        opened_on=opened_on,
        area_id=area,
    )


@st.composite
def walked(draw: st.DrawFn) -> tuple[CaseHistory, ...]:
    """Some cases, each with the courses that it took and the days on which it moved."""
    cases, moves, courses = [], list[Move](), list[CourseNow]()
    for number in range(draw(st.integers(min_value=1, max_value=5))):
        opened = FIRST + timedelta(days=draw(days))
        case = case_of(number, opened_on=opened, area=draw(st.sampled_from(AREAS)))
        cases.append(case)
        for programme in draw(st.sets(st.sampled_from(sorted(TABLES)))):
            walk = draw(_walk(case, Programme(programme)))
            moves += walk
            state = walk[-1].now if walk else "ASSESSING"
            courses.append(CourseNow(case_id=case.id, programme=programme, state=state))
        moves += draw(_ends(case))
        moves += draw(_marks(case))
    moves.sort(key=lambda move: move.on)
    return histories(cases, moves=moves, courses=courses)


@st.composite
def _walk(draw: st.DrawFn, case: Case, programme: Programme) -> list[Move]:
    begins = BEGINS[programme]
    table = TABLES[programme]
    state = next(row.to for row in table if row.id == begins)
    on = case.opened_on + timedelta(days=draw(st.integers(0, 30)))
    came_with_the_case = draw(st.booleans())
    moves = [] if came_with_the_case else [_move(case, programme, begins, "", state, on)]
    for _ in range(draw(st.integers(min_value=0, max_value=14))):
        rows: Sequence[Any] = steps_from(table, state)
        if not rows:
            break
        row = draw(st.sampled_from(rows))
        on += timedelta(days=draw(st.integers(0, 50)))
        moves.append(_move(case, programme, row.id, state, row.to, on))
        state = row.to
    return moves


@st.composite
def _ends(draw: st.DrawFn, case: Case) -> list[Move]:
    """Now and then somebody dies or moves away, and everything ends at once."""
    if draw(st.integers(0, 9)):
        return []
    on = case.opened_on + timedelta(days=draw(days))
    return [Move(case_id=case.id, on=on, row="END", was="", now="CLOSED", reason="MOVED_AWAY")]


@st.composite
def _marks(draw: st.DrawFn, case: Case) -> list[Move]:
    """Said to need no plan, and perhaps later to have one after all (R-092)."""
    on = case.opened_on
    marks = []
    for row in (PLAN_LESS, PLANNED, PLAN_LESS)[: draw(st.integers(0, 3))]:
        on += timedelta(days=draw(st.integers(0, 60)))
        marks.append(Move(case_id=case.id, on=on, row=row))
    return marks


def _move(case: Case, programme: Programme, row: str, was: str, now: str, on: date) -> Move:
    return Move(case_id=case.id, on=on, row=row, programme=programme, was=was, now=now)
