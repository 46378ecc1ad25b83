"""How the command line tells records: as calm tables, or as JSON."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any, Protocol

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from bots.i18n.catalogue import say
from core.cases import Case
from core.inbound import KeptEvent


class Examined(Protocol):
    """One check of the doctor."""

    @property
    def name(self) -> str: ...
    @property
    def verdict(self) -> str: ...
    @property
    def found(self) -> str: ...
    @property
    def next_step(self) -> str: ...


class PlayedStep(Protocol):
    """One played step of a script."""

    @property
    def at(self) -> datetime: ...
    @property
    def said(self) -> str: ...
    @property
    def faults(self) -> tuple[str, ...]: ...


def tell_cases(console: Console, cases: Sequence[Case]) -> None:
    """The cases, a row each."""
    table = Table("案件", "番号", "いま", "開始")
    for case in cases:
        table.add_row(
            case.alias,
            case.case_no,
            say(f"CaseState.{case.state.value}", locale="ja"),
            case.opened_on.isoformat(),
        )
    console.print(table)


def _when(at: datetime | None, tz: tzinfo) -> str:
    return "" if at is None else at.astimezone(tz).strftime("%Y-%m-%d %H:%M")


def tray_json(event: KeptEvent) -> dict[str, Any]:
    """One event of the tray; its raw original as text."""
    return {
        "received_at": event.received_at.isoformat(),
        "kind": event.kind,
        "event_key": event.event_key,
        "raw": event.raw.decode("utf-8", "replace"),
    }


def tell_tray(console: Console, kept: Sequence[KeptEvent], tz: tzinfo) -> None:
    """The 未対応 tray, newest first."""
    if not kept:
        console.print("未対応の知らせはありません。")
        return
    table = Table("いつ", "種類", "もとの知らせ")
    for event in kept:
        raw = event.raw.decode("utf-8", "replace")
        # Whatever somebody wrote is no markup of ours.
        table.add_row(_when(event.received_at, tz), event.kind, Text(raw))
    console.print(table)


def tell_checks(console: Console, checks: Sequence[Examined]) -> None:
    """The doctor's findings, each with its next step."""
    marks = {"ok": "[green]ok  [/]", "warn": "[yellow]warn[/]", "fail": "[bold]fail[/]"}
    for check in checks:
        console.print(f"{marks[check.verdict]} {check.name}: {escape(check.found)}")
        if check.verdict != "ok":
            console.print(f"       → {check.next_step}", markup=False)


def tell_played(console: Console, played: PlayedStep, tz: tzinfo) -> None:
    """One step of a script, and whether it held."""
    mark = "ok " if not played.faults else "NO "
    when = played.at.astimezone(tz).strftime("%m-%d %H:%M")
    console.print(f"{mark} {when}  {played.said}", markup=False, highlight=False)
    for fault in played.faults:
        console.print(f"      {fault}", markup=False, highlight=False)
