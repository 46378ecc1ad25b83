"""The table of results of a period by area, and how it compares with a printed one (DOMAIN §6.1).

The definitions D1 to D7 are those that the printed table of 北九州市 (S1) implies:

- new (新規支援件数): cases first taken up in the period, those without a plan among them (D1);
- outreach, participation (うち…利用件数): of these, who uses it by the end of the period. A case
  may use both, or neither (D4, D5);
- closed (終結件数): planned cases that stand closed at the end and were closed in the period;
- continuing (継続件数): planned cases under way at the end. From the beginning of a programme on,
  closed + continuing = new without the plan-less (D2, D3), as long as nothing is interrupted;
- meetings: sittings of 支援会議 and 重層的支援会議 together, sittings and not cases (D7).

A total is computed from the records and never taken from a paper. One sitting that spoke of two
areas stands in both, and once in the total. No area is ranked by any of it (R-053).
"""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.agencies import Area
from core.basis import Basis
from core.errors import CaseworkError
from core.figures.standings import CaseHistory, Standing, TurnKind
from core.ids import AreaId
from core.programmes import Programme

# The column of the printed total, and what the total is called in a finding.
TOTAL: Final = "合計"
_LAWS: Final = frozenset({Basis.SHIEN, Basis.JUSO})


class PeriodBackwards(CaseworkError):
    """A period ends on or after the day on which it begins. Facts: `since`, `until`."""

    rule = "DOMAIN-6.1"


class SheetUnfit(CaseworkError):
    """A printed sheet can be compared if its rows and columns are those of this town.

    Facts: `found` (the column), `allowed` (the columns that fit).
    """

    rule = "DOMAIN-6.1"


class ResultItem(enum.StrEnum):
    """The rows of the table, in its order."""

    NEW = "new"
    OUTREACH = "outreach"
    PARTICIPATION = "participation"
    CLOSED = "closed"
    CONTINUING = "continuing"
    MEETINGS = "meetings"


Results = Mapping[ResultItem, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldSitting:
    """A sitting that took place, on its local day.

    Attributes:
        bases: the laws under which it spoke of something.
        area_ids: the areas of the cases that it spoke of.
    """

    id: str
    on: date
    bases: frozenset[Basis]
    area_ids: frozenset[AreaId | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultsTable:
    """The results of a period.

    Attributes:
        since, until: first and last day, both within.
        areas: in the order in which they were asked for; None for cases of no known area.
        total: over the town, counted anew and not added up.
        interrupted: cases that stand interrupted at the end, and so in no row.
        plan_less: new cases without a plan (R-092).
        shared_sittings: sittings that stand in more than one area.
    """

    since: date
    until: date
    areas: Mapping[AreaId | None, Results]
    total: Results
    interrupted: int = 0
    plan_less: int = 0
    shared_sittings: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One printed figure; `area` None is the printed total."""

    item: ResultItem
    area: AreaId | None
    printed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedSheet:
    """A sheet as it was printed: columns by the names of areas.

    Attributes:
        cells: item, name of the column, figure; the column `TOTAL` is the total.
    """

    cells: tuple[tuple[ResultItem, str, int], ...]

    def cells_for(self, areas: Iterable[Area]) -> tuple[Cell, ...]:
        """The sheet's figures by the areas of the town.

        Raises:
            SheetUnfit: a column that is no area here.
        """
        known = {area.name: area.id for area in areas}
        found = []
        for item, column, printed in self.cells:
            if column != TOTAL and column not in known:
                raise SheetUnfit(found=column, allowed="、".join((*known, TOTAL)))
            found.append(Cell(item=item, area=known.get(column), printed=printed))
        return tuple(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Where a printed figure is not what the records say."""

    item: ResultItem
    area: AreaId | None
    printed: int
    computed: int


def results_of(
    cases: Iterable[CaseHistory],
    *,
    sittings: Iterable[HeldSitting],
    since: date,
    until: date,
    areas: Iterable[AreaId],
) -> ResultsTable:
    """Count a period.

    Args:
        since, until: first and last day, both within.
        areas: every area, in the order of the table.

    Raises:
        PeriodBackwards.
    """
    if until < since:
        raise PeriodBackwards(since=since.isoformat(), until=until.isoformat())
    known = tuple(case for case in cases if case.case.opened_on <= until)
    held = [one for one in sittings if since <= one.on <= until and one.bases & _LAWS]
    order: list[AreaId | None] = [*areas]
    nowhere = any(case.case.area_id is None for case in known)
    if nowhere or any(None in one.area_ids for one in held):
        order.append(None)
    return ResultsTable(
        since=since,
        until=until,
        areas={
            area: _results(
                [case for case in known if case.case.area_id == area],
                [one for one in held if area in one.area_ids],
                since=since,
                until=until,
            )
            for area in order
        },
        total=_results(known, held, since=since, until=until),
        interrupted=sum(
            case.planned_since is not None and case.standing(until) is Standing.INTERRUPTED
            for case in known
        ),
        plan_less=sum(case.planned_since is None and _is_new(case, since) for case in known),
        shared_sittings=sum(len(one.area_ids) > 1 for one in held),
    )


def compare(table: ResultsTable, printed: Sequence[Cell]) -> tuple[Finding, ...]:
    """The printed figures that the records contradict, in the order of the sheet."""
    return tuple(
        Finding(item=cell.item, area=cell.area, printed=cell.printed, computed=computed)
        for cell in printed
        if cell.printed != (computed := _computed(table, cell))
    )


def _computed(table: ResultsTable, cell: Cell) -> int:
    return (table.total if cell.area is None else table.areas[cell.area])[cell.item]


def _is_new(case: CaseHistory, since: date) -> bool:
    return case.case.opened_on >= since


def _results(
    cases: Sequence[CaseHistory], sittings: Sequence[HeldSitting], *, since: date, until: date
) -> Results:
    new = [case for case in cases if _is_new(case, since)]
    return {
        ResultItem.NEW: len(new),
        ResultItem.OUTREACH: _using(new, Programme.OUTREACH, until),
        ResultItem.PARTICIPATION: _using(new, Programme.PARTICIPATION, until),
        ResultItem.CLOSED: sum(_closed(case, since=since, until=until) for case in cases),
        ResultItem.CONTINUING: sum(case.continues(until) for case in cases),
        ResultItem.MEETINGS: len(sittings),
    }


def _using(cases: Iterable[CaseHistory], programme: Programme, until: date) -> int:
    uses = (case.used_since.get(programme) for case in cases)
    return sum(day is not None and day <= until for day in uses)


def _closed(case: CaseHistory, *, since: date, until: date) -> bool:
    """Closed in the period and not begun again since."""
    turned = [
        turn
        for turn in case.turns
        if turn.on <= until and turn.kind is not TurnKind.TAKEN_UP and turn.programme is None
    ]
    return bool(turned) and turned[-1].kind is TurnKind.CLOSED and turned[-1].on >= since
