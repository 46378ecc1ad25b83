"""Packs: how often letters go, as data (FIELD D, G-03).

Four come with the product; a town writes its own in its profile (`[[letter_packs]]`), in the same
form. A pack counts from a day that means something to the person, in whole months where it says
months.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.errors import CaseworkError

LONGEST_MONTHS: Final = 60
MOST_STEPS: Final = 40
MOST_JITTER: Final = 7


class Anchor(enum.StrEnum):
    """The day from which a pack counts."""

    LINKING = "linking"
    VISIT = "visit"
    CLOSING = "closing"
    BIRTHDAY = "birthday"
    # Today, or whichever day a colleague names.
    DAY = "day"


@dataclass(frozen=True, kw_only=True, slots=True)
class Phase:
    """A stretch of one pace; phases follow one another, so that letters can thin out (taper).

    Attributes:
        for_months: how long it lasts.
        every_months, times: so many letters, spread evenly over each so many months.
    """

    for_months: int
    every_months: int = 1
    times: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterPack:
    """A rhythm of letters. What a field is called here is what it is called in a profile.

    Attributes:
        starts_from: the anchors that it may count from.
        days, months: letters so many days, and so many months, after the anchor.
        phases: stretches of even pace, counted from the anchor on.
        birthday: one on the person's birthday, in the place of the letter nearest to it.
        jitter_days: how far a letter may lie from its day, to either side (G-04).
    """

    key: str
    name: str
    starts_from: tuple[Anchor, ...] = tuple(Anchor)
    days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    phases: tuple[Phase, ...] = ()
    birthday: bool = False
    jitter_days: int = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Offset:
    """How far a letter lies from the anchor: whole months first, then days."""

    months: int = 0
    days: int = 0

    @property
    def key(self) -> str:
        """Names the step within its pack: `d7`, `m4`, `m2d15`."""
        months = f"m{self.months}" if self.months else ""
        return months + (f"d{self.days}" if self.days or not months else "")


class PackFlaw(enum.StrEnum):
    """What is wrong with a pack of a town's own."""

    NO_KEY = "no_key"
    NO_LETTERS = "no_letters"
    NO_ANCHOR = "no_anchor"
    TWICE = "twice"
    NOT_POSITIVE = "not_positive"
    UNEVEN = "uneven"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    JITTER = "jitter"


class PackUnknown(CaseworkError):
    """There is no such pack, or it does not count from this anchor.

    Facts: `allowed`, the keys (or the anchors) that there are.
    """

    rule = "G-03"


CC_TEXT: Final = LetterPack(
    key="cc-text-12m",
    name="1年のおたより(11通)",
    days=(1, 7),
    months=(1, 2, 3, 4, 6, 8, 10, 12),
    birthday=True,
)
HAGAKI: Final = LetterPack(
    key="hagaki",
    name="月に2回のはがき",
    phases=(Phase(for_months=12, times=2), Phase(for_months=6)),
)
CC_LETTER: Final = LetterPack(
    key="cc-letter-5y",
    name="5年のおたより(年に4通から)",
    phases=(
        Phase(for_months=4),
        Phase(for_months=8, every_months=2),
        Phase(for_months=48, every_months=3),
    ),
)
AFTER_CLOSING: Final = LetterPack(
    key="after-closing",
    name="ひと区切りのあと(年に4通)",
    starts_from=(Anchor.CLOSING,),
    months=(3, 6, 9, 12),
)
SHIPPED: Final = (CC_TEXT, HAGAKI, CC_LETTER, AFTER_CLOSING)


def offsets(pack: LetterPack) -> tuple[Offset, ...]:
    """The letters of a pack but for the birthday's, roughly in the order of their days."""
    found = {Offset(days=days) for days in pack.days}
    found |= {Offset(months=months) for months in pack.months}
    found |= set(_of_phases(pack.phases))
    return tuple(sorted(found, key=lambda one: (one.months * 30.4 + one.days, one.key)))


def _of_phases(phases: tuple[Phase, ...]) -> Iterator[Offset]:
    """Each stretch ends with a letter: the first of all comes after a while, not on the anchor."""
    begins = 0
    for phase in phases:
        for stretch in range(0, phase.for_months, phase.every_months):
            for number in range(1, phase.times + 1):
                months, rest = divmod(number * phase.every_months, phase.times)
                months += begins + stretch
                if months <= LONGEST_MONTHS:
                    yield Offset(months=months, days=rest * 30 // phase.times)
        begins += phase.for_months


def flaws(pack: LetterPack) -> tuple[PackFlaw, ...]:
    """What is wrong with a pack, each once; nothing for one that can be used."""
    numbers = (*pack.days, *pack.months)
    spans = [n for p in pack.phases for n in (p.for_months, p.every_months, p.times)]
    found = {
        PackFlaw.NO_KEY: not pack.key.strip() or not pack.name.strip(),
        PackFlaw.NO_ANCHOR: not pack.starts_from,
        PackFlaw.NO_LETTERS: not (numbers or pack.phases),
        PackFlaw.TWICE: any(len(set(some)) < len(some) for some in (pack.days, pack.months)),
        PackFlaw.NOT_POSITIVE: any(number < 1 for number in (*numbers, *spans)),
        PackFlaw.UNEVEN: any(
            p.every_months > 0 and p.for_months % p.every_months for p in pack.phases
        ),
        PackFlaw.JITTER: not 0 <= pack.jitter_days <= MOST_JITTER,
        PackFlaw.TOO_LONG: any(months > LONGEST_MONTHS for months in pack.months)
        or any(days > LONGEST_MONTHS * 31 for days in pack.days)
        or sum(phase.for_months for phase in pack.phases) > LONGEST_MONTHS,
    }
    if not any(found.values()):
        found[PackFlaw.TOO_MANY] = len(offsets(pack)) > MOST_STEPS
    return tuple(flaw for flaw, there in found.items() if there)


def packs_of(own: tuple[LetterPack, ...]) -> tuple[LetterPack, ...]:
    """The packs to choose from: the town's own first; one of its own replaces ours by its key."""
    theirs = {pack.key for pack in own}
    return (*own, *(pack for pack in SHIPPED if pack.key not in theirs))


def pack_named(key: str, *, own: tuple[LetterPack, ...], anchor: Anchor) -> LetterPack:
    """The pack of this key, for this anchor.

    Raises:
        PackUnknown: facts `allowed`.
    """
    packs = packs_of(own)
    pack = next((one for one in packs if one.key == key), None)
    if pack is None:
        raise PackUnknown(allowed=", ".join(one.key for one in packs))
    if anchor not in pack.starts_from:
        raise PackUnknown(allowed=", ".join(pack.starts_from))
    return pack
