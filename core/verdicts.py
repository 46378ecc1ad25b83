"""What the second look at a letter may say before it leaves (S4, S5, S6)."""

from dataclasses import dataclass
from datetime import datetime

from core.letters import Reason


@dataclass(frozen=True, slots=True)
class Go:
    """Send it now."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Not at this hour; look again at `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Hold:
    """A person has to read it again (S5)."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Cancel:
    """It will never go (S6)."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Doubt:
    """It may be on the phone already; it is not asked about again, and a person is told."""

    reason: Reason


Verdict = Go | Wait | Hold | Cancel | Doubt
