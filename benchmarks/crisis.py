"""Words on which people are called, on a set of labelled messages: recall and precision.

The messages were invented for this purpose (`corpus_of_crisis/`): short, as people at home write
them. `development` and `held_out` were written in one sitting before the first rule; the rules were
tuned on `development`. `second_reading` was written afterwards to find what they missed, and was
mended for. `held_out` was only ever scored: its faults were not looked at and nothing was mended
for them. Its author and the author of the rules are the same, though, so that it flatters.

A line is `label<TAB>kind<TAB>text`. `crisis` and `maybe` have to call people, `none` must not.
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bots.crisis_words import crisis_reader
from core.crisis.reading import CrisisReader, Sign

CORPUS: Final = Path(__file__).with_name("corpus_of_crisis")
PARTS: Final = {
    "development": ("development", "second_reading"),
    "held out": ("held_out",),
}
# The words of DOMAIN §8.3 as they stand there; each by itself has to call.
LISTED: Final = (
    "死にたい",
    "消えたい",
    "自殺",
    "飛び降り",
    "首を",
    "切った",
    "リスカ",
    "OD",
    "薬を全部",
    "もう限界",
    "さようなら",
    "殺される",
    "殴られ",
    "助けて",
    "火",
    "息ができない",
)
RECALL_GOAL: Final = 0.97


@dataclass(frozen=True)
class Labelled:
    """A message of the set."""

    label: str
    kind: str
    text: str

    @property
    def calls(self) -> bool:
        """Whether people have to be called."""
        return self.label != "none"


@dataclass
class Heard:
    """What came out on one part.

    Attributes:
        messages: how many there are of each label.
        called: how many of each label called people; `clear` those told as clear.
        told: what was missed, or called for nothing.
    """

    messages: Counter[str] = field(default_factory=Counter)
    called: Counter[str] = field(default_factory=Counter)
    clear: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    milliseconds: float = 0.0

    @property
    def recall(self) -> float:
        """Of messages that have to call, the part that did."""
        return (self.called["crisis"] + self.called["maybe"]) / (
            self.messages["crisis"] + self.messages["maybe"]
        )

    @property
    def precision(self) -> float:
        """Of messages that called, the part that had to."""
        every = sum(self.called.values())
        return (every - self.called["none"]) / every if every else 1.0

    def __add__(self, other: "Heard") -> "Heard":
        return Heard(
            messages=self.messages + other.messages,
            called=self.called + other.called,
            clear=self.clear + other.clear,
            told=[*self.told, *other.told],
            milliseconds=max(self.milliseconds, other.milliseconds),
        )


def messages(part: str) -> list[Labelled]:
    """The messages of one part."""
    return [
        Labelled(*line.split("\t"))
        for name in PARTS[part]
        for line in (CORPUS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]


def hear(part: str, *, reader: CrisisReader | None = None) -> Heard:
    """Listen to every message of a part, and hold what was heard against its label."""
    reader = reader or crisis_reader()
    reader.hear("おたよりです。")
    heard, times = Heard(), []
    for one in messages(part):
        began = time.perf_counter()
        found = reader.hear(one.text)
        times.append(time.perf_counter() - began)
        heard.messages[one.label] += 1
        heard.called[one.label] += found is not None
        heard.clear[one.label] += found is not None and found.sign is Sign.CLEAR
        if (found is not None) != one.calls:
            heard.told.append(f"{one.kind}: {one.text}")
    heard.milliseconds = sorted(times)[len(times) // 2] * 1000
    return heard


def report() -> int:
    """Print the figures; 1 when the whole set falls below the goal."""
    reader = crisis_reader()
    parts = {part: hear(part, reader=reader) for part in PARTS}
    whole = sum(parts.values(), Heard())
    print("\nWords on which people are called: invented messages, recall first")
    print("  development was tuned on; held out was only scored, but is by the same author")
    print(f"  {'':<14}{'to call':>9}{'harmless':>10}{'recall':>9}{'precision':>11}{'clear':>8}")
    for name, heard in (*parts.items(), ("whole", whole)):
        to_call = heard.messages["crisis"] + heard.messages["maybe"]
        clear = heard.clear["crisis"] / heard.messages["crisis"]
        print(
            f"  {name:<14}{to_call:>9}{heard.messages['none']:>10}{heard.recall:>9.3f}"
            f"{heard.precision:>11.3f}{clear:>8.3f}"
        )
    missed = [words for words in LISTED if reader.hear(words) is None]
    print(f"  words of the list, each by itself: {len(LISTED) - len(missed)} of {len(LISTED)}")
    print(f"  {whole.milliseconds:.1f} ms for a message")
    return 1 if missed or whole.recall < RECALL_GOAL else 0
