"""Days and hours as town files write them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from pydantic_core import PydanticCustomError

from core.days import SendingHours, local_day

_AHEAD = re.compile(r"\+(\d{1,3})d (\d{2}:\d{2})")
_DAYS_ON = re.compile(r"\+(\d{1,4})d")
_LOOK_AHEAD_DAYS = 60


@dataclass(frozen=True, slots=True)
class Ahead:
    """`+2d 10:30`: so many days after the load, at this local time (shipped towns only)."""

    days: int
    at: time


@dataclass(frozen=True, slots=True)
class DaysOn:
    """`+90d`: the day so many days after the load (shipped towns only)."""

    days: int


def read_until(given: object) -> date | DaysOn:
    """A day, or one so many days after the load."""
    match = _DAYS_ON.fullmatch(given.strip()) if isinstance(given, str) else None
    return DaysOn(int(match[1])) if match else read_day(given)


def settle_day(day: date | DaysOn, *, at: datetime, tz: tzinfo) -> date:
    """The day itself."""
    return local_day(at, tz=tz) + timedelta(days=day.days) if isinstance(day, DaysOn) else day


def read_day(given: object) -> date:
    """A day such as `2025-04-01`."""
    if isinstance(given, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", given.strip()):
        try:
            return date.fromisoformat(given.strip())
        except ValueError:
            pass
    raise PydanticCustomError("day", "must be a day such as 2025-04-01")


def read_hour(given: object) -> time:
    """A local time of day such as `10:30`."""
    if isinstance(given, str) and re.fullmatch(r"\d{2}:\d{2}", given.strip()):
        try:
            return time.fromisoformat(given.strip())
        except ValueError:
            pass
    raise PydanticCustomError("hour", "must be a time of day such as 09:30, in 24 hours")


def read_moment(given: object) -> datetime:
    """A day and time such as `2025-04-01 10:30`; with an offset it is aware, without naive."""
    if isinstance(given, str) and len(given.strip()) > len("2025-04-01"):
        try:
            return datetime.fromisoformat(given.strip())
        except ValueError:
            pass
    raise PydanticCustomError(
        "moment",
        "must be a day and time such as 2025-04-01 10:30 (the town's own time) "
        "or 2025-04-01T10:30+09:00",
    )


def read_when(given: object) -> datetime | Ahead:
    """A moment, or one ahead of the load."""
    match = _AHEAD.fullmatch(given.strip()) if isinstance(given, str) else None
    return Ahead(int(match[1]), read_hour(match[2])) if match else read_moment(given)


def aware(moment: datetime, *, tz: tzinfo) -> datetime:
    """The moment in the town's zone where it names none."""
    return moment.replace(tzinfo=tz) if moment.tzinfo is None else moment


def on_the_day(when: Ahead, *, at: datetime, tz: tzinfo) -> datetime:
    """That time of day, so many days after the load (aware, zone `tz`)."""
    day = local_day(at, tz=tz) + timedelta(days=when.days)
    return datetime.combine(day, when.at, tzinfo=tz)


def settle_ahead(when: Ahead, *, at: datetime, tz: tzinfo, hours: SendingHours) -> datetime:
    """The first day, from `when.days` days after the load on, on which a letter may arrive at
    that time and the time is not over yet (aware, zone `tz`).

    Raises:
        ValueError: these hours never allow that time of day.
    """
    first = local_day(at, tz=tz) + timedelta(days=when.days)
    for ahead in range(_LOOK_AHEAD_DAYS):
        moment = datetime.combine(first + timedelta(days=ahead), when.at, tzinfo=tz)
        if moment >= at and hours.allow(moment, tz=tz):
            return moment
    raise ValueError("no letter may ever arrive at that time of day")
