"""`yorisoi forms …`: official forms as workbooks."""

import asyncio
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from bots.i18n.catalogue import say
from bots.i18n.names import Names
from bots.plainly import fail, plainly
from bots.profiles.reader import ProfileWrong, resolve_profile
from bots.report_commands import own_ways
from bots.reports.forms.blocks import Paper
from bots.reports.forms.drawing import save_forms
from bots.reports.forms.intake import intake_papers
from bots.reports.forms.own import own_sheet
from bots.reports.forms.plans import evaluation_paper, plan_paper
from bots.reports.workbook import WorkbookMissing, save_sheets
from bots.settings import Settings, read_settings
from core.forms import FormFacts, FormKind, own_form
from core.municipal_profiles.own_forms import OwnForm
from core.programmes import Programme

forms_app = typer.Typer(no_args_is_help=True, help="Official forms (帳票), for paper.")
out = Console()


class OfProgramme(StrEnum):
    """The programmes that have forms."""

    MULTI_AGENCY = "multi_agency"
    PARTICIPATION = "participation"
    OUTREACH = "outreach"


@forms_app.command("export")
@plainly
def forms_export(
    alias: str,
    form: Annotated[FormKind, typer.Option("--form", help="Which form.")],
    programme: Annotated[OfProgramme, typer.Option("--programme", help="Of which programme.")],
    to: Annotated[Path, typer.Option("--out", help="The workbook to write, FILE.xlsx.")],
    own: Annotated[
        str, typer.Option("--own", help="A form of the town's own, in the place of the intake's.")
    ] = "",
) -> None:
    """Write a form of a case. Who took it out becomes part of the record."""
    from bots.records import with_records
    from bots.wiring import SystemClock
    from core.usecases.cases.find_case import find_case
    from core.usecases.forms.export_form import export_form

    if to.suffix.lower() != ".xlsx":
        fail(say("forms.to_xlsx"), code=2)
    if own and form is not FormKind.INTAKE:
        fail(say("forms.own_of_intake"), code=2)
    settings = read_settings().require_for_records()
    names, _ = own_ways(settings)
    # Before anything is taken out of the record.
    instead = own_form(_own_forms(settings), own) if own else None

    async def taken(uow: Any) -> Any:
        case = await find_case(uow, alias=alias)
        return await export_form(
            uow,
            case_id=case.id,
            form=form,
            programme=Programme(programme.value),
            by=None,
            at=SystemClock().now(),
            tz=settings.tz,
        )

    facts = asyncio.run(with_records(settings, taken))
    try:
        if instead is None:
            save_forms(papers_of(facts, names=names, own_forms=_own_forms(settings)), to)
        else:
            save_sheets([own_sheet(facts, instead, names=names)], to)
    except WorkbookMissing as missing:
        fail(str(missing))
    out.print(say("results.written", file=to), markup=False, highlight=False, soft_wrap=True)


def _own_forms(settings: Settings) -> tuple[OwnForm, ...]:
    try:
        return resolve_profile(settings.municipality).forms
    except ProfileWrong:
        return ()


def papers_of(
    facts: FormFacts, *, names: Names, own_forms: Iterable[OwnForm] = ()
) -> tuple[Paper, ...]:
    """The papers of a form, a tab each."""
    if facts.form is FormKind.INTAKE:
        return tuple(intake_papers(facts, names=names, own_forms=own_forms))
    assert facts.plan is not None
    if facts.form is FormKind.PLAN:
        return (plan_paper(facts, facts.plan, names=names),)
    return (evaluation_paper(facts, facts.plan, names=names),)
