"""How the command line tells records: as calm tables, or as JSON."""

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo
from enum import Enum
from typing import Any, Protocol

from rich.console import Console
from rich.table import Table

from bots.i18n.catalogue import say
from bots.i18n.proofs import proof_text
from core.cases import Case
from core.inbound import KeptEvent
from core.usecases.cases.show_case import CaseStory


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


def plain(value: Any) -> Any:
    """A record as JSON values: times ISO 8601, enums their value, bytes left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(item) for item in value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def case_json(story: CaseStory) -> dict[str, Any]:
    """A case's story as JSON; LINE's own ids of the person stay out of it."""
    told: dict[str, Any] = plain(story)
    for consent, line in zip(told["consents"], story.consents, strict=True):
        consent["type"] = line.type.value
    if told["link"] is not None:
        told["link"].pop("line_user_id")
    return told


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


def tell_case(console: Console, story: CaseStory, tz: tzinfo) -> None:
    """A case's whole story."""
    case, person = story.case, story.person
    console.rule(f"{case.alias}  {say(f'CaseState.{case.state.value}', locale='ja')}")
    console.print(f"{person.name} ({person.kana})" if person.kana else person.name)
    _consents(console, story, tz)
    _letters(console, story, tz)
    _contacts(console, story, tz)
    _replies(console, story, tz)
    _trail(console, story, tz)


def _when(at: datetime | None, tz: tzinfo) -> str:
    return "" if at is None else at.astimezone(tz).strftime("%Y-%m-%d %H:%M")


def _consents(console: Console, story: CaseStory, tz: tzinfo) -> None:
    table = Table("同意", "状態", "いつ", "根拠", title="同意", title_justify="left")
    for consent in story.consents:
        table.add_row(
            consent.type.value,
            consent.state.value,
            _when(consent.since, tz),
            proof_text(consent.evidence),
        )
    console.print(table)


def _letters(console: Console, story: CaseStory, tz: tzinfo) -> None:
    table = Table(
        "書いた人",
        "承認",
        "状態",
        "届ける時間",
        "送信",
        "ことば",
        title="おたより",
        title_justify="left",
    )
    for letter in story.letters:
        state = say(f"LetterState.{letter.state.value}", locale="ja")
        if letter.reason is not None:
            state += f" ({say(f'Reason.{letter.reason.value}', locale='ja')})"
        table.add_row(
            story.names.get(letter.author_id, ""),
            story.names.get(letter.approved_by or "", ""),
            state,
            f"{_when(letter.opens_at, tz)} 〜 {_when(letter.closes_at, tz)}",
            _when(letter.sent_at, tz),
            letter.body,
        )
    console.print(table)


def _contacts(console: Console, story: CaseStory, tz: tzinfo) -> None:
    table = Table(
        "いつ", "手段", "どうだったか", "だれが", "メモ", title="接触", title_justify="left"
    )
    for contact in story.contacts:
        table.add_row(
            _when(contact.at, tz),
            say(f"ContactChannel.{contact.channel.value}", locale="ja"),
            say(f"Met.{contact.met.value}", locale="ja"),
            story.names.get(contact.by or "", ""),
            contact.note,
        )
    console.print(table)


def _replies(console: Console, story: CaseStory, tz: tzinfo) -> None:
    table = Table("いつ", "形", "ことば", title="届いた言葉", title_justify="left")
    for reply in story.replies:
        table.add_row(_when(reply.occurred_at, tz), reply.kind.value, reply.text)
    console.print(table)


def _trail(console: Console, story: CaseStory, tz: tzinfo) -> None:
    table = Table("番号", "いつ", "できごと", "だれが", "理由", title="経過", title_justify="left")
    for entry in story.trail:
        event = entry.event
        table.add_row(
            str(entry.number),
            _when(event.at, tz),
            event.action,
            story.names.get(event.actor, event.actor),
            event.reason,
        )
    console.print(table)


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
        table.add_row(_when(event.received_at, tz), event.kind, raw)
    console.print(table)


def tell_checks(console: Console, checks: Sequence[Examined]) -> None:
    """The doctor's findings, each with its next step."""
    marks = {"ok": "[green]ok  [/]", "warn": "[yellow]warn[/]", "fail": "[bold]fail[/]"}
    for check in checks:
        console.print(f"{marks[check.verdict]} {check.name}: {check.found}")
        if check.verdict != "ok":
            console.print(f"       → {check.next_step}", markup=False)


def tell_played(console: Console, played: PlayedStep, tz: tzinfo) -> None:
    """One step of a script, and whether it held."""
    mark = "ok " if not played.faults else "NO "
    when = played.at.astimezone(tz).strftime("%m-%d %H:%M")
    console.print(f"{mark} {when}  {played.said}", markup=False, highlight=False)
    for fault in played.faults:
        console.print(f"      {fault}", markup=False, highlight=False)
