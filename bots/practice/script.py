"""Practice scripts: who does what when, and what the screens must show then.

A script uses only what a person sees: labels on screens. It knows phones by name and colleagues
by name; a step's `who` may be either. Played by `bots.practice.player`.

    version: 1
    town: practice
    start: 2026-11-30T09:30
    steps:
      - who: 佐藤
        does: {click: 承認する, where: A-12}
        expects:
          - {who: 佐藤, sees: 予約中}
      - at: +PT2H
        expects:
          - {who: A, sees: お返事はなくて大丈夫です}
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import yaml

from bots.practice.durations import later, moment

VERSION: Final = 1
PHONE_VERBS: Final = (
    *("say", "tap", "sticker", "photo", "unsend", "block", "unblock", "follow", "code"),
)
SLACK_VERBS: Final = ("click", "command", "shortcut", "submit", "close", "open", "choose")
PAGE_VERBS: Final = ("case", "visit", "press", "leave")
VERBS: Final = (*PHONE_VERBS, *SLACK_VERBS, *PAGE_VERBS)
BARE: Final = frozenset(
    {"sticker", "photo", "unsend", "block", "unblock", "follow", "submit", "close", "leave"}
)
"""Verbs that may stand without a target."""
BESIDE: Final[Mapping[str, frozenset[str]]] = {
    "click": frozenset({"where"}),
    "command": frozenset({"text"}),
    "choose": frozenset({"value", "where"}),
    "visit": frozenset({"where"}),
    "press": frozenset({"fill", "on", "where"}),
}
"""What may stand beside a verb."""
_SHIPPED: Final = files("bots.practice") / "stories"


class ScriptWrong(Exception):
    """The script cannot be played; names the file, the step and what is wrong with it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Expectation:
    """What a screen must (`sees`) or must not (`not_`) show."""

    who: str
    sees: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step.

    Attributes:
        number: counts from 1.
        line: line in the file, from 1.
        at: `+PT2H`, `+P14D` (from the step before) or a date and time; None: at once.
        verb, target, more: what is done, with what.
        note: for readers.
    """

    number: int
    line: int
    at: str | None = None
    who: str | None = None
    verb: str | None = None
    target: Any = None
    more: Mapping[str, Any] = field(default_factory=dict)
    expects: tuple[Expectation, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """A whole script.

    Attributes:
        title, summary: for readers of the menu; the title is the file's name if it has none.
        start: local time in Asia/Tokyo unless it says otherwise.
    """

    name: str
    title: str
    summary: str
    town: str
    start: datetime | None
    steps: tuple[Step, ...]


def shipped_stories() -> tuple[str, ...]:
    """Names of the scripts that ship with the product, in the order of their files."""
    return tuple(
        sorted(
            entry.name.removesuffix(".yaml")
            for entry in _SHIPPED.iterdir()
            if entry.name.endswith(".yaml")
        )
    )


def read_script(source: Path | str) -> Script:
    """Read a script: a file, or a shipped one by its name.

    Raises:
        ScriptWrong: it cannot be read, or a step is not of the form above.
    """
    shipped = str(source) in shipped_stories()
    path = Path(f"{source}.yaml") if shipped else Path(source)
    try:
        written = ((_SHIPPED / path.name) if shipped else path).read_text(encoding="utf-8")
        root = yaml.compose(written)
        # Every value stays the text that stands there: dates and 11:00 are what one types.
        raw = yaml.load(written, Loader=yaml.BaseLoader)
    except (OSError, yaml.YAMLError) as error:
        raise ScriptWrong(f"{path}: {error}") from error
    if not isinstance(raw, dict) or raw.get("version") != str(VERSION):
        raise ScriptWrong(f"{path}: version: {VERSION} is expected at the top")
    steps = raw.get("steps")
    if not isinstance(steps, list) or not steps:
        raise ScriptWrong(f"{path}: steps: at least one step is expected")
    lines = _lines_of_steps(root)
    start = raw.get("start")
    return Script(
        name=path.stem,
        title=str(raw.get("title") or path.stem),
        summary=str(raw.get("summary") or ""),
        town=str(raw.get("town", "practice")),
        start=None if start is None else _start(path, start),
        steps=tuple(
            _step(path, number, line, step)
            for number, (line, step) in enumerate(zip(lines, steps, strict=True), start=1)
        ),
    )


def _lines_of_steps(root: Any) -> list[int]:
    for key, value in root.value:
        if key.value == "steps":
            return [item.start_mark.line + 1 for item in value.value]
    return []


def _start(path: Path, start: Any) -> datetime:
    try:
        return moment(str(start))
    except ValueError as error:
        raise ScriptWrong(f"{path}: start: a date and time is expected") from error


def _step(path: Path, number: int, line: int, raw: Any) -> Step:
    where = f"{path}:{line}: step {number}"
    if not isinstance(raw, dict):
        raise ScriptWrong(f"{where}: a step has at, who, does, expects")
    unknown = sorted(set(raw) - {"at", "who", "does", "expects", "note"})
    if unknown:
        raise ScriptWrong(f"{where}: unknown: {', '.join(unknown)}")
    verb, target, more = _deed(where, raw.get("does"))
    if verb is not None and not isinstance(raw.get("who"), str):
        raise ScriptWrong(f"{where}: who does it?")
    return Step(
        number=number,
        line=line,
        at=_time(where, raw.get("at")),
        who=raw.get("who"),
        verb=verb,
        target=target,
        more=more,
        expects=tuple(_expectation(where, item, raw) for item in _expected(raw)),
        note=str(raw.get("note") or ""),
    )


def _time(where: str, at: Any) -> str | None:
    if at is None:
        return None
    written = str(at)
    try:
        if written.startswith("+"):
            later(moment("2026-01-01T00:00"), duration=written[1:])
        else:
            moment(written)
    except ValueError as error:
        raise ScriptWrong(f"{where}: at: +PT2H, +P14D or a date and time") from error
    return written


def _expected(step: Mapping[str, Any]) -> list[Any]:
    expects = step.get("expects") or []
    return expects if isinstance(expects, list) else [expects]


def _deed(where: str, does: Any) -> tuple[str | None, Any, Mapping[str, Any]]:
    if does is None:
        return None, None, {}
    if isinstance(does, str):
        does = {does: None}
    verbs = [verb for verb in VERBS if isinstance(does, dict) and verb in does]
    if len(verbs) != 1:
        raise ScriptWrong(f"{where}: does: one of {', '.join(VERBS)}")
    verb, target = verbs[0], does[verbs[0]] or None
    if target is None and verb not in BARE:
        raise ScriptWrong(f"{where}: {verb}: what?")
    more = {key: value for key, value in does.items() if key != verb}
    unknown = sorted(set(more) - BESIDE.get(verb, frozenset()))
    if unknown:
        raise ScriptWrong(f"{where}: {verb}: unknown: {', '.join(unknown)}")
    _forms(where, verb, target if verb == "submit" else more.get("fill"))
    return verb, target, more


def _forms(where: str, verb: str, values: Any) -> None:
    if values not in (None, "") and not isinstance(values, dict):
        raise ScriptWrong(f"{where}: {verb}: values by label are expected, {{label: value}}")


def _expectation(where: str, item: Any, step: Mapping[str, Any]) -> Expectation:
    if isinstance(item, str):
        item = {"sees": item}
    if not isinstance(item, dict) or not set(item) <= {"who", "sees", "not"}:
        raise ScriptWrong(f"{where}: expects: who, sees, not")
    who = item.get("who", step.get("who"))
    if not isinstance(who, str):
        raise ScriptWrong(f"{where}: expects: who sees it?")
    return Expectation(who=who, sees=_texts(item.get("sees")), never=_texts(item.get("not")))


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(text) for text in (value if isinstance(value, list) else [value]))
