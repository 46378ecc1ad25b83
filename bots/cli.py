"""`yorisoi`: every command that an operator types.

Exit 0: done. 1: refused, or a check failed; the rule and the sentence are on stderr. 2: used
wrongly. Nothing that a person can cause shows a traceback.
"""

import asyncio
import json
import logging
import signal
import sys
from collections.abc import Coroutine
from datetime import datetime
from typing import Annotated, Any, Final, TypeVar
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from bots.case_commands import case_app
from bots.form_commands import forms_app
from bots.plainly import complain, fail, plainly
from bots.report_commands import report_app
from bots.settings import Settings, read_settings
from bots.telling import tell_checks, tell_played, tell_tray, tray_json
from bots.town.reader import read_town, town_schema
from core.lint import Proofreader, TextKind

T = TypeVar("T")
PRACTICE_PORT: Final = 8010

app = typer.Typer(
    name="yorisoi",
    help="Yorisoi (寄り添い): approved letters over LINE, casework over Slack.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
audit_app = typer.Typer(no_args_is_help=True, help="The hash-chained record.")
app.add_typer(case_app, name="case")
app.add_typer(forms_app, name="forms")
app.add_typer(report_app, name="report")
app.add_typer(audit_app, name="audit")
out = Console()
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


@app.command()
@plainly
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    no_work: Annotated[bool, typer.Option("--no-work", help="No ticks and no delivery.")] = False,
) -> None:
    """Migrate, then answer webhooks and pages, and run ticks and delivery."""
    import uvicorn

    from bots.app import build_app
    from bots.logs import set_up_logs
    from bots.memory import settle_heap
    from bots.wiring import House

    settings = read_settings().require_for_serving()
    set_up_logs()
    uvicorn.run(
        build_app(House(settings), work=not no_work, on_start=settle_heap),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=10,
    )


@app.command()
@plainly
def work() -> None:
    """Run ticks and delivery only; any number of these on one PostgreSQL."""
    import uvloop

    from bots.logs import set_up_logs
    from bots.memory import settle_heap
    from bots.wiring import House

    settings = read_settings().require_for_serving()
    set_up_logs()

    async def until_stopped() -> None:
        stop = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        house = House(settings)
        await house.start()
        try:
            await settle_heap()
            await stop.wait()
        finally:
            await house.aclose()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(until_stopped())


@app.command()
@plainly
def practice(
    port: Annotated[int, typer.Option(help="Port of the practice page.")] = PRACTICE_PORT,
    town: Annotated[str | None, typer.Option(help="Town file or name.")] = None,
    at: Annotated[str | None, typer.Option(help="When the clock starts, ISO 8601.")] = None,
    script: Annotated[
        str | None, typer.Option(help="Play this script, a file or a shipped story, and stop.")
    ] = None,
) -> None:
    """Practise: the product between an emulated LINE and an emulated Slack, with no account."""
    from bots.calendar import public_holidays
    from bots.logs import set_up_logs
    from bots.practice.script import ScriptWrong, read_script
    from bots.rehearsal_run import play, serve_practice
    from bots.theatre import practice_start

    set_up_logs(level=logging.WARNING)
    tz = ZoneInfo("Asia/Tokyo")
    try:
        wanted = None if script is None else read_script(script)
        begins = _moment(at, tz) if at else (wanted.start if wanted and wanted.start else None)
    except (ScriptWrong, ValueError) as error:
        fail(str(error), code=2)
    start = begins or practice_start(tz)
    closed = public_holidays(start.year)
    name = town or (wanted.town if wanted else "practice")
    read = read_town(name, at=start, tz=tz, closed_days=closed)
    if wanted is None:
        serve_practice(read, at=start, port=port)
        return
    held = _run(play(wanted, read, at=start, tell=lambda played: tell_played(out, played, tz)))
    if not held:
        raise typer.Exit(1)


