"""`yorisoi case …`: cases as they are stored, and who opened them."""

import asyncio
from typing import Annotated, Any

import typer
from rich.console import Console

from bots.i18n.names import LAWS_OWN, Names, names_of
from bots.plainly import plainly
from bots.profiles.reader import ProfileWrong, resolve_profile
from bots.settings import Settings, read_settings
from bots.telling import tell_cases
from bots.telling_case import case_json, openings_json, tell_case, tell_openings

case_app = typer.Typer(no_args_is_help=True, help="Cases as they are stored.")
out = Console()
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@case_app.command("show")
@plainly
def case_show(alias: str, as_json: AsJson = False) -> None:
    """Tell a case's whole story. That it was opened becomes part of the record."""
    from bots.records import with_records
    from bots.wiring import SystemClock
    from core.usecases.cases.find_case import find_case
    from core.usecases.cases.show_case import show_case

    settings = read_settings().require_for_records()
    at = SystemClock().now()

    async def told(uow: Any) -> Any:
        case = await find_case(uow, alias=alias)
        return await show_case(uow, case_id=case.id, by=None, at=at, tz=settings.tz, most=None)

    story = asyncio.run(with_records(settings, told))
    if as_json:
        out.print_json(data=case_json(story))
    else:
        tell_case(out, story, settings.tz, at=at, names=_names(settings))


@case_app.command("opened")
@plainly
def case_opened(alias: str, as_json: AsJson = False) -> None:
    """Tell who opened a case, when and why. That it was asked becomes part of the record."""
    from bots.records import with_records
    from bots.wiring import SystemClock
    from core.usecases.cases.find_case import find_case
    from core.usecases.reading.who_opened import who_opened

    settings = read_settings().require_for_records()

    async def told(uow: Any) -> Any:
        case = await find_case(uow, alias=alias)
        return await who_opened(uow, case_id=case.id, by=None, at=SystemClock().now(), most=None)

    openings = asyncio.run(with_records(settings, told))
    if as_json:
        out.print_json(data=openings_json(openings))
    else:
        tell_openings(out, openings, settings.tz)


@case_app.command("list")
@plainly
def case_list(as_json: AsJson = False) -> None:
    """List the cases, by alias."""
    from bots.records import with_records
    from core.usecases.cases.list_cases import list_cases

    settings = read_settings().require_for_records()
    cases = asyncio.run(with_records(settings, list_cases))
    if as_json:
        out.print_json(
            data=[{"alias": c.alias, "case_no": c.case_no, "state": c.state.value} for c in cases]
        )
    else:
        tell_cases(out, cases)


def _names(settings: Settings) -> Names:
    """The town's own names. Reading the record waits for no profile: `serve` and the doctor say
    what is wrong with it."""
    try:
        return names_of(resolve_profile(settings.municipality))
    except ProfileWrong:
        return LAWS_OWN
