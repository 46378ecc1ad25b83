"""The wording check on a corpus of labelled letters: precision and recall, and time per letter.

The corpus was written for this purpose (`corpus_of_letters/`). On `development` the rules were
tuned; of its files `first_held_out` was held out until it had been looked at, `families_check`,
`families_check_2`, `ordinary` and `voices_2` to `voices_8` were each read once, unseen, before
anything was mended for them, and `first_fresh` was written by somebody who had read neither the
rules nor the other texts. `held out` is every third of `voices` by the hash of its text, by the
same hand; it was read once at the end, and a few of its faults were mended since. `fresh` is by
a second writer who knew neither; it was read once, and nothing was mended for it.
A line is `codes<TAB>kind<TAB>text`; `-` is a text that passes; a code in brackets may be found
and need not be.
"""

import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bots.morphology import SudachiMorphology
from core.lint import Finding, LetterContext, Proofreader, TextKind

CORPUS: Final = Path(__file__).with_name("corpus_of_letters")
# Each part and its files.
PARTS: Final = {
    "development": (
        "development",
        "first_held_out",
        "families",
        "families_check",
        "families_check_2",
        "ordinary",
        "first_fresh",
        "voices",
        *(f"voices_{number}" for number in range(2, 9)),
    ),
    "held out": ("voices_held_out",),
    "fresh": ("fresh",),
}
BLOCKING: Final = tuple(f"L{n}" for n in (1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15))
TODAY: Final = date(2026, 11, 30)
# What was sent to everybody in the corpus within the year (L10).
EARLIER: Final = ("同じ言葉を、もう一度送ります。こちらは雪です。",)
# Blocked texts are found, and what is found is blocked with reason, so often at least.
GOAL: Final = 0.95
# A whole letter, in milliseconds.
TIME_GOAL_MS: Final = 5.0


@dataclass(frozen=True)
class Labelled:
    """A text of the corpus.

    Attributes:
        codes: that have to be found.
        also: that may be found.
    """

    text: str
    kind: TextKind
    codes: frozenset[str]
    also: frozenset[str]

    @property
    def blocks(self) -> bool:
        """Whether it must not go."""
        return bool(self.codes & frozenset(BLOCKING))


@dataclass
class Counts:
    """How often something was found rightly, wrongly, or missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def count(self, *, wanted: bool, found: bool) -> None:
        """Count one text."""
        self.right += wanted and found
        self.wrong += found and not wanted
        self.missed += wanted and not found

    @property
    def precision(self) -> float:
        """Of what was found, the part that was right; 1 where nothing was found."""
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Of what there was, the part that was found; 1 where there was nothing."""
        there = self.right + self.missed
        return self.right / there if there else 1.0


@dataclass
class Measured:
    """What came out on one part.

    Attributes:
        texts: how many.
        blocked: whole texts, stopped or let through.
        codes: each code by itself.
        every_code: all blocking codes together.
        milliseconds: for a whole letter; median.
        faults: what went wrong, one line each.
    """

    texts: int = 0
    blocked: Counts = field(default_factory=Counts)
    every_code: Counts = field(default_factory=Counts)
    codes: dict[str, Counts] = field(default_factory=dict)
    milliseconds: float = 0.0
    faults: list[str] = field(default_factory=list)


def corpus(part: str) -> list[Labelled]:
    """The texts of one part."""
    return [
        _labelled(line)
        for name in PARTS[part]
        for line in (CORPUS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]


def measure(part: str, *, proof: Proofreader | None = None) -> Measured:
    """Read every text of a part, and hold what is found against its labels."""
    proof = proof or reader()
    proof.read("おたよりです。", context=context(TextKind.CHECK_IN))
    measured, times = Measured(), []
    for labelled in corpus(part):
        began = time.perf_counter()
        findings = proof.read(labelled.text, context=context(labelled.kind))
        times.append(time.perf_counter() - began)
        _count(measured, labelled, findings)
    measured.milliseconds = sorted(times)[len(times) // 2] * 1000
    return measured


def reader() -> Proofreader:
    """The product's reader of letters, in a town with one host of its own."""
    return Proofreader(
        morphology=SudachiMorphology(),
        tz=ZoneInfo("Asia/Tokyo"),
        hosts=frozenset({"127.0.0.1"}),
    )


def context(kind: TextKind) -> LetterContext:
    """A letter by 佐藤."""
    return LetterContext(kind=kind, today=TODAY, author="佐藤", earlier=EARLIER)


def report(measured: dict[str, Measured]) -> None:
    """Print the figures as one table for each part."""
    for part, figures in measured.items():
        print(f"\nWording check, {part}: {figures.texts} texts, ", end="")
        print(f"{figures.milliseconds:.1f} ms per letter (goal {TIME_GOAL_MS:.0f})")
        print(f"  {'':<22}{'texts':>8}{'precision':>12}{'recall':>10}")
        rows = [("blocked or not", figures.blocked), ("all blocking codes", figures.every_code)]
        rows += sorted(figures.codes.items(), key=lambda item: int(item[0][1:]))
        for name, counts in rows:
            there = counts.right + counts.missed
            print(f"  {name:<22}{there:>8}{counts.precision:>12.3f}{counts.recall:>10.3f}")


def _labelled(line: str) -> Labelled:
    codes, kind, text = line.split("\t")[:3]
    given = [] if codes == "-" else codes.split(",")
    return Labelled(
        text=text,
        kind=TextKind(kind),
        codes=frozenset(code for code in given if not code.startswith("(")),
        also=frozenset(code.strip("()") for code in given if code.startswith("(")),
    )


def _count(measured: Measured, labelled: Labelled, findings: tuple[Finding, ...]) -> None:
    measured.texts += 1
    found = {finding.code for finding in findings}
    blocks = any(finding.level == "block" for finding in findings)
    measured.blocked.count(wanted=labelled.blocks, found=blocks)
    for code in (found | labelled.codes) - (labelled.also - labelled.codes):
        wanted, was_found = code in labelled.codes, code in found
        measured.codes.setdefault(code, Counts()).count(wanted=wanted, found=was_found)
        if code in BLOCKING:
            measured.every_code.count(wanted=wanted, found=was_found)
        if wanted != was_found:
            said = " ".join(f"{f.reason}「{f.text}」" for f in findings if f.code == code)
            what = "missed" if wanted else "wrong"
            measured.faults.append(f"{what} {code}: {labelled.text} {said}")
