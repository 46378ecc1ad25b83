"""The one text that goes to a person while nobody reads (DOMAIN §8.3-4, §8.6-8).

Approved by name and version. Only two things are filled in: when it will be read, and the help
lines whose numbers were looked at in the last 90 days.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from core.days import local_day
from core.errors import CaseworkError
from core.municipal_profiles.wording import HelpLine

NAME: Final = "crisis"
READ_WHEN: Final = "{読むとき}"
TELEPHONES: Final = "{電話}"
AGAIN_AFTER: Final = timedelta(hours=24)
MOST_LINES: Final = 3
ALWAYS_SAID: Final = ("119", "110")
_DAYS: Final = "月火水木金土日"
_AHEAD: Final = {0: "今日", 1: "明日"}


class CrisisTextUnfit(CaseworkError):
    """The text names 119 and 110 and says when it will be read. Facts: `lacks`."""

    rule = "DOMAIN-8.3"


def require_fit(body: str) -> None:
    """Refuse a text that could not help.

    Raises:
        CrisisTextUnfit.
    """
    lacks = [part for part in (*ALWAYS_SAID, READ_WHEN) if part not in body]
    rest = body.replace(READ_WHEN, "").replace(TELEPHONES, "")
    lacks += [mark for mark in "{}｜《》" if mark in rest]
    if lacks:
        raise CrisisTextUnfit(lacks=" ".join(lacks))


def filled(
    body: str, *, reads_from: datetime, at: datetime, tz: tzinfo, lines: Iterable[HelpLine]
) -> str:
    """The text as it is sent now."""
    today = local_day(at, tz=tz)
    when = _when(reads_from.astimezone(tz), today=today)
    return body.replace(READ_WHEN, when).replace(TELEPHONES, _telephones(lines, today)).strip()


def on_lock_screen(account_name: str) -> str:
    """What others may see of it: that something came, under the account's own neutral name."""
    return f"{account_name}からのおたより"


def _when(reads: datetime, *, today: date) -> str:
    """今日の10時, 明日の8時30分, 12月3日(木)の10時."""
    day = reads.date()
    named = _AHEAD.get((day - today).days) or f"{day.month}月{day.day}日({_DAYS[day.weekday()]})"
    minutes = f"{reads.minute}分" if reads.minute else ""
    return f"{named}の{reads.hour}時{minutes}"


def _telephones(lines: Iterable[HelpLine], today: date) -> str:
    held = [line for line in lines if line.holds(today)][:MOST_LINES]
    if not held:
        return ""
    return f"電話なら、{'、'.join(map(_told, held))}。"


def _told(line: HelpLine) -> str:
    hours = f"({line.hours})" if line.hours else ""
    return f"{line.name} {line.number}{hours}"
