"""`yorisoi report …`: the figures, counted from the records at the moment of asking."""

import asyncio
import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from bots.i18n.catalogue import say
from bots.i18n.names import LAWS_OWN, Names, names_of
from bots.plainly import complain, fail, plainly
from bots.profiles.reader import ProfileWrong, resolve_profile
from bots.reports.months import month_json, month_sheet
from bots.reports.printing import csv_text, print_sheet
from bots.reports.published import PublishedWrong, read_published, shipped_sheets
from bots.reports.results import findings_lines, results_json, results_sheet
from bots.reports.sheets import Sheet
from bots.reports.workbook import WorkbookMissing, save_sheets
from bots.settings import Settings, read_settings
from core.figures.results import PrintedSheet

report_app = typer.Typer(no_args_is_help=True, help="Figures, from the records alone.")
out = Console()


class Format(StrEnum):
    """How a report is given."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


class By(StrEnum):
    """By what results are told apart."""

    AREA = "area"


AsJson = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
AsFormat = Annotated[Format, typer.Option("--format", help="How it is given.")]
OutFile = Annotated[Path | None, typer.Option("--out", help="Write it to this file.")]
Public = Annotated[bool, typer.Option("--public", help="Mask small counts, for the public.")]


@report_app.command("results")
@plainly
def results(
    since: Annotated[str, typer.Option("--from", help="First day, 2023-08-01.")],
    until: Annotated[str, typer.Option("--to", help="Last day, 2025-03-31.")],
    by: Annotated[By, typer.Option("--by", help="Told apart by.")] = By.AREA,
    compare: Annotated[
        str | None, typer.Option("--compare", help="A printed sheet: a CSV file, or a shipped one.")
    ] = None,
    format_: AsFormat = Format.TABLE,
    as_json: AsJson = False,
    to: OutFile = None,
    public: Public = False,
) -> None:
    """The table of results of a period, and where a printed sheet differs from the records."""
    from bots.records import with_records
    from bots.wiring import SystemClock
    from core.usecases.figures.report_results import report_results

    begins, ends = _day(since), _day(until)
    form = _form(format_, as_json=as_json, to=to)
    settings = read_settings().require_for_records()
    names, order = own_ways(settings)
    printed = None if compare is None else _printed(compare, names)

    async def counted(uow: Any) -> Any:
        return await report_results(
            uow,
            since=begins,
            until=ends,
            by=None,
            at=SystemClock().now(),
            tz=settings.tz,
            order=order,
            printed=printed,
        )

    report = asyncio.run(with_records(settings, counted))
    sheet = results_sheet(report, names=names, public=public)
    told = results_json(report, names=names, public=public)
    give((sheet,), told, form=form, to=to)
    if printed is not None and form is not Format.JSON:
        for line in findings_lines(report, names=names):
            (complain if form is Format.CSV and to is None else _say)(line)


@report_app.command("monthly")
@plainly
def monthly(
    month: Annotated[str, typer.Option("--month", help="The month, 2025-03.")],
    format_: AsFormat = Format.TABLE,
    as_json: AsJson = False,
    to: OutFile = None,
    public: Public = False,
) -> None:
    """The monthly report: the month and the fiscal year to its end, by area."""
    from bots.records import with_records
    from bots.wiring import SystemClock
    from core.usecases.figures.report_month import report_month

    begins = month_in(month)
    form = _form(format_, as_json=as_json, to=to)
    settings = read_settings().require_for_records()
    names, order = own_ways(settings)

    async def counted(uow: Any) -> Any:
        return await report_month(
            uow, month=begins, by=None, at=SystemClock().now(), tz=settings.tz, order=order
        )

    report = asyncio.run(with_records(settings, counted))
    sheet = month_sheet(report, names=names, public=public)
    give((sheet,), month_json(report, names=names, public=public), form=form, to=to)


def give(sheets: Sequence[Sheet], told: Any, *, form: Format, to: Path | None) -> None:
    """Print the sheets, or write them to a file."""
    if form is Format.TABLE:
        for sheet in sheets:
            print_sheet(out, sheet)
        return
    if form is Format.JSON and to is None:
        out.print_json(data=told)
        return
    if form is Format.CSV and to is None:
        typer.echo(csv_text(sheets), nl=False)
        return
    assert to is not None
    if form is Format.JSON:
        import json

        to.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    elif form is Format.CSV:
        to.write_bytes(csv_text(sheets).encode("utf-8"))
    else:
        try:
            save_sheets(sheets, to)
        except WorkbookMissing as missing:
            fail(str(missing))
    _say(say("results.written", file=to))


def own_ways(settings: Settings) -> tuple[Names, tuple[str, ...]]:
    """The town's own names, and its areas in its own order; figures wait for no profile."""
    try:
        profile = resolve_profile(settings.municipality)
    except ProfileWrong:
        return LAWS_OWN, ()
    return names_of(profile), tuple(area.code for area in profile.areas)


def month_in(text: str) -> date:
    """A month, written 2025-03."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
    if found is None or not 1 <= int(found.group(2)) <= 12:
        fail(say("results.month"), code=2)
    return date(int(found.group(1)), int(found.group(2)), 1)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        fail(say("results.period"), code=2)


def _form(form: Format, *, as_json: bool, to: Path | None) -> Format:
    """The form that was meant; a workbook needs a file."""
    if as_json:
        form = Format.JSON
    if form is Format.TABLE and to is not None:
        named = to.suffix.lstrip(".").lower()
        form = Format(named) if named in (Format.JSON, Format.CSV, Format.XLSX) else Format.CSV
    if form is Format.XLSX and to is None:
        fail(say("results.to_file"), code=2)
    return form


def _printed(source: str, names: Names) -> PrintedSheet:
    try:
        return read_published(source, names=names)
    except FileNotFoundError:
        fail(say("results.compare_nothing", shipped="、".join(shipped_sheets())))
    except PublishedWrong as wrong:
        fail(*wrong.problems)


def _say(line: str) -> None:
    out.print(line, markup=False, highlight=False, soft_wrap=True)
