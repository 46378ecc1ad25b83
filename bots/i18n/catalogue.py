"""The catalogue of sentences: what staff read, in Japanese and English.

A key is `section.name`; values of core's enums stand under the enum's own name. A sentence that
lacks a fact is a bug and raises; nothing is half-said.
"""

import enum
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Final

from core.access import Action
from core.cases import CaseState
from core.errors import CaseworkError
from core.letters import LetterState
from core.lint import UNQUOTED, Finding, WordingBlocked
from core.people import LinkState
from core.quota import QuotaSeen

LOCALES: Final = ("ja", "en")
DEFAULT_LOCALE: Final = "ja"
JST: Final = timezone(timedelta(hours=9), "JST")
# Enough to find the place again.
QUOTED_MOST: Final = 40
_STATES: Final = (LetterState, LinkState, CaseState)


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """A refusal as a colleague reads it.

    Attributes:
        rule: rule id, such as `G-06`.
        sentence: what is.
        next_step: what can be done.
    """

    rule: str
    sentence: str
    next_step: str

    @property
    def text(self) -> str:
        """All of it in one line, the rule in brackets: what is (rule), what can be done."""
        if self.sentence.endswith("。"):
            return f"{self.sentence[:-1]}({self.rule})。{self.next_step}"
        return f"{self.sentence} ({self.rule}) {self.next_step}"


def speaks(locale: str | None) -> str:
    """The language to use for a Slack locale or a staff entry, such as `en-US`."""
    language = (locale or DEFAULT_LOCALE).split("-")[0].lower()
    return language if language in LOCALES else DEFAULT_LOCALE


def say(key: str, *, locale: str = DEFAULT_LOCALE, **facts: object) -> str:
    """The sentence under `section.name`, filled with its facts.

    Raises:
        KeyError: there is no such sentence, or a fact is missing.
    """
    return _entry(key, locale=locale).format_map(facts)


def word(member: enum.Enum, *, locale: str = DEFAULT_LOCALE) -> str:
    """The word for a value of one of core's enums."""
    return _entry(f"{type(member).__name__}.{member.value}", locale=locale)


def day(on: date, *, locale: str = DEFAULT_LOCALE) -> str:
    """A local day, such as 11月21日(土)."""
    months = _catalogue(locale)["dates"].get("months", "").split()
    return say(
        "dates.day",
        locale=locale,
        month=on.month,
        day=on.day,
        weekday=_weekdays(locale)[on.weekday()],
        month_name=months[on.month - 1] if months else "",
    )


def moment(
    at: datetime, *, locale: str = DEFAULT_LOCALE, tz: tzinfo = JST, zoned: bool = False
) -> str:
    """An aware time as local time, such as 11月21日(土) 10:30; `zoned` adds JST."""
    local = at.astimezone(tz)
    return say(
        "dates.zoned" if zoned else "dates.moment",
        locale=locale,
        date=day(local.date(), locale=locale),
        time=f"{local:%H:%M}",
        zone=local.tzname() or "",
    )


def quota_line(seen: QuotaSeen, *, locale: str = DEFAULT_LOCALE) -> str:
    """How LINE's month stands, in one line."""
    facts = {"used": seen.used, "most": seen.most, "reserved": seen.reserved}
    if seen.most is None:
        return say("quota.none", locale=locale, **facts)
    if seen.rests:
        return say("quota.full", locale=locale, **facts)
    short = seen.reserved > seen.most - seen.used
    return say("quota.short" if short else "quota.limited", locale=locale, **facts)


def refusal(error: CaseworkError, *, locale: str = DEFAULT_LOCALE, tz: tzinfo = JST) -> Refusal:
    """The sentence, next step and rule of a refusal, found by its class's name.

    Raises:
        KeyError: the catalogue does not know this refusal.
    """
    facts = _facts(error, locale=locale, tz=tz)
    entry = _catalogue(locale)["refusals"][error.code]
    needed = _needs(entry["sentence"])
    sentence = entry["sentence"] if needed <= facts.keys() else entry["plain"]
    step = entry["next"] if _needs(entry["next"]) <= facts.keys() else entry["next_plain"]
    return Refusal(
        rule=error.rule,
        sentence=sentence.format_map(facts),
        next_step=step.format_map(facts),
    )


def findings_text(findings: Iterable[Finding], *, locale: str = DEFAULT_LOCALE) -> str:
    """What the wording check found, in words; private things are named but not repeated."""
    said = dict.fromkeys(finding_text(finding, locale=locale) for finding in findings)
    return ("、" if locale == "ja" else "; ").join(said)


def finding_text(finding: Finding, *, locale: str = DEFAULT_LOCALE) -> str:
    """Why one thing was found, with the words themselves unless they are private."""
    reason = say(f"lint.reasons.{finding.reason}", locale=locale)
    if finding.text and finding.code not in UNQUOTED:
        reason = say("lint.quoted", locale=locale, reason=reason, text=_short(finding.text))
    return say("lint.in_alt", locale=locale, reason=reason) if finding.in_alt else reason


def softer_text(finding: Finding, *, locale: str = DEFAULT_LOCALE) -> str:
    """What can be written, or done, instead."""
    return say(f"lint.softer.{finding.softer}", locale=locale)


def findings_lines(findings: Iterable[Finding], *, locale: str = DEFAULT_LOCALE) -> list[str]:
    """Each thing found, once, with what can be written instead."""
    lines = (
        say(
            "lint.with_softer",
            locale=locale,
            reason=finding_text(finding, locale=locale),
            softer=softer_text(finding, locale=locale),
        )
        for finding in findings
    )
    return list(dict.fromkeys(lines))


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= QUOTED_MOST else f"{one_line[: QUOTED_MOST - 1]}…"


def keys(locale: str) -> frozenset[str]:
    """Every key of one language, dotted."""
    return frozenset(_dotted(_catalogue(locale)))


def needs(key: str, *, locale: str) -> frozenset[str]:
    """The facts that a sentence asks for."""
    return frozenset(_needs(_entry(key, locale=locale)))


def _facts(error: CaseworkError, *, locale: str, tz: tzinfo) -> dict[str, str]:
    facts: dict[str, str] = {}
    for name, value in error.facts.items():
        if name in ("at", "next"):
            facts[name] = moment(datetime.fromisoformat(value), locale=locale, tz=tz, zoned=True)
        elif name in ("state", "to"):
            facts[name] = _state(value, locale=locale)
        elif name == "action":
            facts[name] = word(Action(value), locale=locale)
        else:
            facts[name] = value
    if isinstance(error, WordingBlocked):
        facts["reasons"] = findings_text(error.findings, locale=locale)
        facts.pop("found", None)
        if error.excusable:
            facts["excuse"] = say("letters.excuse", locale=locale)
    return facts


def _state(value: str, *, locale: str) -> str:
    for states in _STATES:
        if value in states.__members__:
            return word(states[value], locale=locale)
    return value


def _weekdays(locale: str) -> list[str]:
    listed = str(_catalogue(locale)["dates"]["weekdays"])
    return listed.split() if " " in listed else list(listed)


def _needs(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@cache
def _entry(key: str, *, locale: str) -> str:
    found: Any = _catalogue(locale)
    for part in key.split("."):
        found = found[part]
    if not isinstance(found, str):
        raise KeyError(key)
    return found


def _dotted(table: Mapping[str, Any], prefix: str = "") -> Iterable[str]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _dotted(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


@cache
def _catalogue(locale: str) -> dict[str, Any]:
    path = Path(__file__).with_name(f"{speaks(locale)}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
