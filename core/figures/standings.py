"""How cases stand from day to day, read back out of the trail (DOMAIN §6.1 D1 to D3, §6.2).

A case is under way, closed or interrupted. It is under way while any of its courses is; a case
that nobody has put on a course yet is under way, too: somebody took it up. What is counted are
turns: the day on which a case was taken up, came to be planned, closed, was interrupted or began
again. A case without a plan (R-092) is taken up and nothing more.

A case that is found to need nothing, or that another agency leads, has come to its end as well;
its reason says so (`NO_ACTION`, `REFERRED_OUT`).
"""

import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from core.cases import Case, CaseState
from core.courses.ending import COURSE_OVER, OVER
from core.figures.moves import PLAN_LESS, PLANNED, CourseNow, Move
from core.ids import AreaId, CaseId
from core.programmes import Programme

_BEGINS: Final = frozenset({"O1", "PT1", "MK1"})
# Before these a programme only looks; it is used from then on [D].
_NOT_USED_YET: Final = {
    Programme.OUTREACH: frozenset(
        {
            CaseState.DISCOVERED.value,
            CaseState.LEAD_REVIEW.value,
            CaseState.REFERRED_OUT.value,
            CaseState.NO_ACTION.value,
        }
    ),
    Programme.PARTICIPATION: frozenset({"RECEIVED"}),
    Programme.MULTI_AGENCY: frozenset({"RECEIVED", "SCREENED"}),
}
_OVER: Final = {state.value for state in OVER} | COURSE_OVER
_INTERRUPTED: Final = "INTERRUPTED"
# Ends that are their own reason.
_ENDS: Final = frozenset({CaseState.NO_ACTION.value, CaseState.REFERRED_OUT.value})


class Standing(enum.StrEnum):
    """How a case stands on a day."""

    UNDER_WAY = "UNDER_WAY"
    CLOSED = "CLOSED"
    INTERRUPTED = "INTERRUPTED"


class TurnKind(enum.StrEnum):
    """What is counted. TAKEN_UP: first taken up; PLANNED: since then it counts as continuing."""

    TAKEN_UP = "TAKEN_UP"
    PLANNED = "PLANNED"
    CLOSED = "CLOSED"
    INTERRUPTED = "INTERRUPTED"
    REOPENED = "REOPENED"


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """One thing that is counted.

    Attributes:
        programme: of one course; None for the whole case.
        reason: why it was closed, a code; "" where nobody said.
    """

    case_id: CaseId
    area_id: AreaId | None
    kind: TurnKind
    on: date
    programme: Programme | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseState:
    """Where a course stands from a day on."""

    since: date
    programme: Programme
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseHistory:
    """A case from day to day.

    Attributes:
        turns: of the whole case, in order.
        of_courses: of each of its courses.
        used_since: since when a programme works for the person.
        standings: from each of these days on, in order.
        states: of its courses, likewise.
        planned_since: since when it is counted as continuing; None for a case without a plan.
    """

    case: Case
    turns: tuple[Turn, ...]
    of_courses: tuple[Turn, ...] = ()
    used_since: Mapping[Programme, date] = field(default_factory=dict)
    standings: tuple[tuple[date, Standing], ...] = ()
    states: tuple[CourseState, ...] = ()
    planned_since: date | None = None

    def standing(self, on: date) -> Standing | None:
        """How it stands at the end of this local day; None before it was taken up."""
        known = [standing for since, standing in self.standings if since <= on]
        return known[-1] if known else None

    def continues(self, on: date) -> bool:
        """Whether it is planned and under way at the end of this day."""
        planned = self.planned_since is not None and self.planned_since <= on
        return planned and self.standing(on) is Standing.UNDER_WAY

    def course_state(self, programme: Programme, on: date) -> str | None:
        """Where a course stands at the end of this day; None before it began."""
        known = [one for one in self.states if one.programme is programme and one.since <= on]
        return known[-1].state if known else None

    def in_course(self, programme: Programme, on: date) -> bool:
        """Whether a course is under way at the end of this day."""
        state = self.course_state(programme, on)
        return state is not None and state not in _OVER


def histories(
    cases: Iterable[Case], *, moves: Iterable[Move], courses: Iterable[CourseNow]
) -> tuple[CaseHistory, ...]:
    """Every case's way, in the order of the cases.

    Args:
        moves: in the order of the trail.
        courses: as they stand at present; what has no beginning in the trail came with the case.
    """
    by_case: dict[CaseId, list[Move]] = defaultdict(list)
    for move in moves:
        by_case[move.case_id].append(move)
    there: dict[CaseId, list[CourseNow]] = defaultdict(list)
    for course in courses:
        there[course.case_id].append(course)
    return tuple(_history(case, by_case[case.id], there[case.id]) for case in cases)


def _history(case: Case, moves: list[Move], courses: list[CourseNow]) -> CaseHistory:
    # A day that was told later comes before what is told of the days after it.
    moves = sorted(moves, key=lambda move: move.on)
    way = _Way(case, states=dict(_at_first(moves, courses)), planned=_planned_since(case, moves))
    way.closings = {course.programme: course.closing for course in courses}
    for move in moves:
        way.take(move)
    return CaseHistory(
        case=case,
        turns=tuple(way.turns),
        of_courses=tuple(way.of_courses),
        used_since=way.used,
        standings=tuple(way.standings),
        states=tuple(way.walked),
        planned_since=way.planned,
    )


