"""Lengths of time as people write them to the practice clock, and days as people read them."""

import re
from calendar import monthrange
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")

_DURATION = re.compile(
    r"P(?=[0-9T])(?:([0-9]{1,4})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,5})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,8})S)?)?"
)


def later(at: datetime, *, duration: str) -> datetime:
    """The time `duration` (ISO 8601: `P14D`, `PT1H`, `P1M`) after `at`, on the Tokyo calendar.

    Months and years keep the day of the month, or take the month's last day where it is shorter:
    one month after 31 January is 28 or 29 February.

    Raises:
        ValueError: `duration` is not an ISO 8601 duration, or leads out of the calendar.
    """
    found = _DURATION.fullmatch(duration)
    if found is None:
        raise ValueError(f"not an ISO 8601 duration: {duration!r}")
    years, months, weeks, days, hours, minutes, seconds = (
        int(part or 0) for part in found.groups()
    )
    local = _months_later(at.astimezone(TOKYO), months=years * 12 + months)
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    try:
        return local + length
    except OverflowError as error:
        raise ValueError(f"beyond the calendar: {duration!r}") from error


def _months_later(at: datetime, *, months: int) -> datetime:
    year, month0 = divmod(at.year * 12 + at.month - 1 + months, 12)
    if year > 9998:
        raise ValueError("beyond the calendar")
    last = monthrange(year, month0 + 1)[1]
    return at.replace(year=year, month=month0 + 1, day=min(at.day, last))


def moment(written: str) -> datetime:
    """The moment that an ISO 8601 text names; without an offset it is meant in Tokyo.

    Raises:
        ValueError: the text is not an ISO 8601 date and time.
    """
    at = datetime.fromisoformat(written)
    try:
        return at.replace(tzinfo=TOKYO) if at.tzinfo is None else at.astimezone(TOKYO)
    except OverflowError as error:
        raise ValueError(f"beyond the calendar: {written!r}") from error


def spoken(at: datetime) -> str:
    """`at` as people here say it: 11月23日(月) 10:30."""
    local = at.astimezone(TOKYO)
    weekday = "月火水木金土日"[local.weekday()]
    return f"{local.month}月{local.day}日({weekday}) {local.hour:02}:{local.minute:02}"
