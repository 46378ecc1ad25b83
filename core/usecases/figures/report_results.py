"""Report the results of a period by area, against a printed sheet if there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final

from core.agencies import Area
from core.audit import AuditEvent
from core.figure_steps import histories_of, in_order, may_take_figures, sittings_of
from core.figures.results import Cell, Finding, PrintedSheet, ResultsTable, compare, results_of
from core.ids import StaffId
from core.ports import UnitOfWork
from core.reading_steps import OPERATOR

TAKEN: Final = "figures.taken"


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultsReport:
    """The results of a period, and what a printed sheet has otherwise.

    Attributes:
        areas: in the order of the table.
    """

    town: str
    areas: tuple[Area, ...]
    table: ResultsTable
    findings: tuple[Finding, ...] = ()


async def report_results(
    uow: UnitOfWork,
    *,
    since: date,
    until: date,
    by: StaffId | None,
    at: datetime,
    tz: tzinfo,
    order: Sequence[str] = (),
    printed: PrintedSheet | None = None,
) -> ResultsReport:
    """Count the period from the records. That it was taken is noted.

    Args:
        since, until: first and last local day, both within.
        by: who asks; None for the operator at the machine.
        order: codes of areas, in the town's own order.
        printed: a sheet to compare with.

    Raises:
        NotActive, NotYours, PeriodBackwards. SheetUnfit: a column of the sheet is no area here.
    """
    async with uow.write() as work:
        role = await may_take_figures(work, by)
        areas = in_order(await work.towns.areas(), order)
        town = await work.towns.get()
        cells: Sequence[Cell] = () if printed is None else printed.cells_for(areas)
        cases = await histories_of(work, until=until, tz=tz)
        where = {one.case.id: one.case.area_id for one in cases}
        sat = await sittings_of(work, since=since, until=until, tz=tz, areas=where)
        table = results_of(
            cases,
            sittings=[one.held for one in sat],
            since=since,
            until=until,
            areas=[area.id for area in areas],
        )
        await work.audit.append(
            AuditEvent(
                action=TAKEN,
                at=at,
                actor=by or OPERATOR,
                role=role,
                subject=town.code,
                reason="results",
                evidence=(f"since={since}", f"until={until}"),
            )
        )
        await work.commit()
        return ResultsReport(
            town=town.name, areas=areas, table=table, findings=compare(table, cells)
        )