class _Way:
    """A case, walked move by move."""

    def __init__(self, case: Case, *, states: dict[Programme, str], planned: date | None) -> None:
        self.case = case
        self.states = states
        self.planned = planned
        self.closings: Mapping[Programme, str] = {}
        first = case.opened_on
        self.used = {one: first for one, state in states.items() if _uses(one, state)}
        self.standings = [(first, _standing(states))]
        self.walked = [_stands(one, state, first) for one, state in states.items()]
        self.turns = [self._turn(TurnKind.TAKEN_UP, first)]
        self.of_courses: list[Turn] = []
        for programme, state in states.items():
            self._begin_course(programme, state, first)
        self._joined = False
        self._join(first)

    def take(self, move: Move) -> None:
        """One move on."""
        on = max(move.on, self.case.opened_on)
        if move.row in (PLAN_LESS, PLANNED):
            self._join(on)
            return
        was = self.standings[-1][1]
        for programme, state in _moved(self.states, move):
            self._move_course(programme, state, move, on)
        now = _standing(self.states)
        if now is was:
            return
        self.standings.append((on, now))
        kind = _kind(was, now)
        if not self._joined:
            self._join(on)
        elif kind is not None:
            self.turns.append(self._turn(kind, on, reason=self._why(kind, move, move.programme)))

    def _move_course(self, programme: Programme, state: str, move: Move, on: date) -> None:
        was = self.states.get(programme)
        self.states[programme] = state
        self.walked.append(_stands(programme, state, on))
        if _uses(programme, state):
            self.used.setdefault(programme, on)
        if was is None:
            self._begin_course(programme, state, on)
            return
        kind = _kind(_standing({programme: was}), _standing({programme: state}))
        if kind is not None:
            why = self._why(kind, move, programme)
            self.of_courses.append(self._turn(kind, on, programme=programme, reason=why))

    def _begin_course(self, programme: Programme, state: str, on: date) -> None:
        self.of_courses.append(self._turn(TurnKind.TAKEN_UP, on, programme=programme))
        if state not in _OVER:
            self.of_courses.append(self._turn(TurnKind.PLANNED, on, programme=programme))

    def _join(self, on: date) -> None:
        """Counted as continuing from the day on which it is both planned and under way."""
        due = self.planned is not None and self.planned <= on
        if due and not self._joined and self.standings[-1][1] is Standing.UNDER_WAY:
            self._joined = True
            self.turns.append(self._turn(TurnKind.PLANNED, on))

    def _why(self, kind: TurnKind, move: Move, programme: Programme | None) -> str:
        if kind is not TurnKind.CLOSED:
            return ""
        if move.reason or move.now in _ENDS:
            return move.reason or move.now
        return "" if programme is None else self.closings.get(programme, "")

    def _turn(
        self, kind: TurnKind, on: date, *, programme: Programme | None = None, reason: str = ""
    ) -> Turn:
        return Turn(
            case_id=self.case.id,
            area_id=self.case.area_id,
            kind=kind,
            on=on,
            programme=programme,
            reason=reason,
        )


def _at_first(moves: list[Move], courses: list[CourseNow]) -> Iterator[tuple[Programme, str]]:
    """The courses with which the case came: those whose beginning the trail does not tell."""
    for course in courses:
        first = next((move for move in moves if move.programme is course.programme), None)
        if first is None or first.row not in _BEGINS:
            yield course.programme, course.state if first is None else first.was


def _moved(states: Mapping[Programme, str], move: Move) -> list[tuple[Programme, str]]:
    if move.programme is not None:
        return [(move.programme, move.now)]
    return [(one, "CLOSED") for one, state in states.items() if state not in COURSE_OVER]


def _planned_since(case: Case, moves: list[Move]) -> date | None:
    """A case is planned from the first day on, unless it was said to need no plan (R-092)."""
    marks = [move for move in moves if move.row in (PLAN_LESS, PLANNED)]
    if not marks or marks[0].row == PLANNED:
        return case.opened_on
    last = marks[-1]
    return None if last.row == PLAN_LESS else max(last.on, case.opened_on)


def _standing(states: Mapping[Programme, str]) -> Standing:
    if not states or any(state not in _OVER for state in states.values()):
        return Standing.UNDER_WAY
    if _INTERRUPTED in states.values():
        return Standing.INTERRUPTED
    return Standing.CLOSED


def _kind(was: Standing, now: Standing) -> TurnKind | None:
    if was is now:
        return None
    if now is Standing.UNDER_WAY:
        return TurnKind.REOPENED
    if was is not Standing.UNDER_WAY:
        return None
    return TurnKind.CLOSED if now is Standing.CLOSED else TurnKind.INTERRUPTED


def _stands(programme: Programme, state: str, since: date) -> CourseState:
    return CourseState(since=since, programme=programme, state=state)


def _uses(programme: Programme, state: str) -> bool:
    return state not in _NOT_USED_YET[programme]
