"""How far the clock is asked to walk."""

from datetime import UTC, datetime, timedelta
from typing import Final

from bots.practice.asking import Asked, Wrong
from bots.practice.durations import later, moment, spoken

FARTHEST_MOVE: Final = timedelta(days=5 * 366)
"""How far one move of the clock may go; everything due on the way is really done."""


def time_asked(asked: Asked, *, now: datetime) -> datetime:
    """The time that a body names by `at` or by `advance`, in UTC.

    Raises:
        Wrong: 422 not a time or too far, 409 before `now`.
    """
    at, advance = asked.maybe_text("at", longest=60), asked.maybe_text("advance", longest=60)
    if (at is None) == (advance is None):
        raise Wrong(
            422, "「at」か「advance」のどちらか一つを書いてください。", labels=("at", "advance")
        )
    try:
        until = moment(at) if at is not None else later(now, duration=advance or "")
    except ValueError as error:
        raise Wrong(
            422,
            "日時は 2026-11-24T10:00、長さは P14D や PT1H の形で書いてください。",
            labels=("2026-11-24T10:00", "PT1H", "P1D", "P14D", "P1M"),
        ) from error
    if until < now:
        raise Wrong(409, f"時計は戻せません。いまは {spoken(now)} です。", labels=(spoken(now),))
    if until - now > FARTHEST_MOVE:
        raise Wrong(422, "一度に進められるのは5年までです。", labels=("P1M", "P1Y"))
    return until.astimezone(UTC)
