"""The table of results, and where a printed one differs."""

from typing import Any

from bots.i18n.catalogue import say
from bots.i18n.names import LAWS_OWN, Names
from bots.reports.published import label_of
from bots.reports.sheets import Sheet, Value
from core.figures.masking import masked_row
from core.figures.results import TOTAL, Finding, ResultItem
from core.ids import AreaId
from core.usecases.figures.report_results import ResultsReport


def results_sheet(report: ResultsReport, *, names: Names = LAWS_OWN, public: bool = False) -> Sheet:
    """Items down, areas across, the total last.

    Args:
        public: small counts are masked.
    """
    table = report.table
    rows: list[tuple[Value, ...]] = []
    for item in ResultItem:
        counts = [table.areas[area][item] for area in table.areas]
        shown: tuple[Value, ...] = (*counts, table.total[item])
        if public and item is not ResultItem.MEETINGS:
            parts, total = masked_row(counts, total=table.total[item])
            shown = (*parts, total)
        rows.append((label_of(item, names=names), *shown))
    return Sheet(
        name="実績",
        title=say(
            "results.title",
            town=report.town,
            since=table.since.isoformat(),
            until=table.until.isoformat(),
        ),
        columns=(say("results.item"), *(area_name(report, one) for one in table.areas), TOTAL),
        rows=tuple(rows),
        notes=tuple(_notes(report, public=public)),
    )


def findings_lines(report: ResultsReport, *, names: Names = LAWS_OWN) -> list[str]:
    """What the comparison found, a line each, the count of them first."""
    if not report.findings:
        return [say("results.no_findings")]
    found = [finding_line(report, one, names=names) for one in report.findings]
    return [say("results.findings", count=len(found)), *found]


def finding_line(report: ResultsReport, finding: Finding, *, names: Names = LAWS_OWN) -> str:
    """`終結件数 合計: printed 10, computed 11`."""
    return say(
        "results.finding",
        item=label_of(finding.item, names=names),
        area=_column(report, finding),
        printed=finding.printed,
        computed=finding.computed,
    )


def results_json(
    report: ResultsReport, *, names: Names = LAWS_OWN, public: bool = False
) -> dict[str, Any]:
    """The shape that INTERFACES promises; counts are numbers, masked ones text."""
    table = report.table
    columns: list[dict[str, Any]] = [{"area": area_name(report, one)} for one in table.areas]
    total: dict[str, Any] = {}
    for item in ResultItem:
        counts = [table.areas[area][item] for area in table.areas]
        shown: list[Value] = [*counts]
        summed: Value = table.total[item]
        if public and item is not ResultItem.MEETINGS:
            parts, summed = masked_row(counts, total=table.total[item])
            shown = [*parts]
        for column, count in zip(columns, shown, strict=True):
            column[item.value] = count
        total[item.value] = summed
    return {
        "areas": columns,
        "total": total,
        "findings": [
            {
                "item": label_of(one.item, names=names),
                "area": _column(report, one),
                "printed": one.printed,
                "computed": one.computed,
            }
            for one in report.findings
        ],
    }


def area_name(report: ResultsReport, area_id: AreaId | None) -> str:
    """The column's head."""
    return next((area.name for area in report.areas if area.id == area_id), say("results.nowhere"))


def _column(report: ResultsReport, finding: Finding) -> str:
    return TOTAL if finding.area is None else area_name(report, finding.area)


def _notes(report: ResultsReport, *, public: bool) -> list[str]:
    table = report.table
    counted = (
        ("plan_less", table.plan_less),
        ("interrupted", table.interrupted),
        ("shared", table.shared_sittings),
    )
    if public:
        return [say("results.public"), say("results.no_ranking")]
    notes = [say(f"results.{key}", count=count) for key, count in counted if count]
    return [*notes, say("results.no_ranking")]
