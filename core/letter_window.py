"""The window of a letter, fitted into the hours in which letters arrive (G-05)."""

from datetime import datetime, tzinfo

from core.days import NeverOpen, SendingHours
from core.letters import WindowUnfit


def fitting_window(
    opens_at: datetime,
    closes_at: datetime | None,
    *,
    at: datetime,
    tz: tzinfo,
    hours: SendingHours,
) -> tuple[datetime, datetime]:
    """The window of a letter: from when it may arrive, and when it is dropped.

    Without `closes_at` the letter is meant for that day: it ends with the sending hours.

    Raises:
        WindowUnfit: no moment of it lies in the sending hours; fact `next`, ISO 8601, where
            there is such a moment.
    """
    opens = max(opens_at, at)
    try:
        fits = hours.next_opening(opens, tz=tz)
    except NeverOpen as never:
        raise WindowUnfit() from never
    if closes_at is None:
        if fits != opens:
            raise WindowUnfit(next=fits.isoformat())
        closes_at = hours.closing_after(opens, tz=tz)
    if fits >= closes_at:
        raise WindowUnfit(next=fits.isoformat())
    return opens, closes_at
