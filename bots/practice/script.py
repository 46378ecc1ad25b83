"""Practice scripts: who does what when, and what the screens must show then.

A script uses only what a person sees: labels on screens. It knows phones by name and colleagues
by name; a step's `who` may be either.

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

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

import yaml

from bots.practice.clock import PracticeClock
from bots.practice.durations import later, moment
from bots.practice.line import LineEmulator
from bots.practice.refusals import NotPossible
from bots.practice.slack import SlackEmulator

VERSION: Final = 1
PHONE_VERBS: Final = ("say", "tap", "sticker", "photo", "unsend", "block", "unblock", "follow")
SLACK_VERBS: Final = ("click", "command", "shortcut", "submit", "close", "open", "choose")


class ScriptWrong(Exception):
    """The script cannot be played; names the file, the step and what is wrong with it."""


class Settle(Protocol):
    """Lets everything rest, or walks the clock."""

    async def __call__(self, until: datetime | None = None) -> None: ...


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
    """

    number: int
    line: int
    at: str | None = None
    who: str | None = None
    verb: str | None = None
    target: Any = None
    more: Mapping[str, Any] = field(default_factory=dict)
    expects: tuple[Expectation, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """A whole script; `start` is local time in Asia/Tokyo unless it says otherwise."""

    name: str
    town: str
    start: datetime | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Played:
    """How a step went; `faults` is empty when all held."""

    step: Step
    at: datetime
    said: str
    faults: tuple[str, ...]


def read_script(path: Path) -> Script:
    """Read a script file.

    Raises:
        ScriptWrong: it cannot be read, or a step is not of the form above.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"))
        # Every value stays the text that stands there: dates and 11:00 are what one types.
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
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
        at=None if raw.get("at") is None else str(raw["at"]),
        who=raw.get("who"),
        verb=verb,
        target=target,
        more=more,
        expects=tuple(_expectation(where, item, raw) for item in raw.get("expects") or ()),
    )


def _deed(where: str, does: Any) -> tuple[str | None, Any, Mapping[str, Any]]:
    if does is None:
        return None, None, {}
    if isinstance(does, str):
        does = {does: None}
    known = (*PHONE_VERBS, *SLACK_VERBS)
    verbs = [verb for verb in known if isinstance(does, dict) and verb in does]
    if len(verbs) != 1:
        raise ScriptWrong(f"{where}: does: one of {', '.join(known)}")
    more = {key: value for key, value in does.items() if key != verbs[0]}
    return verbs[0], does[verbs[0]] or None, more


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


class Player:
    """Plays a script on the emulators, and looks at their screens."""

    def __init__(
        self, *, line: LineEmulator, slack: SlackEmulator, clock: PracticeClock, settle: Settle
    ) -> None:
        self._line = line
        self._slack = slack
        self._clock = clock
        self._settle = settle

    async def play(self, script: Script, *, tell: Callable[[Played], None]) -> bool:
        """Play every step; whether all held. A step that cannot be done is a fault, too."""
        held = True
        for step in script.steps:
            played = await self._step(step)
            tell(played)
            held = held and not played.faults
        return held

    async def _step(self, step: Step) -> Played:
        faults: list[str] = []
        try:
            await self._time(step)
            if step.verb is not None:
                await self._do(step)
            await self._settle()
        except (NotPossible, LookupError, ValueError) as error:
            faults.append(str(error))
        faults += [fault for wanted in step.expects for fault in self._look(wanted)]
        return Played(step=step, at=self._clock.now(), said=_said(step), faults=tuple(faults))

    async def _time(self, step: Step) -> None:
        if step.at is None:
            return
        now = self._clock.now()
        until = later(now, duration=step.at[1:]) if step.at.startswith("+") else moment(step.at)
        await self._settle(until)

    async def _do(self, step: Step) -> None:
        who = step.who or ""
        if who in self._line.phones.names():
            await self._on_phone(who, step)
        else:
            await self._in_slack(who, step)

    async def _on_phone(self, who: str, step: Step) -> None:
        phone = self._line.phones.get(who)
        acts: dict[str, Callable[[], Awaitable[Any]]] = {
            "say": lambda: phone.say(str(step.target)),
            "tap": lambda: phone.tap(str(step.target)),
            "sticker": lambda: phone.sticker(**(step.target or {})),
            "photo": lambda: phone.photo(None),
            "unsend": lambda: phone.unsend(-1 if step.target is None else int(step.target)),
            "block": phone.block,
            "unblock": phone.unblock,
            "follow": phone.follow,
        }
        await _act(acts, step)

    async def _in_slack(self, who: str, step: Step) -> None:
        slack, target = self._slack, step.target
        acts: dict[str, Callable[[], Awaitable[Any]]] = {
            "click": lambda: slack.click(who, str(target), where=step.more.get("where")),
            "command": lambda: slack.command(who, str(target), text=step.more.get("text", "")),
            "shortcut": lambda: slack.shortcut(who, str(target)),
            "submit": lambda: slack.submit(who, dict(target or {})),
            "close": lambda: slack.close(who),
            "open": lambda: slack.open(who, str(target)),
            "choose": lambda: slack.choose(who, str(target), step.more.get("value")),
        }
        await _act(acts, step)

    def _look(self, wanted: Expectation) -> list[str]:
        try:
            shown = self._shown(wanted.who)
        except LookupError as error:
            return [str(error)]
        who = wanted.who
        missing = [f"{who}: not on the screen: {text}" for text in wanted.sees if text not in shown]
        unwanted = [f"{who}: on the screen: {text}" for text in wanted.never if text in shown]
        return missing + unwanted

    def _shown(self, who: str) -> str:
        if who in self._line.phones.names():
            screen: Any = self._line.phones.get(who).screen().as_json()
        else:
            screen = self._slack.screen(who).as_json()
        return "\n".join(_words(screen))


async def _act(acts: Mapping[str, Callable[[], Awaitable[Any]]], step: Step) -> None:
    act = acts.get(step.verb or "")
    if act is None:
        raise ValueError(f"{step.who} cannot {step.verb} there")
    await act()


def _words(value: Any, *, key: str = "") -> list[str]:
    """Every text that a screen shows; raw platform objects are not what a person sees."""
    if key in {"raw", "blocks", "user_id", "id", "ts"}:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [word for name, item in value.items() for word in _words(item, key=str(name))]
    if isinstance(value, Sequence):
        return [word for item in value for word in _words(item)]
    return []


def _said(step: Step) -> str:
    if step.verb is None:
        return "…"
    target = "" if step.target is None else json.dumps(step.target, ensure_ascii=False)
    return f"{step.who}: {step.verb} {target}".rstrip()
