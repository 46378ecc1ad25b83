"""How the command line tells one case: its whole story as tables or as JSON, and who read it."""

import dataclasses
import json
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bots.i18n.catalogue import say
from bots.i18n.names import Names
from bots.web.chapters.rows import Chapter, Voice
from bots.web.chapters.told import chapters
from bots.web.deeds import deed
from core.excuses import listed
from core.usecases.cases.show_case import CaseStory
from core.usecases.reading.who_opened import Openings

# Of the whole town, not of the case.
_OF_THE_TOWN: Final = ("staff", "agencies", "bodies", "participants", "places", "gaps")


def plain(value: Any) -> Any:
    """A record as JSON values: times and durations ISO 8601, enums their value, bytes left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"PT{round(value.total_seconds())}S"
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, set | frozenset):
        # Sets have no order of their own; told twice they are told alike.
        return sorted((plain(item) for item in value), key=json.dumps)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def case_json(story: CaseStory) -> dict[str, Any]:
    """A case's story as JSON; LINE's own ids of the person stay out of it."""
    told: dict[str, Any] = plain(story)
    for consent, line in zip(told["consents"], story.consents, strict=True):
        consent["type"] = line.type.value
    for link in (told["link"], *told["links"]):
        if link is not None:
            link.pop("line_user_id")
    for name in _OF_THE_TOWN:
        del told[name]
    return told


def tell_case(
    console: Console, story: CaseStory, tz: tzinfo, *, at: datetime, names: Names
) -> None:
    """A case's whole story."""
    case, person = story.case, story.person
    console.rule(f"{case.alias}  {say(f'CaseState.{case.state.value}', locale='ja')}")
    called = f"{person.name} ({person.kana})" if person.kana else person.name
    console.print(called, markup=False, highlight=False)
    for chapter in chapters(Voice(story=story, at=at, tz=tz, names=names)):
        if chapter.rows:
            _chapter(console, chapter)
    _letters(console, story, tz)
    _contacts(console, story, tz)
    _replies(console, story, tz)
    _trail(console, story, tz)


def openings_json(told: Openings) -> dict[str, Any]:
    """Who opened a case, as JSON."""
    return {
        "alias": told.case.alias,
        "openings": [{"number": entry.number, **plain(entry.event)} for entry in told.entries],
        "glass": [plain(glass) for glass in told.glass],
        "names": told.names,
    }


def tell_openings(console: Console, told: Openings, tz: tzinfo) -> None:
    """Who opened a case, newest first."""
    table = Table("いつ", "だれが", "できごと", "どこまで", "理由")
    for entry in told.entries:
        event = entry.event
        table.add_row(
            _when(event.at, tz),
            told.names.get(event.actor, event.actor),
            deed(event),
            _manner(event.evidence),
            Text(event.reason),
        )
    console.print(table)
    for glass in told.glass:
        found = glass.finding or "まだふりかえっていません"
        console.print(f"{_when(glass.opened_at, tz)} {glass.reason} → {found}", markup=False)


def _manner(evidence: tuple[str, ...]) -> str:
    found = [one.removeprefix("manner=") for one in evidence if one.startswith("manner=")]
    return say(f"Manner.{found[0]}", locale="ja") if found else ""


def _chapter(console: Console, chapter: Chapter) -> None:
    table = Table("いつ", "こと", "状態", "くわしく", title=chapter.title, title_justify="left")
    for row in chapter.rows:
        facts = [f"{label}: {said}" for label, said in row.facts]
        table.add_row(row.when, Text(row.title), row.chip, Text("\n".join((*facts, *row.words))))
    console.print(table)


def _when(at: datetime | None, tz: tzinfo) -> str:
    return "" if at is None else at.astimezone(tz).strftime("%Y-%m-%d %H:%M")


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
            story.names.get(letter.approved_by or "", "")
            + ("(自分で承認)" if letter.self_approved else "")
            + (
                f"(わけを読んで承認:{listed(letter.excused)})"
                if letter.approved_by and letter.excused
                else ""
            ),
            state,
            f"{_when(letter.opens_at, tz)} 〜 {_when(letter.closes_at, tz)}",
            _when(letter.sent_at, tz),
            Text(letter.body),
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
            Text(contact.note),
        )
    console.print(table)


def _replies(console: Console, story: CaseStory, tz: tzinfo) -> None:
    table = Table("いつ", "形", "ことば", title="届いた言葉", title_justify="left")
    for reply in story.replies:
        table.add_row(_when(reply.occurred_at, tz), reply.kind.value, Text(reply.text))
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
            Text(event.reason),
        )
    console.print(table)
