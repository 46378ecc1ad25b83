"""How many persons LINE lets us write to in a month: known before sending, not found out (§3.6).

LINE counts persons reached by pushes, by months in UTC+9; replies are not counted. What it tells
is a little behind, so what we have sent since it was read is added.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Final

LINE_ZONE: Final = timezone(timedelta(hours=9))
READ_EVERY: Final = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowance:
    """What LINE says. `most` None: the plan has no limit."""

    most: int | None
    used: int


@dataclass(frozen=True, kw_only=True, slots=True)
class QuotaState:
    """What LINE said, and what was sent since.

    Attributes:
        month: LINE's month of the reading, such as 2026-11.
        most: persons a month; None where the plan has no limit.
        used: as LINE told it at `read_at`.
        sent: pushes that LINE took from us since then.
    """

    month: str
    most: int | None
    used: int
    read_at: datetime
    sent: int = 0

    def used_at(self, at: datetime) -> int:
        """How many are used up in the month of that moment, as far as we know."""
        return self.used + self.sent if self.month == month_of(at) else 0

    def left(self, at: datetime) -> int | None:
        """How many are left; None where there is no limit."""
        return None if self.most is None else max(0, self.most - self.used_at(at))

    def old(self, at: datetime) -> bool:
        """Whether LINE has to be asked again."""
        return self.month != month_of(at) or at - self.read_at >= READ_EVERY


@dataclass(frozen=True, kw_only=True, slots=True)
class QuotaSeen:
    """How a month stands, for those who look after it.

    Attributes:
        most: None where the plan has no limit.
        reserved: pushes that are to leave until the month ends.
        rests: nothing but replies is sent until the month ends, or the plan is widened.
    """

    most: int | None
    used: int
    reserved: int
    rests: bool = False


def month_of(at: datetime) -> str:
    """LINE's month of that moment."""
    return f"{at.astimezone(LINE_ZONE):%Y-%m}"


def month_ends(at: datetime) -> datetime:
    """When LINE's month is over (aware, UTC+9)."""
    local = at.astimezone(LINE_ZONE)
    year, month = (local.year + 1, 1) if local.month == 12 else (local.year, local.month + 1)
    return datetime(year, month, 1, tzinfo=LINE_ZONE)
