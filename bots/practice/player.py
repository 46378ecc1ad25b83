"""Plays a practice script on the emulators and the staff pages, and looks at their screens."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from bots.practice.clock import PracticeClock
from bots.practice.durations import later, moment
from bots.practice.line import LineEmulator
from bots.practice.pages import Pages
from bots.practice.phone_pages import PhonePages
from bots.practice.refusals import NotPossible
from bots.practice.script import PAGE_VERBS, Expectation, Script, Step
from bots.practice.slack import SlackEmulator

CODE: Final = re.compile(r'"([0-9A-Z]{4,6}-[0-9A-Z]{4,6})"')


class Settle(Protocol):
    """Lets everything rest, or walks the clock."""

    async def __call__(self, until: datetime | None = None) -> None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One look at one screen: whether `text` was there, as `wanted` says, or not."""

    who: str
    text: str
    wanted: bool
    held: bool

    @property
    def fault(self) -> str:
        """What is wrong, for the log."""
        place = "not on the screen" if self.wanted else "on the screen"
        return f"{self.who}: {place}: {self.text}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Played:
    """How a step went; `faults` is empty when all held.

    Attributes:
        refused: why the step could not be done, in the words of the screen; None if it could.
    """

    step: Step
    at: datetime
    said: str
    faults: tuple[str, ...]
    checks: tuple[Check, ...] = ()
    refused: str | None = None


class Player:
    """Plays a script on the emulators, and looks at their screens."""

    def __init__(
        self,
        *,
        line: LineEmulator,
        slack: SlackEmulator,
        pages: Pages,
        clock: PracticeClock,
        settle: Settle,
    ) -> None:
        self._line = line
        self._slack = slack
        self._pages = pages
        self._phone_pages = PhonePages(line, pages)
        self._clock = clock
        self._settle = settle

    async def play(self, script: Script, *, tell: Callable[[Played], None]) -> bool:
        """Play every step; whether all held. A step that cannot be done is a fault, too."""
        held = True
        for step in script.steps:
            played = await self.step(step)
            tell(played)
            held = held and not played.faults
        return held

    def is_phone(self, who: str) -> bool:
        """Whether this is somebody's phone; else it is a colleague's desk."""
        return who in self._line.phones.names()

    async def step(self, step: Step) -> Played:
        """Play one step and look at what it expects."""
        refused: str | None = None
        try:
            await self._time(step)
            if step.verb is not None:
                await self._do(step)
            await self._settle()
        except NotPossible as refusal:
            there = f" ({' / '.join(refusal.labels)})" if refusal.labels else ""
            refused = f"{refusal.sentence}{there}"
        except (LookupError, ValueError) as error:
            refused = str(error)
        checks, unknown = self._look_all(step.expects)
        faults = [] if refused is None else [refused]
        faults += [*unknown, *(check.fault for check in checks if not check.held)]
        return Played(
            step=step,
            at=self._clock.now(),
            said=_said(step),
            faults=tuple(faults),
            checks=checks,
            refused=refused,
        )

    async def _time(self, step: Step) -> None:
        if step.at is None:
            return
        now = self._clock.now()
        until = later(now, duration=step.at[1:]) if step.at.startswith("+") else moment(step.at)
        await self._settle(until)

    async def _do(self, step: Step) -> None:
        who = step.who or ""
        if self.is_phone(who):
            await self._on_phone(who, step)
        elif step.verb in PAGE_VERBS:
            await self._on_page(who, step)
        else:
            await self._in_slack(who, step)

    async def _on_phone(self, who: str, step: Step) -> None:
        phone, pages = self._line.phones.get(who), self._phone_pages
        fill, where = step.more.get("fill"), step.more.get("where")
        if step.verb == "leave":
            pages.leave(who)
            return
        acts: dict[str, Callable[[], Awaitable[Any]]] = {
            "say": lambda: phone.say(str(step.target)),
            "tap": lambda: pages.tap(who, str(step.target)),
            "press": lambda: pages.press(who, str(step.target), values=fill, where=where),
            "sticker": lambda: phone.sticker(**(step.target or {})),
            "photo": lambda: phone.photo(None),
            "unsend": lambda: phone.unsend(-1 if step.target is None else int(step.target)),
            "block": phone.block,
            "unblock": phone.unblock,
            "follow": phone.follow,
            "code": lambda: phone.say(self._code_from(str(step.target))),
        }
        await _act(acts, step)

    def _code_from(self, who: str) -> str:
        """The one-time code that a colleague's Slack showed last, and that is on paper now.

        Raises:
            LookupError: it showed none.
        """
        shown = json.dumps(self._slack.screen(who).as_json(), ensure_ascii=False)
        codes = CODE.findall(shown)
        if not codes:
            raise LookupError(f"{who}: no one-time code on the screen")
        return str(codes[-1])

    async def _in_slack(self, who: str, step: Step) -> None:
        slack, target, more = self._slack, step.target, step.more
        where = more.get("where")
        acts: dict[str, Callable[[], Awaitable[Any]]] = {
            "click": lambda: slack.click(who, str(target), where=where),
            "command": lambda: slack.command(who, str(target), text=more.get("text", "")),
            "shortcut": lambda: slack.shortcut(who, str(target)),
            "submit": lambda: slack.submit(who, dict(target or {})),
            "close": lambda: slack.close(who),
            "open": lambda: slack.open(who, str(target)),
            "choose": lambda: slack.choose(who, str(target), more.get("value"), where=where),
        }
        await _act(acts, step)

    async def _on_page(self, who: str, step: Step) -> None:
        pages, target, more = self._pages, str(step.target), step.more
        where = more.get("where")
        if step.verb == "leave":
            pages.leave(who)
        elif step.verb == "case":
            await pages.case(who, target)
        elif step.verb == "visit":
            await pages.visit(who, target, where=where)
        else:
            if more.get("on"):
                await pages.case(who, more["on"])
            await pages.press(who, target, values=more.get("fill"), where=where)

    def _look_all(self, expects: Sequence[Expectation]) -> tuple[tuple[Check, ...], list[str]]:
        checks: list[Check] = []
        unknown: list[str] = []
        for wanted in expects:
            try:
                shown = self._shown(wanted.who)
            except LookupError as error:
                unknown.append(str(error))
                continue
            for text in wanted.sees:
                checks.append(Check(who=wanted.who, text=text, wanted=True, held=text in shown))
            for text in wanted.never:
                held = text not in shown
                checks.append(Check(who=wanted.who, text=text, wanted=False, held=held))
        return tuple(checks), unknown

    def _shown(self, who: str) -> str:
        if self.is_phone(who):
            talk = _words(self._line.phones.get(who).screen().as_json())
            return "\n".join((*talk, self._phone_pages.words(who)))
        slack = _words(self._slack.screen(who).as_json())
        return "\n".join((*slack, self._pages.words(who)))


async def _act(acts: Mapping[str, Callable[[], Awaitable[Any]]], step: Step) -> None:
    act = acts.get(step.verb or "")
    if act is None:
        raise ValueError(f"{step.who} cannot {step.verb} there")
    await act()


def _words(value: Any, *, key: str = "") -> list[str]:
    """Every text that a screen shows; raw platform objects are not what a person sees."""
    if key in {"raw", "blocks", "user_id", "id", "ts", "opened_url"}:
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
        return step.note or "…"
    target = "" if step.target is None else json.dumps(step.target, ensure_ascii=False)
    return f"{step.who}: {step.verb} {target}".rstrip()