@app.command()
@plainly
def load(
    town: Annotated[str | None, typer.Argument(help="YAML file, or a shipped town's name.")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema.")] = False,
    as_json: AsJson = False,
) -> None:
    """Load a town: all of it or nothing; twice changes nothing."""
    if schema:
        out.print_json(data=town_schema())
        return
    if town is None:
        fail("どの町を読み込みますか。ファイルか、用意された町の名前を書いてください。", code=2)
    settings = read_settings().require_for_records()
    changed = _run(_load(settings, town))
    if as_json:
        out.print_json(data=changed)
    elif not sum(changed.values()):
        out.print("変わったところはありません。")
    else:
        kinds = "、".join(f"{kind} {count}" for kind, count in changed.items() if count)
        out.print(f"読み込みました: {kinds}")


async def _load(settings: Settings, town: str) -> dict[str, int]:
    from bots.calendar import public_holidays
    from bots.loading import load_whole
    from bots.records import open_records
    from bots.wiring import SystemClock
    from storage.migrate import migrate

    now = SystemClock().now()
    closed = public_holidays(now.year)
    read = read_town(town, at=now, tz=settings.tz, closed_days=closed, proof=_proof())
    if read.code != settings.municipality_code:
        fail(
            f"この町のコードは {read.code} ですが、設定は {settings.municipality_code} です。",
            f"YORISOI_MUNICIPALITY={read.code} にしてから、もう一度読み込んでください。",
        )
    await migrate(settings.database_url)
    store, uow = open_records(settings)
    try:
        return await load_whole(uow, read, at=now, tz=settings.tz, closed_days=closed)
    finally:
        await store.close()


@app.command()
@plainly
def tray(as_json: AsJson = False) -> None:
    """Show what LINE sent and nobody could read (未対応). That it was opened is recorded."""
    from bots.records import with_records
    from bots.wiring import SystemClock
    from core.usecases.inbound.show_tray import show_tray

    settings = read_settings().require_for_records()

    async def shown(uow: Any) -> Any:
        return await show_tray(uow, by=None, at=SystemClock().now())

    kept = _run(with_records(settings, shown))
    if as_json:
        out.print_json(data=[tray_json(event) for event in kept])
    else:
        tell_tray(out, kept, settings.tz)


@app.command()
@plainly
def migrate() -> None:
    """Bring the database to this version's form."""
    from storage.migrate import current
    from storage.migrate import migrate as bring_up

    settings = read_settings()
    _run(bring_up(settings.database_url))
    out.print(f"データベースは {_run(current(settings.database_url))} です。")


@app.command()
@plainly
def manifest() -> None:
    """Print the Slack app manifest for this town's address."""
    from bots.slack.manifest import manifest as of_app

    settings = read_settings()
    out.print_json(json.dumps(of_app(settings.public_url), ensure_ascii=False))


@app.command()
@plainly
def lint(
    texts: Annotated[
        list[str] | None, typer.Argument(help="Texts; from stdin, one a line, when none is given.")
    ] = None,
    kind: Annotated[str, typer.Option(help="FIRST, CHECK_IN, LEAFLET, CRISIS ...")] = "CHECK_IN",
    as_json: AsJson = False,
) -> None:
    """Read texts as letters are read before approval: codes, reasons and a softer line."""
    from bots.proofreading import as_json as json_of
    from bots.proofreading import kind_named, proofread_texts, tell, verdict
    from bots.wiring import SystemClock

    wanted = kind_named(kind)
    if wanted is None:
        fail(
            f"「{kind}」という種類はありません。{'、'.join(TextKind)} から選んでください。", code=2
        )
    given = texts or [line for line in sys.stdin.read().splitlines() if line.strip()]
    if not given:
        fail("確かめる文を書いてください。標準入力からは、1行に1つずつ読みます。", code=2)
    at, proof = SystemClock().now(), _proof()
    read = proofread_texts(given, kind=wanted, at=at, proof=proof)
    for text, findings in read:
        if as_json:
            print(json_of(findings))
        else:
            tell(out, text, findings)
    if any(verdict(findings) == "block" for _, findings in read):
        raise typer.Exit(1)


def _proof() -> Proofreader:
    """The reader of the town that the settings name; of no town where they name none."""
    from bots.profiles.reader import ProfileWrong, resolve_profile
    from bots.proofreading import proofreader

    settings = read_settings()
    try:
        profile = resolve_profile(settings.municipality)
    except ProfileWrong:
        profile = None
    return proofreader(
        tz=settings.tz,
        public_url=settings.public_url,
        profile=profile,
        mode=settings.line_mode,
    )


@audit_app.command("verify")
@plainly
def audit_verify(as_json: AsJson = False) -> None:
    """Walk the hash chain, and look for anything that was sent unapproved."""
    from bots.records import with_records
    from core.usecases.trail.check_sent import check_sent
    from core.usecases.trail.count_self_approved import count_self_approved
    from core.usecases.trail.verify_trail import verify_trail

    settings = read_settings().require_for_records()

    async def both(uow: Any) -> Any:
        return await verify_trail(uow), await check_sent(uow), await count_self_approved(uow)

    verified, unapproved, own = _run(with_records(settings, both))
    whole = verified.broken is None and not unapproved
    if as_json:
        broken = verified.broken
        out.print_json(
            data={
                "links": verified.walked,
                "broken": None
                if broken is None
                else {"number": broken.number, "found": broken.found},
                "sent_unapproved": list(unapproved),
                "sent_self_approved": own,
            }
        )
    else:
        out.print(f"記録 {verified.walked} 件のつながりを確かめました。")
        if verified.broken is not None:
            complain(f"{verified.broken.number} 件目が合いません: {verified.broken.found}")
        out.print(f"承認なしに送られたおたより: {len(unapproved)} 件")
        out.print(f"書いた人が自分で承認したおたより(理由つき): {own} 件")
    if not whole:
        raise typer.Exit(1)


@app.command()
@plainly
def doctor(as_json: AsJson = False) -> None:
    """Look at everything that service needs, and say the next step for each."""
    from bots.examining import examine_house

    checks = _run(examine_house())
    if as_json:
        out.print_json(data=[check.as_json() for check in checks])
    else:
        tell_checks(out, checks)
    if any(check.verdict == "fail" for check in checks):
        raise typer.Exit(1)


def _moment(text: str, tz: ZoneInfo) -> datetime:
    at = datetime.fromisoformat(text)
    return at.replace(tzinfo=tz) if at.tzinfo is None else at


def main() -> None:
    """Entry point."""
    sys.exit(app())


if __name__ == "__main__":
    main()
