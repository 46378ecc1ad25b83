"""Do the clocks agree? Slack refuses and we refuse what seems five minutes old."""

from datetime import datetime, timedelta
from typing import Final

from bots.doctor.checks import Check, Notes

# Dates over HTTP are told to the second, and an answer takes a while.
CLOSE: Final = timedelta(seconds=10)
FAR: Final = timedelta(minutes=4)


def check_clocks(ours: datetime, *, others: dict[str, datetime | None], notes: Notes) -> Check:
    """Our clock against the others that are known, by their names."""
    known = {name: at - ours for name, at in others.items() if at is not None}
    if not known:
        return notes.warn("clock", "clock_alone")
    name, skew = max(known.items(), key=lambda item: abs(item[1]))
    seconds = f"{skew.total_seconds():+.0f}"
    if abs(skew) <= CLOSE:
        return notes.ok("clock", "clock_ok", others=", ".join(known))
    write = notes.fail if abs(skew) >= FAR else notes.warn
    return write("clock", "clock_off", other=name, seconds=seconds)
